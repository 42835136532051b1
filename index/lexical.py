"""BM25 over paragraphs, by SQLite's full-text index."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.model import QueryPlan
from index.restriction import Restriction

_WORD = re.compile(r"\w+(?:[’'&]\w+)*")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class LexicalConfig:
    """What counts how much."""

    text_weight: float = 1.0
    heading_weight: float = 0.5


def words(text: str) -> list[str]:
    """The words of a text in lower case, as vocabulary and phrases compare them."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return _WORD.findall(plain.lower())


def match_expression(plan: QueryPlan) -> str | None:
    """The plan's terms and their expansions for FTS5, any of which may match.

    Every term is quoted, so that nothing in a question is taken for an operator. None where
    the plan has no word to look up.
    """
    alternatives = [
        *plan.terms,
        *(form for term in plan.expansions for form in plan.expansions[term]),
        *plan.phrases,
    ]
    quoted = [_quoted(term) for term in dict.fromkeys(alternatives)]
    return " OR ".join(term for term in quoted if term) or None


def bm25(
    connection: sqlite3.Connection,
    expression: str,
    allowed: Restriction,
    top_k: int,
    config: LexicalConfig,
) -> list[tuple[int, float]]:
    """The best paragraphs and their BM25 scores, best first.

    bm25() of FTS5 is better the lower it is; it is turned round here, and rounded, so that
    ties are ties whatever order the terms were added in.
    """
    query = "SELECT rowid, bm25(paragraph_text, ?, ?) AS score FROM paragraph_text"
    query += " WHERE paragraph_text MATCH ?" + allowed.clause("rowid") + " ORDER BY score LIMIT ?"
    rows = connection.execute(
        query,
        (config.text_weight, config.heading_weight, expression, *allowed.parameters, top_k),
    )
    return [(row[0], round(-row[1], 6)) for row in rows]


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
