"""What is collected and how it is written out."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest

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
    table = paper_of(shipped, entry_for(shipped, f"{REPORT}#p87")).blocks[-1]
    assert isinstance(table, Table)
    ((source, published, inspected, judgements, rights),) = table.rows
    assert source.startswith("Wandsworth 2016: Ofsted, Inspection of services")
    assert (published, inspected) == ("16 February 2016", "24 November 2015 to 17 December 2015")
    assert "overall effectiveness: inadequate" in judgements
    assert "Crown copyright 2016" in rights


def test_a_source_without_a_statement_of_rights_says_so(shipped):
    card = shipped.card(REPORT)
    bare = replace(card, document=replace(card.document, rights=None))
    briefing = briefing_of(entry_for(shipped, f"{REPORT}#p87"))
    collected = collect(shipped, briefing)
    paper = briefing_paper(briefing, collected, [bare], shipped.info(), TODAY)
    assert paper.blocks[-1].rows[0][-1] == NO_RIGHTS


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


def test_a_cell_cannot_break_its_table(shipped):
    card = shipped.card(REPORT)
    odd = replace(card, document=replace(card.document, rights="a | b\nc"))
    briefing = briefing_of(entry_for(shipped, f"{REPORT}#p87"))
    collected = collect(shipped, briefing)
    paper = briefing_paper(briefing, collected, [odd], shipped.info(), TODAY)
    assert markdown_text(paper).splitlines()[-1].endswith("| a \\| b c |")
