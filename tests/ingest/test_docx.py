"""Word documents are read with the numbers that Word prints, and without what it hides."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.corpus import read_document
from ingest.errors import EncryptedFileError, ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.readers import docx as reader

W = nsdecls("w")
LEVELS = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    "</w:lvl>"
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl>'
)
BULLETS = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>'


def with_lists(document, definitions, numbers):
    """Put these list definitions and lists in the document, under ids from 90."""
    part = document.part.numbering_part.element
    for n, levels in enumerate(definitions):
        abstract = f'<w:abstractNum {W} w:abstractNumId="{90 + n}">{levels}</w:abstractNum>'
        part.insert(0, parse_xml(abstract))
    for list_id, (definition, overrides) in numbers.items():
        part.append(
            parse_xml(
                f'<w:num {W} w:numId="{list_id}"><w:abstractNumId w:val="{definition}"/>'
                f"{overrides}</w:num>"
            )
        )


def numbered(document, text, list_id=90, level=0):
    paragraph = document.add_paragraph(text)
    number = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(number))
    return paragraph


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_doctype(content, part):
    """The document with an entity defined in this part and used in its first words."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                prolog, rest = data.split(b"?>", 1)
                data = prolog + b'?><!DOCTYPE w [<!ENTITY not "not">]>' + rest
                data = data.replace(b"safe", b"&not; safe")
            new.writestr(name, data)
    return out.getvalue()


def lines(document):
    (page,) = reader.read(saved(document), "a.docx", ReadingLimits()).pages
    assert page.number is None
    return list(page.lines)


def texts(document):
    return [line.text for line in lines(document)]


def test_automatic_numbers_are_written_out():
    document = docx.Document()
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    with_lists(document, [LEVELS, BULLETS], {90: (90, ""), 91: (90, restart), 92: (91, "")})
    numbered(document, "First.")
    numbered(document, "A part.", level=1)
    document.add_paragraph("Between.")
    numbered(document, "A point.", list_id=92)
    numbered(document, "Second.")
    numbered(document, "")  # counted, though nothing stands in it
    numbered(document, "Fourth.")
    numbered(document, "Fifth, begun anew.", list_id=91)
    numbered(document, "No list.", list_id=0)
    assert texts(document) == [
        "1. First.",
        "(a) A part.",
        "Between.",
        "• A point.",
        "2. Second.",
        "4. Fourth.",
        "5. Fifth, begun anew.",
        "No list.",
    ]


def test_numbers_that_a_style_gives():
    document = docx.Document()
    linked = LEVELS.replace("<w:numFmt", '<w:pStyle w:val="Finding"/><w:numFmt', 1)
    with_lists(document, [linked], {90: (90, "")})
    style = document.styles.add_style("Finding", 1)
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>')
    )
    child = document.styles.add_style("Finding below", 1)
    child.base_style = style
    document.add_paragraph("First.", style="Finding")
    document.add_paragraph("Second.", style="Finding below")
    assert texts(document) == ["1. First.", "2. Second."]


def test_headings_are_bold_with_a_size():
    document = docx.Document()
    document.add_heading("The report", 0)
    document.add_heading("Findings", 2)
    document.add_paragraph("Text of the report.")
    heading = document.add_paragraph("Outlined by hand")
    heading._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {W} w:val="0"/>'))
    document.add_paragraph().add_run("All in bold").bold = True
    title, findings, text, outlined, bold = lines(document)
    assert title.bold
    assert findings.bold
    assert title.size > findings.size
    assert (text.bold, text.size) == (False, None)
    assert (outlined.bold, outlined.size) == (True, title.size)
    assert (bold.bold, bold.size) == (True, None)


def test_what_was_deleted_or_hidden_is_not_read_and_what_was_inserted_is():
    document = docx.Document()
    paragraph = document.add_paragraph("Kept ")
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>and inserted </w:t></w:r></w:ins>"))
    paragraph._p.append(
        parse_xml(f"<w:del {W}><w:r><w:delText>but deleted</w:delText></w:r></w:del>")
    )
    paragraph.add_run("hidden").font.hidden = True
    paragraph.add_run("well\u2011known words")
    assert texts(document) == ["Kept and inserted well\u2011known words"]


def test_links_fields_tabs_and_soft_breaks():
    document = docx.Document()
    paragraph = document.add_paragraph("See\t")
    paragraph._p.append(
        parse_xml(f"<w:hyperlink {W}><w:r><w:t>the guide</w:t></w:r></w:hyperlink>")
    )
    paragraph._p.append(
        parse_xml(f"<w:r {W}><w:instrText> PAGE </w:instrText><w:noBreakHyphen/></w:r>")
    )
    paragraph.add_run(" which goes on for more than a line of an address has letters,\nand on.")
    document.add_paragraph("The Town Hall\nHigh Street")
    assert texts(document) == [
        "See the guide- which goes on for more than a line of an address has letters, and on.",
        "The Town Hall",
        "High Street",
    ]


def test_rows_of_short_cells_are_lines_and_long_cells_are_paragraphs():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Adoption performance", "Good"
    table.cell(1, 0).text = "First paragraph of a cell."
    table.cell(1, 0).add_paragraph("Second paragraph.")
    table.cell(1, 1).text = "Beside."
    assert texts(document) == [
        "Adoption performance  Good",
        "First paragraph of a cell.",
        "Second paragraph.",
        "Beside.",
    ]


