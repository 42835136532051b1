"""One question of a run: what was found at which place, what was missed, and judging it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from eval.errors import EvalError
from eval.kept import documents_called, resolve_in
from eval.model import Found, Outcome, Question
from eval.questions import questions_by_id, unresolved_judgement
from eval.rejudge import regrade, rejudged
from eval.runs import DEPTH
from index.errors import LibraryError
from index.library import Library
from ingest.errors import PilcrowError
from ui.address import paragraph_link, paragraph_name
from ui.components import links, ranked, small, table
from ui.edge import guarded
from ui.quality_address import PLACES, QualityState, quality_link, read_quality
from ui.quality_kept import Judged, Quality, judged_now
from ui.quality_tables import kind_label, run_name, values_table, worst
from ui.wording import as_text

GRADES = {2: "answers it", 1: "worth citing", 0: "not relevant"}


def question_view(library: Library, kept: Quality, state: QualityState) -> None:
    """The question of the address, with another run's list beside it where one is named."""
    now = judged_now(library, kept, state.run)
    before = judged_now(library, kept, state.against) if state.against else None
    if before is not None and all(one.id != state.question for one in before.report.outcomes):
        before = None
    outcome = _outcome(now, state.question)
    st.set_page_config(page_title=f"{outcome.question} · Pilcrow")
    st.title(as_text(outcome.question), anchor=False)
    small(f"{outcome.id} · {kind_label(outcome.kind)} · {run_name(now.report)}")
    _ways(now, state)
    _judging(library, kept, state, now, before)


def _outcome(judged: Judged, question_id: str) -> Outcome:
    found = next((one for one in judged.report.outcomes if one.id == question_id), None)
    if found is None:
        raise EvalError(f"This run asked no question {question_id!r}.")
    return found


def _ways(now: Judged, state: QualityState) -> None:
    """Links to the run and to the questions that stand before and after this one in its list."""
    listed = [
        one.id
        for one in worst(now.report.outcomes, state.measure)
        if state.kind in ("", one.kind) or one.id == state.question
    ]
    place = listed.index(state.question)
    ways = [{"href": quality_link(replace(state, question="", shown=0)), "text": "Back to the run"}]
    for text, at in (("Previous question", place - 1), ("Next question", place + 1)):
        if 0 <= at < len(listed):
            href = quality_link(replace(state, question=listed[at], shown=0))
            ways.append({"href": href, "text": text})
    links(key="ways", data={"heading": "", "links": ways, "inline": True})


@st.fragment
@guarded
def _judging(
    library: Library, kept: Quality, state: QualityState, now: Judged, before: Judged | None
) -> None:
    """The lists; a judgement runs this function again and asks the library nothing but texts."""
    question = questions_by_id(_questions(kept, now.questions)).get(state.question)
    shown = {"This run": _as_judged(library, now, state.question, question)}
    if before is not None:
        shown = {"Other run": _as_judged(library, before, state.question, question)} | shown
    if shown["This run"].values:
        table(key="values", data=values_table(shown))
    else:
        st.text("Nothing in these documents is judged to answer this question.")
    if question is None:
        st.info("The question set of this run is not here any more, so nothing can be judged.")
    limit = max(PLACES, read_quality(st.query_params.to_dict()).shown)
    key = f"ranked {state.run} {state.question}"
    ranked(
        key=key,
        data=lists_data(library, shown, question, limit)
        | {"said": st.session_state.pop("judged", "")},
        on_judged_change=lambda: _judge(library, kept, now.questions, state.question, key),
    )
    if any(len(one.found) > limit for one in shown.values()):
        st.button("Show all that was found", on_click=_show_all)


def _questions(kept: Quality, name: str) -> list[Question]:
    return kept.sets.read(name) if name in kept.sets.names() else []


def _as_judged(
    library: Library, judged: Judged, question_id: str, question: Question | None
) -> Outcome:
    outcome = _outcome(judged, question_id)
    if question is None:
        return outcome
    alone = replace(judged.report, outcomes=(outcome,))
    return rejudged(alone, [question], resolve_in(library, [question])).outcomes[0]


def lists_data(
    library: Library, shown: Mapping[str, Outcome], question: Question | None, limit: int
) -> dict[str, Any]:
    """The lists as the component shows them: the first places, and relevant ones further down."""
    first = next(iter(shown.values()))
    ranks = {place.paragraph_id: place.rank for place in first.found} if len(shown) > 1 else {}
    lists = []
    for name, outcome in shown.items():
        places = [place for place in outcome.found if place.rank <= limit or place.grade]
        moved = ranks if outcome is not first else {}
        lists.append(
            {
                "heading": "What was found" if len(shown) == 1 else name,
                "places": [_place(library, place, moved) for place in places],
            }
        )
    last = list(shown.values())[-1]
    missed = [_missed(library, key, grade, question) for key, grade in last.missed.items()]
    return {"lists": lists, "missed": missed, "judging": question is not None}


def _place(library: Library, place: Found, ranks: Mapping[str, int]) -> dict[str, Any]:
    before = ranks.get(place.paragraph_id)
    moved = "" if not ranks else "new" if before is None else f"was {before}"
    return {
        **_paragraph(library, place.paragraph_id, place.citation),
        "rank": place.rank,
        "grade": place.grade,
        "moved": "" if before == place.rank else moved,
    }


def _missed(
    library: Library, paragraph_id: str, grade: int, question: Question | None
) -> dict[str, Any]:
    missed = {"rank": None, "grade": grade, "moved": ""}
    lost = unresolved_judgement(question, paragraph_id) if question else None
    if lost is None:
        return _paragraph(library, paragraph_id, paragraph_id) | missed
    number = f"paragraph {lost.number}" if lost.number else "a paragraph without a number"
    text = f"This library does not hold it: “{lost.anchor} …”"
    citation = f"{lost.doc}, {number}"
    return {"id": paragraph_id, "citation": citation, "href": None, "text": text} | missed


def _paragraph(library: Library, paragraph_id: str, otherwise: str) -> dict[str, Any]:
    """A paragraph's citation, text and address; a library built anew may lack it."""
    try:
        cited = library.paragraph(paragraph_id)
    except LibraryError:
        gone = "This paragraph is not in the library any more."
        return {"id": paragraph_id, "citation": otherwise, "href": None, "text": gone}
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return {
        "id": paragraph_id,
        "citation": cited.citation,
        "href": paragraph_link(cited.document_id, name),
        "text": cited.paragraph.text,
    }


def _judge(library: Library, kept: Quality, set_name: str, question_id: str, key: str) -> None:
    """Keep the grade that was given; what came of it is said beside the list."""
    given = st.session_state[key]["judged"]
    try:
        cited = library.paragraph(given["paragraph_id"])
        doc = library.card(cited.document_id).document.doc
        documents = documents_called(library, {doc})
        kept.sets.change(
            set_name,
            question_id,
            lambda question: regrade(question, cited, documents, given["grade"]),
        )
    except PilcrowError as error:
        st.session_state["judged"] = f"Not kept. {error}"
        return
    said = "not judged any more" if given["grade"] is None else GRADES[given["grade"]]
    st.session_state["judged"] = f"Kept. {cited.citation}: {said}."


def _show_all() -> None:
    st.query_params["shown"] = str(DEPTH)
