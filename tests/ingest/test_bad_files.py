"""A bad file gives one sentence, and the files beside it are read."""

import io
import zipfile
import zlib

import docx
import pypdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.corpus import ReadingLimits, SourceFile, read_document, read_files
from ingest.errors import EncryptedFileError, ReadError, UnsupportedFileError

LIMITS = ReadingLimits(seconds=6, megabytes=700)
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /XObject << /X 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 "
    b"/BaseFont /Helvetica >> >> >> >>"
)
HELLO = b"BT /F 12 Tf 72 700 Td (Hello there) Tj ET"


def stream(data, keys=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def pdf_of(*objects):
    """A PDF file of these objects, the first its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % size
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    )


def typeset(*lines):
    """A PDF with these lines on a page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for n, line in enumerate(lines):
        canvas.drawString(72, 760 - 20 * n, line)
    canvas.save()
    return out.getvalue()


def encrypted(user_password):
    writer = pypdf.PdfWriter(io.BytesIO(typeset("1. A paragraph of the report that is locked.")))
    writer.encrypt(user_password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flate_bomb():
    """Some kilobytes that unpack to more than a gigabyte of drawing."""
    packed = HELLO + b"\n" + b"0 0 m 1 1 l S\n" * 80_000_000
    for _ in range(2):
        packed = zlib.compress(packed, 9)
    return pdf_of(CATALOG, ONE_PAGE, PAGE, stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def forms_within_forms(depth=12):
    """A page that draws ten forms that each draw ten forms, and so on."""
    keys = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    )
    forms = [stream(b"/X Do " * 10, keys % (6 + n)) for n in range(depth)]
    last = stream(b"BT ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf_of(CATALOG, ONE_PAGE, PAGE, stream(b"/X Do"), *forms, last)


def very_many_pages(count=300_000):
    """One page's object, listed as very many pages."""
    kids = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, b"3 0 R " * count)
    return pdf_of(CATALOG, kids, PAGE, stream(HELLO))


@pytest.mark.parametrize(
    ("name", "content", "error", "said"),
    [
        ("a.pdf", b"", ReadError, "empty"),
        ("a.txt", b"", ReadError, "no text"),
        ("a.pdf", b"<!DOCTYPE html><html><body>Not found", UnsupportedFileError, "web page"),
        ("a.pdf", b"just some words", UnsupportedFileError, "no PDF"),
        ("a.pdf", b"PK\x03\x04 a Word file", UnsupportedFileError, "whatever its name says"),
        ("a.txt", typeset("words"), UnsupportedFileError, "a PDF"),
        ("a.pdf", typeset("words")[:300], ReadError, "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0", UnsupportedFileError, r"save it as .*\.docx.* or PDF"),
        ("a.odt", b"PK\x03\x04", UnsupportedFileError, r"save it as .*\.docx.* or PDF"),
        ("a.rtf", b"{\\rtf1 }", UnsupportedFileError, r"save it as .*\.docx.* or PDF"),
        ("a.png", b"\x89PNG", UnsupportedFileError, "cannot be read"),
        ("a", b"words", UnsupportedFileError, "cannot be read"),
    ],
)
def test_one_sentence_says_why_not(tmp_path, name, content, error, said):
    with pytest.raises(error, match=said) as caught:
        read_document(content, tmp_path / name)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_pdf_with_a_password_is_not_read(tmp_path):
    with pytest.raises(EncryptedFileError, match="password"):
        read_document(encrypted("secret"), tmp_path / "a.pdf")


def test_a_pdf_that_opens_without_its_password_is_read(tmp_path):
    document = read_document(encrypted(""), tmp_path / "a.pdf")
    assert "that is locked" in document.paragraphs[0].text


def test_very_many_pages_are_refused_at_once(tmp_path):
    with pytest.raises(ReadError, match=r"300,000 pages.*split it"):
        read_document(very_many_pages(), tmp_path / "a.pdf")


def test_a_count_of_pages_that_is_not_true_does_no_harm(tmp_path):
    lying = pdf_of(
        CATALOG, b"<< /Type /Pages /Count 100000000 /Kids [3 0 R] >>", PAGE, stream(HELLO)
    )
    assert read_document(lying, tmp_path / "a.pdf").pages == 1


def test_deep_nesting_does_no_harm(tmp_path):
    box = b"/MediaBox " + b"[" * 100_000 + b"]" * 100_000
    deep = pdf_of(CATALOG, ONE_PAGE, PAGE.replace(b"/MediaBox [0 0 595 842]", box), stream(HELLO))
    assert read_document(deep, tmp_path / "a.pdf").pages == 1


@pytest.mark.slow
def test_bombs_end_their_own_process_only(tmp_path):
    contents = {
        "a-before.txt": b"1. The first paragraph of a report that is well.",
        "b-flate.pdf": flate_bomb(),
        "c-forms.pdf": forms_within_forms(),
        "e-after.pdf": typeset("1. The last paragraph of a report that is well."),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    files = [SourceFile(tmp_path / name) for name in contents]
    outcomes = list(read_files(files, jobs=1, limits=LIMITS))
    assert [outcome.file for outcome in outcomes] == files
    first, *bombs, last = outcomes
    assert first.document is not None
    assert last.document is not None
    for bomb in bombs:
        assert bomb.document is None
        assert bomb.error.startswith(bomb.file.path.name)
        assert "was left out" in bomb.error


def test_a_file_that_takes_too_long_is_left_out_and_said(tmp_path):
    path = tmp_path / "long.pdf"
    path.write_bytes(very_many_pages(5000))
    (outcome,) = read_files([SourceFile(path)], limits=ReadingLimits(seconds=0.2))
    assert outcome.document is None
    assert "longer than 0.2 seconds" in outcome.error


def test_a_file_too_large_is_not_opened(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 300_000)
    (outcome,) = read_files([SourceFile(path)], limits=ReadingLimits(file_megabytes=1))
    assert outcome.document is None
    assert "more than the 1 MB" in outcome.error


def test_a_file_that_went_away_gives_a_sentence(tmp_path):
    (outcome,) = read_files([SourceFile(tmp_path / "gone.txt")])
    assert outcome.error.startswith("gone.txt cannot be opened")


def test_a_page_that_cannot_be_loaded_is_named(tmp_path):
    two_pages = b"<< /Type /Pages /Count 2 /Kids [3 0 R 6 0 R] >>"
    form = stream(b"", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    broken = pdf_of(CATALOG, two_pages, PAGE, stream(HELLO), form, b"null")
    with pytest.raises(ReadError, match=r"a\.pdf is damaged on page 2"):
        read_document(broken, tmp_path / "a.pdf")


def test_a_word_file_whose_parts_do_not_unpack_is_damaged(tmp_path):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("Care leavers are visited often. " * 300)
    document.save(out)
    with zipfile.ZipFile(out) as package:
        place = package.getinfo("word/document.xml").header_offset + 60
    content = bytearray(out.getvalue())
    content[place : place + 40] = b"\xff" * 40
    with pytest.raises(ReadError, match=r"a\.docx is a damaged Word document"):
        read_document(bytes(content), tmp_path / "a.docx")
