"""What the page shows, as the address says it: every search and every paragraph can be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.model import CitedParagraph, Filter

FIRST_SHOWN = 10  # hits; "Show more" adds as many again
MOST_SHOWN = 50
BEST_FIRST = "best"
SORTS = {BEST_FIRST: "Best first", "newest": "Newest first", "oldest": "Oldest first"}


@dataclass(frozen=True, slots=True)
class SearchState:
    """A search as its address holds it, before the library is asked whether it knows the values."""

    question: str = ""
    authority: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    kind: str | None = None
    shown: int = FIRST_SHOWN
    ignored: tuple[str, ...] = ()  # parts of the plan taken off, by their names in index.parts
    subject: str | None = None  # of the part of a report, as index.standing names it
    judgement: str | None = None  # of that part
    sort: str = BEST_FIRST

    @property
    def filters(self) -> Filter:
        """The filters alone, as the library takes them."""
        return Filter(
            authority=self.authority,
            year_from=self.year_from,
            year_to=self.year_to,
            kind=self.kind,
            subject=self.subject,
            judgement=self.judgement,
        )


NOWHERE = SearchState()


def read_search(params: Mapping[str, str]) -> SearchState:
    """The search in an address; what makes no sense there counts as absent."""
    return SearchState(
        question=params.get("q", "").strip(),
        authority=params.get("authority") or None,
        year_from=_whole(params.get("year_from")),
        year_to=_whole(params.get("year_to")),
        kind=params.get("kind") or None,
        shown=min(max(_whole(params.get("shown")) or FIRST_SHOWN, FIRST_SHOWN), MOST_SHOWN),
        ignored=tuple(name for name in params.get("without", "").split(",") if name),
        subject=params.get("subject") or None,
        judgement=params.get("judgement") or None,
        sort=sort if (sort := params.get("sort", BEST_FIRST)) in SORTS else BEST_FIRST,
    )


def write_search(state: SearchState) -> dict[str, str]:
    """The search as parameters of an address, without those that are as usual."""
    fields = {
        "q": state.question,
        "authority": state.authority,
        "year_from": state.year_from,
        "year_to": state.year_to,
        "kind": state.kind,
        "subject": state.subject,
        "judgement": state.judgement,
        "sort": state.sort if state.sort != BEST_FIRST else None,
        "without": ",".join(state.ignored),
        "shown": state.shown if state.shown != FIRST_SHOWN else None,
    }
    return {name: str(value) for name, value in fields.items() if value}


def search_link(state: SearchState) -> str:
    """A relative address of the search page."""
    return f"./?{urlencode(write_search(state))}"


def linked_search(link: str) -> SearchState:
    """The search that such an address leads to."""
    return read_search(dict(parse_qsl(urlsplit(link).query)))


def paragraph_link(document_id: str, paragraph: str, search: SearchState | None = None) -> str:
    """A relative address that opens the document at a paragraph, named as in `paragraph_name`.

    With a search the document's page knows which question the reader came with.
    """
    asked = write_search(search) if search else {}
    return f"document?{urlencode(asked | {'doc': document_id, 'p': paragraph})}"


def page_link(document_id: str, paragraph: str, page: int, search: SearchState) -> str:
    """The same with another page of the original shown beside the text."""
    said = {"doc": document_id, "p": paragraph, "page": str(page)}
    known = {name: value for name, value in said.items() if value}
    return f"document?{urlencode(write_search(search) | known)}"


def read_page(params: Mapping[str, str]) -> int | None:
    """The page of the original that an address asks for."""
    return _whole(params.get("page"))


def document_link(document_id: str) -> str:
    """A relative address that opens the document at its beginning."""
    return f"document?{urlencode({'doc': document_id})}"


def paragraph_name(key: str, number: str | None) -> str:
    """What an address calls a paragraph: the printed number, or its key where that says more."""
    return number if number is not None and key == f"p{number}" else key


def find_paragraph(paragraphs: Sequence[CitedParagraph], name: str) -> CitedParagraph | None:
    """The paragraph that an address calls by that name: a printed number before a key."""
    numbered = (one for one in paragraphs if one.paragraph.number == name)
    keyed = (one for one in paragraphs if one.paragraph.key == name)
    return next(numbered, None) or next(keyed, None)


def _whole(text: str | None) -> int | None:
    """The number, if it is no longer than a year: no table holds one of thirty digits."""
    if not text or len(text) > 4 or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
