"""What a question was understood as, and which filters are set: chips that can be taken off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from index.model import QueryPlan
from index.parts import parts
from ui.address import FIRST_SHOWN, SearchState, read_search, search_link, write_search
from ui.components import chips
from ui.wording import filter_texts, part_text


def search_chips(whole: QueryPlan, plan: QueryPlan, state: SearchState) -> None:
    """The chips of a search; nothing where it was taken word for word."""
    groups = chip_groups(whole, plan, state)
    if groups:
        chips(key="chips", data={"groups": groups})


def chip_groups(whole: QueryPlan, plan: QueryPlan, state: SearchState) -> list[dict[str, Any]]:
    """The chips under their headings; each leads to the same search with it taken off or put back.

    `whole` is the plan with nothing taken off, `plan` the one that is searched with.
    """
    state = replace(state, shown=FIRST_SHOWN)
    understood = [
        _chip(text, "Take off", _with(state, part.name))
        for part in parts(plan)
        if (text := part_text(part, plan))
    ]
    understood += [_chip(f"the exact words “{phrase}”") for phrase in plan.phrases]
    left_out = [
        _chip(part_text(part, whole), "Put back", _with_again(state, part.name))
        for part in parts(whole)
        if part.name in state.ignored
    ]
    filters = [
        _chip(text, "Take off", _without_filter(state, name))
        for name, text in filter_texts(state.filters).items()
    ]
    groups = {"Understood as": understood, "Left out": left_out, "Filters": filters}
    return [{"heading": heading, "chips": items} for heading, items in groups.items() if items]


def _chip(text: str, act: str | None = None, state: SearchState | None = None) -> dict[str, Any]:
    return {"text": text, "act": act, "href": search_link(state) if state else None}


def _without_filter(state: SearchState, name: str) -> SearchState:
    return read_search({said: value for said, value in write_search(state).items() if said != name})


def _with(state: SearchState, name: str) -> SearchState:
    return replace(state, ignored=(*state.ignored, name))


def _with_again(state: SearchState, name: str) -> SearchState:
    return replace(state, ignored=tuple(other for other in state.ignored if other != name))
