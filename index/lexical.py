"""Words as they are compared, and phrases found word for word."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence

from index.restriction import Restriction

_WORD = re.compile(r"\w+(?:[’'&]\w+)*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def words(text: str) -> list[str]:
    """The words of a text in lower case, as vocabulary and phrases compare them."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _WORD.findall(plain.lower())


def with_phrases(
    connection: sqlite3.Connection, phrases: Sequence[str], allowed: Restriction
) -> list[int]:
    """The paragraphs whose text holds every phrase word for word.

    The full-text index knows word stems only, so what it finds is compared again.
    """
    wanted = [words(phrase) for phrase in phrases]
    expression = " AND ".join(f"text : {quoted}" for quoted in map(_quoted, phrases) if quoted)
    if not expression:
        return []
    query = "SELECT rowid, text FROM paragraph_text WHERE paragraph_text MATCH ?"
    query += allowed.clause("rowid") + " ORDER BY rowid"
    rows = connection.execute(query, (expression, *allowed.parameters))
    return [row[0] for row in rows if _holds_all(words(row[1]), wanted)]


def _quoted(term: str) -> str:
    plain = " ".join(re.findall(r"\w+", term))
    return f'"{plain}"' if plain else ""


def _holds_all(text: list[str], phrases: Iterable[list[str]]) -> bool:
    return all(_holds(text, phrase) for phrase in phrases)


def _holds(text: list[str], phrase: list[str]) -> bool:
    length = len(phrase)
    return any(text[at : at + length] == phrase for at in range(len(text) - length + 1))
