"""Printed pages found again in text files."""

from ingest.paragraphs import find_paragraphs
from ingest.readers import read_source
from ingest.text_pages import without_page_breaks
from tests.ingest.typeset import Prose


def lines_in(text):
    taken = []
    page = without_page_breaks(read_source(text.encode(), "a.txt").pages, taken)
    return [line.text for line in page.lines], [(aside.kind, aside.text) for aside in taken]


def found_in(text):
    return find_paragraphs(read_source(text.encode(), "a.txt").pages)


def wrapped(text, width=80):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def dumped(paragraphs, *, page=30, foot=()):
    """Wrapped lines with a page's foot after every so many, wherever that falls."""
    lines = []
    for number, text in enumerate(paragraphs, 1):
        lines += ["", *wrapped(f"{number}. {text}")]
    out = []
    for start in range(0, len(lines), page):
        out += lines[start : start + page]
        out += [part.replace("#", str(start // page + 1)) for part in foot]
    return "\n".join(out)


def test_page_numbers_within_sentences_are_taken_out():
    prose = Prose()
    texts = [prose.paragraph(5) for _ in range(30)]
    text = dumped(texts, foot=("", "#", ""))
    kept, taken = lines_in(text)
    assert taken == [("page number", str(page)) for page in range(1, len(taken) + 1)]
    assert len(taken) > 5
    assert [p.text for p in found_in(text).paragraphs] == texts
    assert not any(line.strip().isdigit() for line in kept)


def test_running_lines_beside_the_page_numbers_are_taken_out():
    prose = Prose()
    texts = [prose.paragraph(5) for _ in range(30)]
    text = dumped(texts, foot=("", "Inspection of Newtown", "Page # of 9", "May 2011"))
    _, taken = lines_in(text)
    assert {kind for kind, _ in taken} == {"page number", "header"}
    assert [p.text for p in found_in(text).paragraphs] == texts


def test_a_running_line_that_holds_the_page_number_is_taken_out():
    prose = Prose()
    texts = [prose.paragraph(5) for _ in range(30)]
    text = dumped(texts, foot=("Inspection of Newtown, May 2011, page #",))
    assert [p.text for p in found_in(text).paragraphs] == texts


def test_form_feeds_end_pages_and_not_paragraphs():
    prose = Prose()
    texts = [prose.paragraph(6) for _ in range(12)]
    lines = dumped(texts).split("\n")
    pages = ["\n".join(lines[start : start + 20]) for start in range(0, len(lines), 20)]
    structure = found_in("\f".join(pages))
    assert [p.text for p in structure.paragraphs if p.number] == texts


def test_numbers_on_lines_of_their_own_are_paragraph_numbers_where_pages_would_be_too_short():
    prose = Prose()
    texts = [prose.paragraph(2) for _ in range(12)]
    text = "\n\n".join(f"{n}\n" + "\n".join(wrapped(each)) for n, each in enumerate(texts, 1))
    paragraphs = found_in(text).paragraphs
    assert [(p.number, p.text) for p in paragraphs] == [
        (str(number), each) for number, each in enumerate(texts, 1)
    ]


def test_headings_that_repeat_are_no_running_lines():
    prose = Prose()
    parts = []
    for number in range(1, 9):
        parts += ["Summary", "\n".join(wrapped(f"{number}. {prose.paragraph(9)}"))]
    structure = found_in("\n\n".join(parts))
    assert [p.heading for p in structure.paragraphs] == ["Summary"] * 8


def test_a_file_without_empty_lines_is_read_by_its_numbers_and_short_lines():
    prose = Prose()
    texts = [prose.paragraph(4) for _ in range(9)]
    lines = []
    for number, text in enumerate(texts, 1):
        lines += ["Findings on help"] if number in (1, 5) else []
        lines += wrapped(f"{number}. {text}")
    structure = found_in("\n".join(lines))
    assert [(p.number, p.heading, p.text) for p in structure.paragraphs] == [
        (str(number), "Findings on help", text) for number, text in enumerate(texts, 1)
    ]
