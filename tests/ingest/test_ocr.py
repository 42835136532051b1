"""Scanned pages: recognised where Tesseract is installed, named where it is not."""

import io
import os
import shutil

import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import ReadingLimits
from ingest.paragraphs import find_paragraphs
from ingest.readers import ocr, pdf
from tests.ingest.typeset import Sheet, Typesetter

FIRST = "Care leavers live in safe homes and staff visit them often, whatever the distance."
SECOND = "Social workers have too many cases, and children wait too long for their plans."


def scanned(content: bytes) -> bytes:
    """The PDF with each of its pages as a picture."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for page in pypdfium2.PdfDocument(content):
        width, height = page.get_size()
        canvas.setPageSize((width, height))
        picture = page.render(scale=200 / 72).to_pil()
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def report() -> bytes:
    setter = Typesetter(Sheet())
    setter.paragraph(FIRST, "1.")
    setter.paragraph(SECOND, "2.")
    return scanned(setter.save())


@pytest.fixture
def tesseract():
    if shutil.which("tesseract") is None:
        reason = "Tesseract is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(ocr, "program", lambda: None)


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_page_is_recognised_and_marked(report):
    source = pdf.read(report, "scan.pdf", ReadingLimits())
    paragraphs = find_paragraphs(source.pages).paragraphs
    assert [(p.number, p.text) for p in paragraphs] == [("1", FIRST), ("2", SECOND)]
    assert all(p.recognised for p in paragraphs)
    assert source.warnings == (
        "page 1 is recognised from a picture: compare quotations with the original",
    )


@pytest.mark.usefixtures("tesseract")
def test_recognised_words_stand_where_they_are_printed(report):
    (page,) = pdf.read(report, "scan.pdf", ReadingLimits()).pages
    first = page.lines[0]
    assert first.text.startswith("1. Care leavers")
    assert first.box.left == pytest.approx(72, abs=3)
    assert first.box.bottom < 842 - 100 < first.box.top + 3


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_one_sentence_says_what_to_install(report):
    source = pdf.read(report, "scan.pdf", ReadingLimits())
    assert find_paragraphs(source.pages).paragraphs == ()
    (warning,) = source.warnings
    assert "install Tesseract" in warning


@pytest.mark.usefixtures("no_tesseract")
def test_a_page_with_text_or_with_nothing_is_no_picture():
    setter = Typesetter(Sheet(foot=""))
    setter.paragraph(FIRST)
    written = pdf.read(setter.save(), "text.pdf", ReadingLimits())
    empty = pdf.read(Typesetter(Sheet(foot="")).save(), "empty.pdf", ReadingLimits())
    assert written.warnings == empty.warnings == ()
