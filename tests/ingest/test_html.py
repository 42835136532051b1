"""Web pages are read as a browser shows them, without the frame of the site."""

import pytest

from ingest.corpus import read_document
from ingest.errors import ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.readers import html as reader


def lines(body, head=""):
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    (page,) = reader.read(page.encode(), "a.html", ReadingLimits()).pages
    return list(page.lines)


def texts(body):
    return [line.text for line in lines(body)]


def test_headings_and_paragraphs():
    title, heading, text = lines(
        "<h1>The <em>report</em></h1>\n<h2>Findings</h2><p>Some\n  text <b>here</b>.</p>"
    )
    assert (title.text, title.bold) == ("The report", True)
    assert title.size > heading.size
    assert (text.text, text.bold, text.size, text.blank_before) == (
        "Some text here.",
        False,
        None,
        True,
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>a<li>b</ol>", ["1. a", "2. b"]),
        ("<ol start=7><li>a</li><li>b</li></ol>", ["7. a", "8. b"]),
        (f"<ol start={'9' * 6000}><li>a</li></ol>", ["1. a"]),
        (f"<ol><li value={'9' * 6000}>a</li><li>b</li></ol>", ["1. a", "2. b"]),
        ("<ol><li>a</li><li value=87>b</li><li>c</li></ol>", ["1. a", "87. b", "88. c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["2. a", "1. b"]),
        ("<ol reversed start=9><li>a</li><li>b</li></ol>", ["9. a", "8. b"]),
        ("<ol type=a><li>x</li></ol><ol type=I><li>x</li></ol>", ["a. x", "I. x"]),
        ("<ul><li>x</li><li><p>y</p><p>z</p></li></ul>", ["• x", "• y", "z"]),
        (
            "<ol><li>a<ul><li>x</li></ul></li><li>b<ol type=i><li>y</li></ol></li></ol>",
            ["1. a", "• x", "2. b", "i. y"],
        ),
        ("<ol><li hidden>a</li><li>b</li></ol>", ["1. b"]),
        ("<ol start=x><li>a</li></ol>", ["1. a"]),
    ],
)
def test_lists_have_the_numbers_that_a_browser_shows(body, expected):
    assert texts(body) == expected


def test_rows_of_tables():
    assert texts(
        "<table><tr><th>Judgement</th><th>Grade</th></tr>"
        "<tr><td>Overall effectiveness</td><td>Good</td></tr></table>"
    ) == ["Judgement  Grade", "Overall effectiveness  Good"]


def test_what_is_not_read():
    assert texts(
        "<nav>Menu</nav><header role=banner>Site</header><script>x</script><p hidden>no</p>"
        "<p style='display: none'>no</p><p aria-hidden=true>no</p><!-- no --><p>Yes</p>"
        "<button>Press</button><aside>See also</aside><footer>Imprint</footer>"
    ) == ["Yes"]


def test_the_main_part_is_taken_where_there_is_one():
    assert texts("<div>Cookies</div><main><h1>Report</h1></main><div>More</div>") == ["Report"]


def test_a_page_within_a_form_is_read():
    assert texts("<form><p>Words</p><input value=no></form>") == ["Words"]


def test_breaks_part_addresses_and_not_sentences():
    assert texts("<p>Town Hall<br>High Street</p>") == ["Town Hall", "High Street"]
    long = "a sentence that is a good deal longer than any line of an address"
    assert texts(f"<p>{long}<br>goes on</p>") == [f"{long} goes on"]


def test_footnotes_are_notes_and_restart_no_numbers(tmp_path):
    findings = "".join(
        f"<li>Finding {n} of the report says that children are seen in time.</li>"
        for n in range(2, 12)
    )
    page = (
        "<h1>Report</h1><ol><li>The first finding<sup><a href='#n1'>1</a></sup> of the report "
        f"says that children are safe.</li>{findings}</ol>"
        "<div class='footnotes'><ol><li id=n1>from the plan of the area. "
        "<a href='#r1'>↩</a></li></ol></div>"
    )
    read = read_document(page.encode(), tmp_path / "a.html")
    numbers = [p.number for p in read.paragraphs if p.number]
    assert numbers == [str(n) for n in range(1, 12)]
    first = next(p for p in read.paragraphs if p.number == "1")
    assert first.text == "The first finding of the report says that children are safe."
    assert first.notes == ("from the plan of the area.",)


def test_a_page_says_what_it_is(tmp_path):
    page = (
        "<html><head><title>Children's services improve - A Paper</title>"
        "<meta property='og:title' content='Children’s services improve'>"
        "<meta property='og:site_name' content='A Paper'>"
        "<meta property='og:type' content='article'>"
        "<meta property='article:published_time' content='2018-07-23T10:00:00Z'></head>"
        "<body><p>Children's services in Torbay have improved.</p></body></html>"
    )
    read = read_document(page.encode(), tmp_path / "a.html")
    assert (read.title, read.publisher) == ("Children’s services improve", "A Paper")
    assert (read.kind, read.second_hand) == ("news article", True)
    assert read.published.isoformat() == "2018-07-23"


def test_a_page_that_says_nothing_is_a_web_page(tmp_path):
    read = read_document(b"<title>Fostering</title><p>Words of a page.", tmp_path / "a.htm")
    assert (read.title, read.kind) == ("Fostering", "web page")


def test_a_report_as_a_web_page_is_a_report(tmp_path):
    page = "<h1>Focused visit to Torbay children’s services</h1><p>Words of it.</p>"
    read = read_document(page.encode(), tmp_path / "a.html")
    assert (read.kind, read.authority) == ("focused visit", "Torbay")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>naïve – £5".encode(), "naïve – £5"),
        ("\ufeff<p>naïve – £5".encode("utf-16"), "naïve – £5"),
        ("<p>naïve – £5".encode("utf-16-le"), "naïve – £5"),
        ("<p>naïve – £5".encode("utf-16-be"), "naïve – £5"),
        ("<p>naïve – £5".encode("cp1252"), "naïve – £5"),
        ("<meta charset=iso-8859-15><p>5 €".encode("iso-8859-15"), "5 €"),
        ('<?xml version="1.0" encoding="utf-8"?><html><p>naïve'.encode(), "naïve"),
        (b"<meta charset=unheard-of><p>plain", "plain"),
    ],
)
def test_encodings(content, expected):
    (page,) = reader.read(content, "a.html", ReadingLimits()).pages
    assert page.lines[0].text.strip("\ufeff") == expected


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b" ", ReadError, "empty"),
        (b"%PDF-1.7", UnsupportedFileError, "is a PDF"),
        (b"just words", UnsupportedFileError, "no web page"),
        (b"<html><script>app()</script></html>", ReadError, "no text by itself"),
        ("<p>words".encode("utf-16") + b"\x00\xd8\x41", ReadError, "characters that are no text"),
    ],
)
def test_one_sentence_says_why_not(content, error, said):
    with pytest.raises(error, match=said):
        reader.read(content, "a.html", ReadingLimits())


def numbered(first, last):
    return "".join(f"<p>{n}. Children number {n} are safe.</p>" for n in range(first, last + 1))


def test_what_is_nested_deeply_and_what_follows_it_is_read():
    body = numbered(1, 9) + "<div>" * 300 + numbered(10, 19) + "</div>" * 300 + numbered(20, 29)
    assert len(texts(body)) == 29


def test_tags_that_are_never_closed_lose_nothing():
    font = "<font color=red>"
    body = "".join(f"{font}{numbered(n, n)}" for n in range(1, 301)) + numbered(301, 310)
    assert len(texts(body)) == 310


def test_a_picture_written_into_the_page_does_not_end_it():
    assert texts(f"<p>before<img src='data:{'A' * 11_000_000}'><p>after") == ["before", "after"]


@pytest.mark.parametrize("depth", [1000, 3000, 50_000])
def test_what_is_nested_too_deeply_is_refused(depth):
    with pytest.raises(ReadError, match=r"a\.html is nested too deeply .* print it to PDF"):
        texts("<p>before</p>" + "<div>" * depth + "words" + "</div>" * depth + "<p>after</p>")
