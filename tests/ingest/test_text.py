"""Text and Markdown files become the lines that a reader of the rendered text sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.readers import text


def lines(content, name="a.txt"):
    content = content.encode() if isinstance(content, str) else content
    return [line for page in text.read(content, name, ReadingLimits()).pages for line in page.lines]


def texts(content, name="a.txt"):
    return [line.text for line in lines(content, name)]


def test_lines_keep_their_words_and_their_indent():
    assert texts("One\n  • two   \n three") == ["One", "  • two", " three"]


def test_a_blank_line_is_noted_and_not_kept():
    read = lines("a\n\n \nb\nc")
    assert [(line.text, line.blank_before) for line in read] == [
        ("a", False),
        ("b", True),
        ("c", False),
    ]


def test_pages_of_text_have_no_numbers():
    source = text.read(b"one\ftwo\n", "a.txt", ReadingLimits())
    assert [page.number for page in source.pages] == [None, None]
    assert [page.lines[0].text for page in source.pages] == ["one", "two"]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_line_end_is_understood(ending):
    assert texts(f"a{ending}b{ending}") == ["a", "b"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_usual_encodings_are_read(encoding):
    written = "Children’s services – £5, naïve\nand some more plain words"
    assert texts(written.encode(encoding))[0] == "Children’s services – £5, naïve"


def test_a_text_of_another_code_page_is_read_with_a_warning():
    source = text.read("children’s".encode("cp1252"), "a.txt", ReadingLimits())
    assert "Windows-1252" in source.warnings[0]
    assert text.read("children’s".encode(), "a.txt", ReadingLimits()).warnings == ()


@pytest.mark.parametrize("content", [b"", b" \n\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(ReadError, match=r"a\.txt holds no text"):
        text.read(content, "a.txt", ReadingLimits())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04....", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old or encrypted Office"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"\xef\xbb\xbf <!DOCTYPE html><html>", "a web page"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x00\x01\x02\x03 binary \xff", "not a text file"),
        (b"\x81\x8d\x8f no letters of any code page", "not a text file"),
    ],
)
def test_content_of_another_kind_is_refused(content, kind):
    with pytest.raises(UnsupportedFileError, match=kind):
        text.read(content, "a.txt", ReadingLimits())


def test_markdown_headings_are_bold_lines_with_a_size():
    read = lines("# Report\n\n### **Findings**\n\nText **bold** here.\n", "a.md")
    assert [(line.text, line.bold) for line in read] == [
        ("Report", True),
        ("Findings", True),
        ("Text bold here.", False),
    ]
    assert read[0].size > read[1].size
    assert read[2].size is None


def test_underlined_headings_are_headings_and_rules_part_paragraphs():
    read = lines("Report\n======\nText\n\n---\nmore\n", "a.md")
    assert [(line.text, line.bold, line.blank_before) for line in read] == [
        ("Report", True, False),
        ("Text", False, True),
        ("more", False, True),
    ]


def test_a_line_all_in_bold_is_bold():
    assert lines("## A\n**Her Majesty's Inspector**\n")[1].bold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[enquiries@x.uk](mailto:enquiries@x.uk)", "enquiries@x.uk"),
        ("see [the guide](https://x.uk/a_(b)) now", "see the guide now"),
        ("<https://x.uk>", "https://x.uk"),
        ("a *b* _c_ ***d*** `e`", "a b c d e"),
        ("snake_case_name and 5*3*2", "snake_case_name and 5*3*2"),
        (r"\*not emphasis\* 3 &lt; 4", "*not emphasis* 3 < 4"),
        ("- a bullet", "• a bullet"),
        ("  * a bullet below", "• a bullet below"),
        ("> quoted", "quoted"),
        ("12. numbered as written", "12. numbered as written"),
        ("| Adoption | Good |", "Adoption  Good"),
        ("*All our words are from the agency", "*All our words are from the agency"),
    ],
)
def test_marks_are_rendered(written, read):
    assert texts(written, "a.md") == [read]


def test_marks_in_plain_text_stay():
    assert texts("- the *first* of three\n# of children") == [
        "- the *first* of three",
        "# of children",
    ]


def test_a_text_file_that_is_markdown_is_read_as_such():
    assert texts("**T** 0300 123 1231\n- a bullet\n") == ["T 0300 123 1231", "• a bullet"]


def test_table_rules_and_code_fences_are_no_lines():
    written = "| a | b |\n|---|:-:|\n| c | d |\n```\ncode\n```\n"
    assert texts(written, "a.md") == ["a  b", "c  d", "code"]


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1))
def test_plain_words_come_out_as_they_went_in(written):
    content = f"start {written} end"
    if not text._SIGNS.search(content):
        assert " ".join(texts(content)).split() == content.split()


def test_the_seeds_are_read_whole(corpus):
    for path in corpus.glob("*.txt"):
        written = path.read_text(encoding="utf-8")
        read = " ".join(texts(path.read_bytes(), path.name)).split()
        assert len(read) >= 0.98 * len(written.split())
        assert "**" not in " ".join(read)