def test_merged_and_nested_cells_are_read_once():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Tall"
    table.cell(0, 1).text, table.cell(1, 1).text = "One", "Two"
    inner = table.cell(1, 1).add_table(1, 1)
    inner.cell(0, 0).text = "Inner"
    assert " ".join(texts(document)).split() == ["Tall", "One", "Two", "Inner"]


def test_content_controls_are_read():
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert texts(document) == ["In a control"]


def with_footnote(document, paragraph, text):
    notes = (
        f"<w:footnotes {W}><w:footnote w:id='-1'><w:p/></w:footnote>"
        f"<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r>"
        "</w:p></w:footnote></w:footnotes>"
    )
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    uri = PackURI("/word/footnotes.xml")
    part = Part(uri, CONTENT_TYPE.WML_FOOTNOTES, notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    reference = parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    paragraph._p.append(reference)


def test_footnotes_are_notes_of_their_paragraph_and_no_part_of_it(tmp_path):
    document = docx.Document()
    with_lists(document, [LEVELS], {90: (90, "")})
    first = numbered(document, "The board has met as often as the plan of the area asks.")
    with_footnote(document, first, "see the guide of the area.")
    numbered(document, "The second finding of the report says more than the first one.")
    read = read_document(saved(document), tmp_path / "a.docx")
    assert [p.number for p in read.paragraphs] == ["1", "2"]
    assert read.paragraphs[0].text == "The board has met as often as the plan of the area asks."
    assert read.paragraphs[0].notes == ("see the guide of the area.",)
    assert [aside.kind for aside in read.set_aside] == ["footnote"]


def test_a_report_in_word_gives_its_numbered_paragraphs(tmp_path):
    document = docx.Document()
    with_lists(document, [LEVELS, BULLETS], {90: (90, ""), 92: (91, "")})
    document.add_heading("Inspection of Torbay local authority children’s services", 0)
    document.add_paragraph("Inspection dates: 3 to 14 October 2022")
    document.add_heading("Findings", 1)
    for n in range(1, 13):
        numbered(document, f"Finding {n} says that social workers see children, including:")
        numbered(document, "those who go missing", list_id=92)
        numbered(document, "those who live far away.", list_id=92)
    read = read_document(saved(document), tmp_path / "a.docx")
    found = [p for p in read.paragraphs if p.number]
    assert [p.number for p in found] == [str(n) for n in range(1, 13)]
    assert {p.heading for p in found} == {"Findings"}
    assert found[3].text == (
        "Finding 4 says that social workers see children, including: "
        "those who go missing those who live far away."
    )
    assert (read.authority, read.kind) == ("Torbay", "inspection")
    assert read.inspection_start.isoformat() == "2022-10-03"
    assert read.pages is None


# --- bad files -------------------------------------------------------------------------------


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def damaged_document():
    parts = dict.fromkeys(("[Content_Types].xml", "word/document.xml"), b"<broken")
    return package(parts)


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", ReadError, "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", EncryptedFileError, "password or is an old .doc"),
        (b"%PDF-1.7", UnsupportedFileError, "is a PDF"),
        (b"words", UnsupportedFileError, "no Word document"),
        (package({"xl/workbook.xml": b"<x/>"}), UnsupportedFileError, "no Word document"),
        (saved(docx.Document())[:2000], ReadError, "damaged or cut off"),
        (damaged_document(), ReadError, "damaged Word document"),
        (saved(docx.Document()), ReadError, "holds no text"),
    ],
)
def test_one_sentence_says_why_not(content, error, said):
    with pytest.raises(error, match=said):
        reader.read(content, "a.docx", ReadingLimits())


def test_a_zip_bomb_is_not_opened():
    bomb = package({"word/document.xml": b" " * 210_000_000})
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match="unpacks to far more"):
        reader.read(bomb, "a.docx", ReadingLimits())


def test_entities_are_not_expanded():
    document = docx.Document()
    document.add_paragraph("MARK")
    with zipfile.ZipFile(io.BytesIO(saved(document))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
    )
    text = parts["word/document.xml"].replace(b"MARK", b"&l11;")
    head, _, rest = text.partition(b"?>")
    parts["word/document.xml"] = head + b"?><!DOCTYPE x [" + laughs + b"]>" + rest
    with pytest.raises(ReadError):
        reader.read(package(parts), "a.docx", ReadingLimits())


def test_every_word_that_shows_is_read():
    document = docx.Document()
    for n in range(20):
        document.add_paragraph(f"Words number {n} of the document.")
    assert len(texts(document)) == 20
    assert document.element.body.findall(qn("w:p"))


@pytest.mark.parametrize("part", ["word/document.xml", "word/numbering.xml"])
def test_words_that_the_file_defines_itself_are_not_lost_unsaid(part):
    document = docx.Document()
    document.add_paragraph("Children are safe in Torbay.")
    with pytest.raises(ReadError, match=r"a\.docx has a DOCTYPE"):
        reader.read(with_doctype(saved(document), part), "a.docx", ReadingLimits())
