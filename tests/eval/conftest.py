"""A small library of two reports, answered by hand-made lists."""

from datetime import date

import pytest

from eval.model import Judgement, Question
from index.model import Filter, Hit
from ingest.model import Document, Paragraph

TEXTS = {
    "p1": "Caseloads in the assessment teams are too high, and workers told inspectors so.",
    "p2": "The council uses “bed and breakfast” for care-\nleavers, which is unsuitable for them.",
    "p3": "Managers do not always record supervision, so decisions cannot be traced.",
    "s1": "Caseloads in the assessment teams are too high.",
}


def paragraph(key):
    number = key[1:] if key.startswith("p") else None
    kind = "numbered" if number else "summary"
    page = int(key[1:])
    return Paragraph(key, number, kind, "Findings", TEXTS[key], page, page, f"para {number}")


@pytest.fixture
def documents():
    return [
        Document(
            doc="ashford-2016.txt",
            document_id="ashford-2016-02-16",
            sha256="a" * 64,
            paragraphs=tuple(paragraph(key) for key in TEXTS),
            authority="Ashford",
            published=date(2016, 2, 16),
            handed_over_as="000.txt",
        ),
        Document(
            doc="brook-2019.pdf",
            document_id="brook-2019",
            sha256="b" * 64,
            paragraphs=(paragraph("p1"),),
            authority="Brook",
            published=date(2019, 6, 1),
        ),
    ]


@pytest.fixture
def questions():
    return [
        Question(
            "q1",
            "caseloads",
            "scoped",
            (
                Judgement("ashford-2016.txt", "assessment teams are too high, and", 2, "1", 1),
                Judgement("ashford-2016.txt", "the assessment teams are too high", 1),
            ),
            authority="ashford",
        ),
        Question("q2", "B&B", "theme", (Judgement("000.txt", "for care-leavers, which", 2, "2"),)),
        Question("q3", "toboggans", "none"),
    ]


def hit(rank, paragraph_id, score=1.0, coverage=0.5):
    return Hit(
        rank=rank,
        score=score,
        doc=paragraph_id.partition("#")[0],
        document_id=paragraph_id.partition("#")[0],
        paragraph_id=paragraph_id,
        number=None,
        label="",
        citation=f"cited {paragraph_id}",
        full_citation="",
        heading=None,
        page_start=None,
        page_end=None,
        text="text",
        highlights=(),
        kind="numbered",
        title=None,
        authority=None,
        year=None,
        document_kind="inspection",
        second_hand=False,
        coverage=coverage,
    )


class Lists:
    """Answers each question with a list made beforehand and remembers the filters."""

    def __init__(self, lists):
        self.lists = lists
        self.filters = []

    def search(self, question, top_k=10, filters=Filter()):  # noqa: B008  # frozen
        self.filters.append(filters)
        ids = self.lists.get(question, [])[:top_k]
        share = len(ids) / 10
        return [hit(rank, key, 1 - rank / 10, share) for rank, key in enumerate(ids, 1)]


@pytest.fixture
def lists():
    return Lists
