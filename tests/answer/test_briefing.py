"""What is collected and how it is written out."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from answer.briefing import Briefing, briefing_paper, collect, entry_for, plain
from answer.errors import AnswerError
from answer.markdown import markdown_text
from answer.paper import NO_RIGHTS, Quotation, Table
from answer.word import word_file
from index.errors import LibraryError

REPORT = "wandsworth-inspection-2016-02-16"
TODAY = date(2026, 11, 22)


def briefing_of(*entries):
    return Briefing("Ann", "Care leavers", tuple(entries))


def paper_of(library, *entries):
    briefing = briefing_of(*entries)
    collected = collect(library, briefing)
    return briefing_paper(briefing, collected, library.documents(), library.info(), TODAY)


def texts_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def every_paragraph(library):
    for card in library.documents():
        yield from library.paragraphs(card.document.document_id)


def test_an_entry_quotes_the_whole_paragraph_or_a_part_of_it(shipped):
    whole = entry_for(shipped, f"{REPORT}#p87")
    part = entry_for(shipped, f"{REPORT}#p87", "10 care leavers in\n bed and breakfast")
    quotations = [one.quotation for one in collect(shipped, briefing_of(whole, part))]
    assert quotations[0].startswith("The local authority has failed")
    assert quotations[1] == "10 care leavers in bed and breakfast"


@pytest.mark.parametrize("words", ["11 care leavers in bed", " "])
def test_words_that_the_paragraph_does_not_hold_cannot_be_quoted(shipped, words):
    with pytest.raises(AnswerError, match="para 87"):
        entry_for(shipped, f"{REPORT}#p87", words)


def test_a_paragraph_that_is_not_there_cannot_be_collected(shipped):
    with pytest.raises(LibraryError):
        entry_for(shipped, f"{REPORT}#p999")


def test_every_quotation_of_an_export_is_verbatim(shipped):
    entries = [entry_for(shipped, one.paragraph_id) for one in every_paragraph(shipped)]
    paper = paper_of(shipped, *entries)
    held = {one.citation: plain(one.paragraph.text) for one in every_paragraph(shipped)}
    quoted = [block for block in paper.blocks if isinstance(block, Quotation)]
    assert len(quoted) == len(entries) > 200
    assert [one.text for one in quoted] == [held[one.citation] for one in quoted]
    written = f"{markdown_text(paper)}\n" + "\n".join(texts_of(word_file(paper)))
    for one in quoted:
        assert written.count(f"“{one.text}” ({one.citation})") == 2  # once in each


def test_sources_come_with_dates_judgements_and_rights(shipped):
    *_, table, heading, rights = paper_of(shipped, entry_for(shipped, f"{REPORT}#p87")).blocks
    assert isinstance(table, Table)
    ((source, published, inspected, judgements),) = table.rows
    assert source.startswith("Wandsworth 2016: Ofsted, Inspection of services")
    assert (published, inspected) == ("16 February 2016", "24 November 2015 to 17 December 2015")
    assert "Overall effectiveness: inadequate" in judgements.splitlines()
    assert heading.text == "Rights"
    assert "Crown copyright 2016" in rights.text


def test_a_source_without_a_statement_of_rights_says_so(shipped):
    card = shipped.card(REPORT)
    bare = replace(card, document=replace(card.document, rights=None))
    briefing = briefing_of(entry_for(shipped, f"{REPORT}#p87"))
    collected = collect(shipped, briefing)
    paper = briefing_paper(briefing, collected, [bare], shipped.info(), TODAY)
    assert paper.blocks[-1].text == NO_RIGHTS


def test_rights_that_differ_are_told_by_source(shipped):
    entries = [entry_for(shipped, f"{REPORT}#p87")]
    other = next(c for c in shipped.documents() if c.document.document_id != REPORT)
    first = shipped.paragraphs(other.document.document_id)[0]
    entries.append(entry_for(shipped, first.paragraph_id))
    briefing = briefing_of(*entries)
    cards = [
        shipped.card(REPORT),
        replace(other, document=replace(other.document, rights="Ask us.")),
    ]
    collected = collect(shipped, briefing)
    paper = briefing_paper(briefing, collected, cards, shipped.info(), TODAY)
    stated = paper.blocks[-1].items
    assert stated[0].startswith("Wandsworth 2016: ")
    assert stated[1] == f"{other.name}: Ask us."


def test_what_is_no_longer_there_is_named_and_not_quoted(shipped):
    entry = entry_for(shipped, f"{REPORT}#p87")
    gone = replace(entry, paragraph_id=f"{REPORT}#p999", citation="Wandsworth 2016, para 999")
    altered = replace(entry, quote="words that were there once", citation="Wandsworth 2016, old")
    text = markdown_text(paper_of(shipped, gone, altered))
    assert "## Left out" in text
    assert "- Wandsworth 2016, para 999\n- Wandsworth 2016, old" in text
    assert "words that were there once" not in text


def test_a_paragraph_that_reads_otherwise_is_marked(shipped):
    entry = replace(entry_for(shipped, f"{REPORT}#p87"), text="What it said before.")
    (one,) = collect(shipped, briefing_of(entry))
    assert one.changed
    assert one.quotation.startswith("The local authority has failed")


def test_notes_and_headings_stand_before_the_quotation_in_the_order_collected(shipped):
    first = replace(entry_for(shipped, f"{REPORT}#p88"), heading="Homes", note="My words.\x0b")
    second = entry_for(shipped, f"{REPORT}#p87")
    paper = paper_of(shipped, first, second)
    texts = texts_of(word_file(paper))
    assert texts[0] == "Care leavers"
    assert texts[1].startswith("Made on 22 November 2026 from version")
    assert texts[2:4] == ["Homes", "My words."]
    assert re.search(r"para 88\)$", texts[4])
    assert re.search(r"para 87\)$", texts[5])


def test_an_empty_briefing_is_a_paper_too(shipped):
    assert "## Sources" in markdown_text(paper_of(shipped))
    assert texts_of(word_file(paper_of(shipped)))[-1] == "Sources"


def test_footnotes_of_word_are_real_and_in_order(shipped):
    paper = paper_of(
        shipped, entry_for(shipped, f"{REPORT}#p87"), entry_for(shipped, f"{REPORT}#p88")
    )
    document = docx.Document(BytesIO(word_file(paper, "footnotes")))
    quotations = [one for one in document.paragraphs if one.style.name == "Quote"]
    assert all(one.text.endswith("”") for one in quotations)
    marks = [one._p.findall(f".//{qn('w:footnoteReference')}") for one in quotations]
    assert [mark.get(qn("w:id")) for (mark,) in marks] == ["1", "2"]
    (part,) = (
        rel.target_part
        for rel in document.part.rels.values()
        if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES
    )
    notes = parse_xml(part.blob).findall(qn("w:footnote"))
    said = ["".join(words.text for words in note.iter(qn("w:t"))).strip() for note in notes]
    assert said == ["", "", "Wandsworth 2016, para 87.", "Wandsworth 2016, para 88."]
    assert word_file(paper_of(shipped), "footnotes")  # of nothing too


def test_footnotes_of_markdown_lead_to_their_citations(shipped):
    text = markdown_text(paper_of(shipped, entry_for(shipped, f"{REPORT}#p87")), "footnotes")
    assert "”[^1]\n" in text
    assert text.endswith("[^1]: Wandsworth 2016, para 87.\n")


def test_a_word_file_bears_its_title_and_page_numbers_at_the_foot(shipped):
    document = docx.Document(BytesIO(word_file(paper_of(shipped))))
    foot = document.sections[0].footer.paragraphs[0]
    words = "".join(one.text for one in foot._p.iter(qn("w:t")))
    assert words == "Care leavers · page 1 of 1"
    codes = [field.get(qn("w:instr")) for field in foot._p.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_a_cell_cannot_break_its_table(shipped):
    card = shipped.card(REPORT)
    odd = replace(card, document=replace(card.document, title="a | b\nc"))
    briefing = briefing_of(entry_for(shipped, f"{REPORT}#p87"))
    collected = collect(shipped, briefing)
    paper = briefing_paper(briefing, collected, [odd], shipped.info(), TODAY)
    (row,) = (line for line in markdown_text(paper).splitlines() if "Wandsworth 2016: " in line)
    assert "a \\| b; c |" in row
    assert "inadequate; Children" in row
