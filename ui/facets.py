"""The filters beside the results, as lists whose counts follow the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from index.library import Library
from index.model import Facets, Hit
from index.standing import GRADES, SUBJECTS, grade_class, standing, subjects
from ui.address import FIRST_SHOWN, SearchState, read_search, search_link, write_search
from ui.wording import filter_texts, kind_name

Facet = dict[str, Any]
Value = TypeVar("Value", str, int)


def facet_lists(library: Library, state: SearchState, hits: Sequence[Hit]) -> list[Facet]:
    """Each filter with what is chosen, or with its choices, those that keep most first.

    Asked a question, a count says how many of the hits a choice keeps; else, how many documents.
    """
    every, left = library.facets(), library.facets(state.filters)
    counts = _hit_counts(library, hits) if state.question else _document_counts(left)
    texts = filter_texts(state.filters)
    years = [text for name in ("year_from", "year_to") if (text := texts.get(name))]
    if state.year_from and state.year_from == state.year_to:
        years = [str(state.year_from)]
    lists = [
        _facet(
            "Authority",
            state,
            "authority",
            state.authority,
            _most(counts["authority"], every.authorities),
        ),
        _facet(
            "Year",
            state,
            "year",
            " ".join(years),
            _kept(counts["year"], sorted(every.years, reverse=True)),
        ),
        _facet("Kind of document", state, "kind", state.kind, _most(counts["kind"], every.kinds)),
    ]
    if state.question:
        parts, grades = _kept(counts["subject"], SUBJECTS), _kept(counts["judgement"], GRADES)
        lists += [
            _facet("Part of the report", state, "subject", state.subject, _known(parts)),
            _facet("Judgement of that part", state, "judgement", state.judgement, _known(grades)),
        ]
    return lists


def nothing_to_choose(lists: Iterable[Facet]) -> bool:
    """Whether no list holds anything."""
    return not any(one["chosen"] or one["values"] or one["others"] for one in lists)


def _kept(count: Mapping[Value, int], every: Iterable[Value]) -> list[tuple[Value, int]]:
    """Every choice with its count, those that keep something first."""
    return sorted(((value, count.get(value, 0)) for value in every), key=lambda one: not one[1])


def _most(count: Mapping[str, int], every: Iterable[str]) -> list[tuple[str, int]]:
    """Every choice with its count, those that keep most first, then by name."""
    return sorted(_kept(count, every), key=lambda one: (-one[1], one[0]))


def _known(choices: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(value, count) for value, count in choices if count]


def _facet(
    heading: str,
    state: SearchState,
    name: str,
    chosen: str | None,
    choices: Sequence[tuple[str | int, int]],
) -> Facet:
    state = replace(state, shown=FIRST_SHOWN)
    if chosen:
        taken = {"text": _text(name, chosen), "href": search_link(_with(state, name, None))}
        return {"heading": heading, "chosen": taken, "values": [], "others": []}
    links = [
        {
            "text": _text(name, value),
            "count": count,
            "href": search_link(_with(state, name, value)),
        }
        for value, count in choices
    ]
    return {
        "heading": heading,
        "chosen": None,
        "values": [one for one in links if one["count"]],
        "others": [one for one in links if not one["count"]],
    }


def _with(state: SearchState, name: str, value: str | int | None) -> SearchState:
    fields = {"year_from": value, "year_to": value} if name == "year" else {name: value}
    return read_search(write_search(state) | {key: str(said or "") for key, said in fields.items()})


def _text(name: str, value: str | int) -> str:
    said = str(value)
    if name == "kind":
        return kind_name(said)
    if name == "subject":
        return SUBJECTS.get(said, said)
    return said.capitalize() if name == "judgement" else said


def _document_counts(left: Facets) -> dict[str, Counter[Any]]:
    return {
        "authority": Counter(dict(left.authorities)),
        "year": Counter(dict(left.years)),
        "kind": Counter(dict(left.kinds)),
    }


def _hit_counts(library: Library, hits: Sequence[Hit]) -> dict[str, Counter[Any]]:
    names = ("authority", "year", "kind", "subject", "judgement")
    counts: dict[str, Counter[Any]] = {name: Counter() for name in names}
    cards = {card.document.document_id: card.document for card in library.documents()}
    for hit in hits:
        counts["authority"][hit.authority] += 1
        counts["year"][hit.year] += 1
        counts["kind"][hit.document_kind] += 1
        counts["subject"].update(subjects(hit.heading, hit.section))
        document = cards.get(hit.document_id)  # gone, where it was removed in this moment
        judged = standing(document.judgements, hit.heading, hit.section) if document else None
        if judged:
            counts["judgement"][grade_class(judged.grade)] += 1
    return counts
