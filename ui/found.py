"""What a question came to: computed once for all sessions, a few questions at a time."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from answer.ask import answer_from
from answer.model import Answer
from index.library import Library
from index.model import Hit, QueryPlan
from index.once import Once
from ingest.model import Document
from ui.address import BEST_FIRST, MOST_SHOWN, SearchState
from ui.turns import Gauge, Turns

KEPT = 200  # questions, of some 150 kB each
AT_ONCE = max(2, os.cpu_count() or 2)  # questions; more would only hold each other up
SWITCH = 0.0005  # seconds
PATIENT = AT_ONCE // 2 - 1  # others searched for meanwhile, for the second reading to be done
SEARCHING = "Searching …"
_KEY = "found"


@dataclass(frozen=True, slots=True)
class Found:
    """What the library holds for a question."""

    whole: QueryPlan  # what the question was understood as
    plan: QueryPlan  # the same without the parts that were taken off
    hits: tuple[Hit, ...]
    answer: Answer
    hasty: bool = False  # ranked without the second reading, because others were searching


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the questions of all sessions are answered."""

    turns: Turns
    known: Once[tuple[object, ...], Found]
    searching: Gauge = field(default_factory=Gauge)

    def found(self, library: Library, state: SearchState) -> Found:
        """What a question came to, from what is known of it if anything is.

        Beside others, the second reading is left out. What was found so is kept apart: asked
        again at a quieter time, the question is ranked as ever.
        """
        key = asked_of(library, state)
        with self.searching.inside() as others:
            crowded = others > PATIENT or self.turns.waiting > 0
            reads = library.reranker_folder() is not None
            hasty = reads and crowded and not self.known.holds((*key, False))
            return self.known.get((*key, hasty), lambda: _find(library, state, hasty=hasty))


def asked_of(library: Library, state: SearchState) -> tuple[object, ...]:
    """All that what a question comes to depends on."""
    asked = (state.question, state.filters, state.ignored)
    return (str(library.folder), library.stamp(), library.config, *asked)


def _find(library: Library, state: SearchState, *, hasty: bool) -> Found:
    whole, plan = library.plan(state.question), library.plan(state.question, state.ignored)
    hits = library.search(
        state.question, MOST_SHOWN, state.filters, state.ignored, rerank=not hasty
    )
    answer = answer_from(library, plan, hits, state.filters)
    return Found(whole, plan, tuple(hits), answer, hasty)


@st.cache_resource(show_spinner=False, max_entries=1)
def _settled(stamp: str) -> None:
    """Take what a version of the library holds in memory out of the garbage collector's sight.

    Each full collection would walk through all of it, while every session waits.
    """
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def _desk() -> Desk:
    """The server's desk; from the first question on, threads change over quickly.

    A search often leaves Python for a moment, to SQLite or FAISS. To come back it would wait for
    Python's usual interval of 5 ms each time, while others are searching.
    """
    sys.setswitchinterval(SWITCH)
    return Desk(Turns(AT_ONCE), Once(KEPT))


@contextmanager
def served(library: Library, state: SearchState) -> Iterator[Found]:
    """What a question came to, and a turn to show it, all of one version of the library.

    It stays what it is for the session: a button or another order searches nothing again.
    """
    with st.spinner(SEARCHING):  # the first question of a server waits for the model
        library.prepare(state.question, state.ignored)
    turns = _desk().turns
    with turns.turn(lambda: st.spinner(SEARCHING)), library.one_version():
        asked = asked_of(library, state)
        kept = st.session_state.get(_KEY)
        if kept is None or kept[0] != asked:
            with st.spinner(SEARCHING):
                kept = st.session_state[_KEY] = (asked, _desk().found(library, state))
                _settled(library.stamp())
        yield kept[1]


def ask_again() -> None:
    """Forget what this session was given; the same question is searched for anew."""
    st.session_state.pop(_KEY, None)


def in_order(library: Library, hits: Sequence[Hit], sort: str) -> list[Hit]:
    """The hits as the reader wants them; those of one date stay best first, undated ones last."""
    if sort == BEST_FIRST:
        return list(hits)
    days = {card.document.document_id: _day(card.document) for card in library.documents()}
    dated = [hit for hit in hits if days.get(hit.document_id)]
    dated.sort(key=lambda hit: days[hit.document_id] or date.min, reverse=sort == "newest")
    return [*dated, *(hit for hit in hits if not days.get(hit.document_id))]


def _day(document: Document) -> date | None:
    return document.published or document.file_date or document.inspection_end
