"""What the pages How many, Over time and Briefing show, as their addresses say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from answer.census import LINE
from index.model import Filter


@dataclass(frozen=True, slots=True)
class CountState:
    """A count as its address holds it."""

    query: str = ""
    line: float = LINE
    authority: str | None = None
    kind: str | None = None
    year_from: int | None = None
    year_to: int | None = None

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


@dataclass(frozen=True, slots=True)
class BriefingState:
    """A briefing as its address holds it."""

    owner: str = ""
    name: str = ""
    add: str = ""  # paragraph_id of what is to be collected


def read_count(params: Mapping[str, str]) -> CountState:
    """The count in an address; what makes no sense there counts as absent."""
    return CountState(
        query=params.get("q", "").strip(),
        line=_share(params.get("line")),
        authority=params.get("authority") or None,
        kind=params.get("kind") or None,
        year_from=_year(params.get("year_from")),
        year_to=_year(params.get("year_to")),
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
    }
    return {name: str(value) for name, value in fields.items() if value}


def read_trail(params: Mapping[str, str]) -> TrailState:
    """The authority and the question in an address."""
    return TrailState(params.get("authority", "").strip(), params.get("q", "").strip())


def write_trail(state: TrailState) -> dict[str, str]:
    """They as parameters of an address."""
    fields = {"authority": state.authority, "q": state.question}
    return {name: value for name, value in fields.items() if value}


def read_briefing(params: Mapping[str, str]) -> BriefingState:
    """The briefing in an address."""
    return BriefingState(
        params.get("by", "").strip(), params.get("name", "").strip(), params.get("add", "").strip()
    )


def write_briefing(state: BriefingState) -> dict[str, str]:
    """It as parameters of an address."""
    fields = {"by": state.owner, "name": state.name, "add": state.add}
    return {name: value for name, value in fields.items() if value}


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
