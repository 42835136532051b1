"""What the pages How many, Over time and Briefing show, as their addresses say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from answer.census import LINE
from answer.paper import Citations
from index.model import Filter

_BY_MODEL = "model"


@dataclass(frozen=True, slots=True)
class CountState:
    """A count as its address holds it."""

    query: str = ""
    line: float = LINE
    authority: str | None = None
    kind: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    every: bool = False  # whether all paragraphs are shown, not only the first
    by_model: bool = False  # whether a language model decides

    @property
    def filters(self) -> Filter:
        """The filters alone, as the library takes them."""
        return Filter(
            authority=self.authority,
            kind=self.kind,
            year_from=self.year_from,
            year_to=self.year_to,
        )


@dataclass(frozen=True, slots=True)
class TrailState:
    """An authority over time as its address holds it."""

    authority: str = ""
    question: str = ""
    every: bool = False  # whether all recommendations are shown, not only the first


@dataclass(frozen=True, slots=True)
class CheckState:
    """A draft that is checked as its address holds it."""

    draft: str = ""  # its key among those held
    only: bool = False  # whether paragraphs that nothing is said of are left out
    by_model: bool = False  # whether a language model reads what nothing was found on


@dataclass(frozen=True, slots=True)
class BriefingState:
    """A briefing as its address holds it."""

    owner: str = ""
    name: str = ""
    add: str = ""  # paragraph_id of what is to be collected
    edit: int | None = None  # the entry whose form is open
    citations: Citations = "inline"  # of what is written out


def read_count(params: Mapping[str, str]) -> CountState:
    """The count in an address; what makes no sense there counts as absent."""
    return CountState(
        query=params.get("q", "").strip(),
        line=_share(params.get("line")),
        authority=params.get("authority") or None,
        kind=params.get("kind") or None,
        year_from=_year(params.get("year_from")),
        year_to=_year(params.get("year_to")),
        every=params.get("show") == "all",
        by_model=params.get("read") == _BY_MODEL,
    )


def write_count(state: CountState) -> dict[str, str]:
    """The count as parameters of an address, without those that are as usual."""
    fields = {
        "q": state.query,
        "line": f"{state.line:.2f}" if state.line != LINE else "",
        "authority": state.authority,
        "kind": state.kind,
        "year_from": state.year_from,
        "year_to": state.year_to,
        "show": "all" if state.every else "",
        "read": _BY_MODEL if state.by_model else "",
    }
    return {name: str(value) for name, value in fields.items() if value}


def count_link(state: CountState) -> str:
    """A relative address of the page How many."""
    return f"count?{urlencode(write_count(state))}"


def read_trail(params: Mapping[str, str]) -> TrailState:
    """The authority and the question in an address."""
    return TrailState(
        authority=params.get("authority", "").strip(),
        question=params.get("q", "").strip(),
        every=params.get("show") == "all",
    )


def write_trail(state: TrailState) -> dict[str, str]:
    """They as parameters of an address."""
    fields = {
        "authority": state.authority,
        "q": state.question,
        "show": "all" if state.every else "",
    }
    return {name: value for name, value in fields.items() if value}


def trail_link(state: TrailState) -> str:
    """A relative address of the page Over time."""
    return f"time?{urlencode(write_trail(state))}"


def read_check(params: Mapping[str, str]) -> CheckState:
    """The draft in an address."""
    return CheckState(
        draft=params.get("draft", "").strip(),
        only=params.get("show") == "found",
        by_model=params.get("read") == _BY_MODEL,
    )


def write_check(state: CheckState) -> dict[str, str]:
    """It as parameters of an address."""
    fields = {
        "draft": state.draft,
        "show": "found" if state.only else "",
        "read": _BY_MODEL if state.by_model else "",
    }
    return {name: value for name, value in fields.items() if value}


def check_link(state: CheckState) -> str:
    """A relative address of the page Check a draft."""
    said = urlencode(write_check(state))
    return f"check?{said}" if said else "check"


def read_briefing(params: Mapping[str, str]) -> BriefingState:
    """The briefing in an address."""
    edit = params.get("edit", "")
    return BriefingState(
        owner=params.get("by", "").strip(),
        name=params.get("name", "").strip(),
        add=params.get("add", "").strip(),
        edit=int(edit) if re.fullmatch(r"[0-9]{1,9}", edit) else None,
        citations="footnotes" if params.get("citations") == "footnotes" else "inline",
    )


def write_briefing(state: BriefingState) -> dict[str, str]:
    """It as parameters of an address."""
    fields = {
        "by": state.owner,
        "name": state.name,
        "add": state.add,
        "edit": state.edit,
        "citations": "" if state.citations == "inline" else state.citations,
    }
    return {name: str(value) for name, value in fields.items() if value}


def briefing_link(state: BriefingState) -> str:
    """A relative address of the page Briefing."""
    said = urlencode(write_briefing(state))
    return f"briefing?{said}" if said else "briefing"


def collect_link(paragraph_id: str) -> str:
    """A relative address that offers to collect a paragraph."""
    return briefing_link(BriefingState(add=paragraph_id))


def _year(text: str | None) -> int | None:
    return int(text) if text and len(text) == 4 and text.isascii() and text.isdigit() else None


def _share(text: str | None) -> float:
    try:
        line = float(text or LINE)
    except ValueError:
        return LINE
    return round(line, 2) if 0 <= line <= 1 else LINE
