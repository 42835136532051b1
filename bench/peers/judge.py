"""Pieces of documents -> the judged paragraphs that they hold -> nDCG@10, by one rule for all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from eval.metrics import measure
from eval.model import Question
from eval.questions import resolve
from eval.runs import rank_score
from index.encoder import Encoder
from ingest.model import Document

RUN = 5  # words; two texts that share so many in a row share them by no accident
SHARE = 0.5
MEASURE = "nDCG@10"
Grams = frozenset[tuple[str, ...]]
Found = Mapping[str, Sequence[tuple[str, str]]]  # question -> its pieces' documents and texts
_WORD = re.compile(r"[^\W_]+")


def grams(text: str) -> Grams:
    """All runs of five words, so that line ends, signs and capitals cannot differ."""
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)))


def holds(piece: Grams, paragraph: Grams) -> bool:
    """Whether half of the shorter one stands in the other."""
    return len(piece & paragraph) >= SHARE * min(len(piece), len(paragraph))


class Judge:
    """What the judged paragraphs are and which piece holds which."""

    def __init__(self, documents: Sequence[Document], questions: Sequence[Question]) -> None:
        asked = [question for question in questions if question.answerable]
        resolved = resolve(asked, documents)
        self.qrels = {question.id: resolved.qrels[question.id] for question in asked}
        self._paragraphs: dict[str, list[tuple[str, Grams]]] = defaultdict(list)
        for document in documents:
            self._paragraphs[document.doc] += [
                (document.paragraph_id(paragraph), grams(paragraph.text))
                for paragraph in document.paragraphs
            ]

    def held(self, doc: str, text: str) -> list[str]:
        """The paragraphs of a piece, in the order of the document."""
        piece = grams(text)
        return [name for name, paragraph in self._paragraphs[doc] if holds(piece, paragraph)]

    def read(self, found: Found) -> float:
        """The mean where every paragraph of a piece takes a place, as whoever reads it reads."""
        return self._mean({key: self._places(pieces) for key, pieces in found.items()})

    def kind(self, found: Found) -> float:
        """The mean where a piece's judged paragraphs come first and its others take no place."""
        lists = {}
        for key, pieces in found.items():
            grades = self.qrels.get(key, {})
            lists[key] = self._places(pieces, grades)
        return self._mean(lists)

    def _places(
        self, pieces: Sequence[tuple[str, str]], grades: Mapping[str, int] | None = None
    ) -> list[str]:
        """Paragraphs place by place, none twice; a piece that holds none takes a place too."""
        listed: list[str] = []
        for at, (doc, text) in enumerate(pieces):
            held = self.held(doc, text)
            if grades is not None:
                judged = sorted((name for name in held if name in grades), key=grades.__getitem__)
                held = judged[::-1] or held[:1]
            listed += [name for name in held or [f"nothing in piece {at}"] if name not in listed]
        return listed

    def _mean(self, lists: Mapping[str, Sequence[str]]) -> float:
        run = {
            key: {name: rank_score(place) for place, name in enumerate(names, 1)}
            for key, names in lists.items()
            if key in self.qrels
        }
        values = measure(self.qrels, run)
        return sum(value[MEASURE] for value in values.values()) / len(values)


def seen(found: Found, encoder: Encoder) -> float:
    """The share of the tokens of the pieces found that fits the encoder; the rest is cut off."""
    texts = {text for pieces in found.values() for _, text in pieces}
    whole = [len(encoder.token_spans(text)) for text in texts]
    return sum(min(tokens, encoder.max_tokens) for tokens in whole) / max(1, sum(whole))
