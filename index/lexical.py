"""Words as they are compared, and phrases found as they are written."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from index.bm25 import WordIndex
from index.dense import Ids
from index.digests import checked

_WORD = re.compile(r"\w+(?:[’'&]\w+)*")
_IN_A_WORD = re.compile(r"[^\W_]")
_UNSEEN = re.compile("[\"“”„«»'‘’ʼ‚`\u00ad\u200b\u2060]")  # quotation marks and what has no width
_BETWEEN = re.compile(r"[\s‐‑‒–—―−-]+")  # "looked-after" and "looked after"
_ENDING = " .,;:!?"  # of a sentence, not of the phrase


def words(text: str) -> list[str]:
    """The words of a text in lower case, as vocabulary and phrases compare them."""
    return _WORD.findall(_plain(text))


@lru_cache(maxsize=100)  # questions
def _beginning(starts: tuple[str, ...]) -> re.Pattern[str]:
    """What finds words that begin with one of some letters, each whole and none in another."""
    letters = "|".join(map(re.escape, starts))
    return re.compile(rf"(?<!\w)(?<!\w[’'&])(?:{letters})\w*(?:[’'&]\w+)*")


def words_from(text: str, starts: Iterable[str]) -> list[str]:
    """Those of the words() of a text that begin with one of some letters; quicker than all."""
    return _beginning(tuple(starts)).findall(_plain(text))


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return text.lower()


def with_phrases(
    connection: sqlite3.Connection, index: WordIndex, phrases: Sequence[str], allowed: Ids
) -> list[int]:
    """The paragraphs among some whose text holds every phrase as it is written.

    White space, dashes, quotation marks and case are forgiven, every other sign counts. The
    index knows word stems and no signs, so what it finds is compared again.
    """
    wanted = [pattern for phrase in phrases if (pattern := _pattern(phrase))]
    if not wanted:
        return []
    spoken = [phrase for phrase in phrases if _IN_A_WORD.search(phrase)]
    if spoken:  # not of signs alone, as "%" is
        allowed = np.intersect1d(allowed, index.holding(spoken), assume_unique=True)
    rows = connection.execute(
        "SELECT * FROM paragraph WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(allowed.tolist()),),
    )
    found = (checked("paragraph", row) for row in rows)
    return [row["id"] for row in found if _holds_all(row["text"], wanted)]


def _holds_all(text: str, wanted: Sequence[re.Pattern[str]]) -> bool:
    written = _as_written(text)
    return all(pattern.search(written) for pattern in wanted)


def _pattern(phrase: str) -> re.Pattern[str] | None:
    """What finds a phrase in a text `_as_written`, as whole words and whole numbers."""
    written = _as_written(phrase).rstrip(_ENDING) or _as_written(phrase)
    if not written:
        return None
    before = r"(?<!\w)(?<!\d[.,])" if written[0].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if written[-1].isalnum() else ""
    return re.compile(before + re.escape(written) + after)


def _as_written(text: str) -> str:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _BETWEEN.sub(" ", plain).strip().lower()
