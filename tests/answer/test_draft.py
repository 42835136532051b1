"""Drafts are read as their writers see them."""

import pytest
from docx import Document as WordDocument

from answer.draft import read_draft, sentences
from answer.word_notes import Footnotes
from ingest.errors import ReadError


def parts(tmp_path, name: str, text: str) -> list[tuple[str, str]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return [(part.kind, part.text) for part in read_draft(tmp_path / name)]


def test_markdown_has_headings_paragraphs_and_block_quotations(tmp_path):
    text = "# Title\n\nA *first* line\ngoes on.\n\n> Quoted words\n> go on.\n\n- One\n- Two\n"
    assert parts(tmp_path, "a.md", text) == [
        ("heading", "Title"),
        ("text", "A first line goes on."),
        ("quotation", "Quoted words go on."),
        ("text", "One"),
        ("text", "Two"),
    ]


def test_a_footnote_stands_where_its_mark_is(tmp_path):
    text = "Plans are late.[^1]\n\n[^1]: Wandsworth 2016, para 90.\n"
    assert parts(tmp_path, "a.md", text) == [("text", "Plans are late. (Wandsworth 2016, para 90)")]


def test_a_link_to_a_paragraph_keeps_its_address_and_others_do_not(tmp_path):
    text = "See [para 7](?doc=w16&p=7) and [the site](https://example.org/).\n"
    assert parts(tmp_path, "a.md", text) == [("text", "See [para 7](?doc=w16&p=7) and the site.")]


def test_plain_text_has_headings_too(tmp_path):
    text = "Where they live\n\nHomes are scarce (para 7).\n"
    assert parts(tmp_path, "a.txt", text) == [
        ("heading", "Where they live"),
        ("text", "Homes are scarce (para 7)."),
    ]


def test_a_word_draft_is_read(tmp_path):
    document = WordDocument()
    document.add_heading("Where they live", 1)
    document.add_paragraph("Homes are scarce (para 7).")
    document.save(tmp_path / "a.docx")
    assert [(p.kind, p.text) for p in read_draft(tmp_path / "a.docx")] == [
        ("heading", "Where they live"),
        ("text", "Homes are scarce (para 7)."),
    ]


def test_footnotes_of_a_word_draft_stand_where_their_marks_are(tmp_path):
    document = WordDocument()
    notes = Footnotes(document)
    paragraph = document.add_paragraph("Homes are scarce.")
    notes.add(paragraph, "Wandsworth 2016, para 7.")
    paragraph.add_run(" Plans are late")
    notes.add(paragraph, "ibid., para 8.")
    paragraph.add_run(".")
    notes.save()
    document.add_paragraph("The end.")
    document.save(tmp_path / "a.docx")
    assert [part.text for part in read_draft(tmp_path / "a.docx")] == [
        "Homes are scarce. (Wandsworth 2016, para 7) Plans are late (ibid., para 8).",
        "The end.",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Homes are scarce. (Wandsworth 2016, para 7) Plans are late.", 2),
        ("Homes are scarce. (para 7) Plans are late (para. 8).", 2),
        ("They said: “We ask. They do not listen.” (para 7)", 1),
        ("Homes are scarce (cf. Dr. Smith, p. 2). Plans are late.", 2),
    ],
)
def test_a_citation_belongs_to_the_sentence_before_it(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", b"", "is empty"),
        ("a.md", b" \n ", "is empty"),
        ("a.pdf", b"%PDF", "save it as .docx, .md or .txt"),
        ("a.txt", b"\0\1\2", "is no text"),
        ("a.docx", b"no word file", "a.docx"),
        ("a.md", b"word " * 500_000, "check it in parts"),
    ],
)
def test_a_draft_that_cannot_be_checked_is_refused_in_one_sentence(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=said):
        read_draft(tmp_path / name)


def test_a_draft_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(ReadError, match="There is no file"):
        read_draft(tmp_path / "nothing")
    with pytest.raises(ReadError, match="There is no file"):
        read_draft(tmp_path / "nowhere.md")
