"""Reading PDFs: words, their places and their marks."""

import io

import pypdf
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ingest.errors import EncryptedFileError, ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.readers import pdf, read_source
from tests.ingest.typeset import Sheet, Typesetter

PLAIN = Sheet(foot="")


def lines_of(content):
    return [
        line for page in pdf.read(content, "a.pdf", ReadingLimits()).pages for line in page.lines
    ]


def edited(content, change):
    """The PDF after pypdf has changed it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def setter():
    return Typesetter(PLAIN)


def test_lines_stand_where_they_are_printed(setter):
    setter.paragraph("The first words of a line.")
    (line,) = lines_of(setter.save())
    assert line.text == "The first words of a line."
    assert line.box.left == pytest.approx(72.0, abs=1)
    assert line.box.bottom < 842 - 100 < line.box.top
    assert 190 < line.box.right < 230


def test_size_weight_and_slant_are_told(setter):
    setter.heading("A heading", 16.0, font=1)
    setter.heading("A slanted one", 12.0, font=2)
    setter.paragraph("Plain text.")
    heading, slanted, plain = lines_of(setter.save())
    assert (heading.size, heading.bold, heading.italic) == (16.0, True, False)
    assert (slanted.size, slanted.bold, slanted.italic) == (12.0, False, True)
    assert (plain.size, plain.bold, plain.italic) == (12.0, False, False)


def test_bold_by_stroking_the_outline_is_bold(setter):
    setter.canvas.saveState()
    text = setter.canvas.beginText(72, 700)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(2)
    text.textOut("Fake bold")
    setter.canvas.drawText(text)
    setter.canvas.restoreState()
    (line,) = lines_of(setter.save())
    assert line.bold


def test_a_footnote_mark_is_no_part_of_the_text(setter):
    setter.paragraph("An area{2} with two marks.{13}")
    (line,) = lines_of(setter.save())
    assert line.text == "An area with two marks."
    assert [(mark.sign, mark.at) for mark in line.marks] == [("2", 7), ("13", 23)]


def test_numbers_of_the_text_are_no_marks(setter):
    setter.paragraph("In 2013–14, 31 of 45 children (69%) left care by 31 March.")
    (line,) = lines_of(setter.save())
    assert line.text == "In 2013–14, 31 of 45 children (69%) left care by 31 March."
    assert line.marks == ()


def test_raised_letters_stay(setter):
    canvas = setter.canvas
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "the 31")
    canvas.setFont("Helvetica", 7)
    canvas.drawString(72 + canvas.stringWidth("the 31", "Helvetica", 12), 704, "st")
    (line,) = lines_of(setter.save())
    assert line.text.replace(" ", "") == "the31st"


def test_letters_drawn_as_one_are_spelt_out(setter):
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    setter.canvas.setFont("Vera", 12)
    setter.canvas.drawString(72, 700, "The \ufb01rst of\ufb01ce has \ufb02oors.")
    (line,) = lines_of(setter.save())
    assert line.text == "The first office has floors."


def test_a_word_with_a_hyphen_at_a_lines_end_stays_on_its_lines(setter):
    setter.canvas.setFont("Helvetica", 12)
    setter.canvas.drawString(72, 700, "well supported by multi-")
    setter.canvas.drawString(72, 685, "agency work")
    assert [line.text for line in lines_of(setter.save())] == [
        "well supported by multi-",
        "agency work",
    ]


def test_a_label_set_lower_than_its_text_joins_its_line(setter):
    setter.canvas.setFont("Helvetica", 12)
    setter.canvas.drawString(110, 700, "Text in a cell of its own.")
    setter.canvas.drawString(72, 695, "14")
    (line,) = lines_of(setter.save())
    assert line.text == "14 Text in a cell of its own."


def test_cells_of_a_table_are_told(setter):
    setter.table([("Overall effectiveness", "Good")], (0, 300))
    (line,) = lines_of(setter.save())
    assert line.text == "Overall effectiveness Good"
    assert [cell.text for cell in line.cells] == ["Overall effectiveness", "Good"]


def test_wide_spaces_of_a_justified_line_make_no_cells():
    setter = Typesetter(Sheet(foot="", justified=True, width=260))
    setter.paragraph("Characteristically uncharacteristic responsibilities notwithstanding " * 6)
    assert all(line.cells == () for line in lines_of(setter.save()))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_shown(turn):
    setter = Typesetter(PLAIN)
    setter.paragraph("One line of words.")
    setter.paragraph("Another line of words.")
    upright = setter.save()
    width, height = 595.0, 842.0
    # Text drawn against the page's turn stands upright when shown, as scanners and landscape
    # tables have it.
    turned = {
        90: pypdf.Transformation().rotate(90).translate(height, 0),
        180: pypdf.Transformation().rotate(180).translate(width, height),
        270: pypdf.Transformation().rotate(270).translate(0, width),
    }[turn]

    def change(writer):
        page = writer.pages[0]
        page.add_transformation(turned)
        if turn != 180:
            page.mediabox.upper_right = (height, width)
            page.cropbox.upper_right = (height, width)
        page.rotate(turn)

    expected, found = lines_of(upright), lines_of(edited(upright, change))
    assert [line.text for line in found] == [line.text for line in expected]
    for one, other in zip(expected, found, strict=True):
        assert other.box.left == pytest.approx(one.box.left, abs=2)
        assert other.box.bottom == pytest.approx(one.box.bottom, abs=4)


def test_places_count_from_the_corner_of_the_cropped_page_and_hidden_words_are_left_out(setter):
    setter.paragraph("Seen.")
    setter.space(500)
    setter.paragraph("Cut away.")

    def crop(writer):
        writer.pages[0].cropbox.lower_left = (50, 400)

    (line,) = lines_of(edited(setter.save(), crop))
    assert line.text == "Seen."
    assert line.box.left == pytest.approx(22.0, abs=1)
    assert 300 < line.box.bottom < 345


def test_a_page_without_text_has_no_lines(setter):
    setter.paragraph("One.")
    setter.new_page()
    setter.new_page()
    setter.paragraph("Three.")
    pages = pdf.read(setter.save(), "a.pdf", ReadingLimits()).pages
    assert [(page.number, len(page.lines)) for page in pages] == [(1, 1), (2, 0), (3, 1)]
    assert (pages[0].width, pages[0].height) == (595.0, 842.0)


def test_properties_are_what_the_file_says_of_itself(setter):
    setter.canvas.setTitle("A report")
    assert pdf.read(setter.save(), "a.pdf", ReadingLimits()).properties["Title"] == "A report"


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", ReadError, "a.pdf is empty"),
        (b"<!DOCTYPE html><html></html>", UnsupportedFileError, "a.pdf is a web page"),
        (b"plain words", UnsupportedFileError, "a.pdf is no PDF"),
        (b"%PDF-1.4\n% and then nothing", ReadError, "a.pdf is damaged or cut off"),
    ],
)
def test_what_is_no_pdf_is_refused_in_a_sentence(content, error, said):
    with pytest.raises(error, match=said):
        pdf.read(content, "a.pdf", ReadingLimits())


def test_only_a_real_password_is_in_the_way(setter):
    setter.paragraph("Behind a password.")
    content = setter.save()
    free = edited(content, lambda writer: writer.encrypt("", "owner"))
    locked = edited(content, lambda writer: writer.encrypt("secret", "owner"))
    assert [line.text for line in lines_of(free)] == ["Behind a password."]
    with pytest.raises(EncryptedFileError, match=r"a\.pdf opens only with a password"):
        pdf.read(locked, "a.pdf", ReadingLimits())


def test_the_extension_decides_who_reads(setter):
    setter.paragraph("Words.")
    content = setter.save()
    assert read_source(content, "A.PDF").pages[0].lines[0].text == "Words."
    with pytest.raises(UnsupportedFileError):
        read_source(content, "a.xyz")


@pytest.mark.slow
def test_a_page_is_drawn_where_the_boxes_say(setter):
    setter.paragraph("The words of a paragraph.")
    content = setter.save()
    (line,) = lines_of(content)
    image = pdf.render_page(content, 1, 2.0)
    assert (image.width, image.height) == (595, 842)
    pixels = Image.open(io.BytesIO(image.png)).convert("L")
    assert pixels.size == (1190, 1684)
    left, top, right, bottom = pixels.point(lambda value: 255 * (value < 128)).getbbox()
    assert 2 * line.box.left - 4 < left < right < 2 * line.box.right + 4
    assert 2 * (842 - line.box.top) - 4 < top < bottom < 2 * (842 - line.box.bottom) + 4


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_not_drawn(setter, number):
    setter.paragraph("Words.")
    with pytest.raises(ReadError, match=f"Page {number} cannot be shown"):
        pdf.render_page(setter.save(), number, 1.0)
