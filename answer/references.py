"""Running text -> the citations written in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from answer.citation_forms import (
    ANNOUNCED,
    NEEDS_NAME,
    NEEDS_VERY_NAME,
    ORDINALS,
    PAGED,
    PATTERNS,
    READ,
)
from answer.listed_numbers import gone_on_from, listed_pages, spelt_out
from answer.naming import Mention, Namer, plain
from answer.other_papers import is_drafts_own, names_another

_LEAD = re.compile(
    r"(?:\s|see(?: also)?\b|cf\.?|e\.g\.,?|also\b|quoted in|from|and\b|[,;:])*", re.I
)
_AFTER = re.compile(r"\s*,?\s*(?:\(?(?:of|in|from|on)\b|,|\()[\s(]*(?:the\s|its\s|their\s)?", re.I)
# "In Slough in 2016" says when something was, "Slough 2016" names a report.
_WHEN_AND_WHERE = re.compile(r"[\s(](?:in|from|at|to|into|by|on|for)\s", re.IGNORECASE)
_SEVERAL_REPORTS = re.compile(r"\b(?:reports|inspections|letters|visits|reviews)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\s+of\s+(?:the|that|this)\s+(?:same\s+)?(?:report|letter)\b(?!')", re.I)
_LOOKED = re.compile(
    r"\b(?:look\w*|st(?:ands?|ood)|remain\w*|aged?|arriv\w*|put|set|estimated|rated|up|down)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an unnumbered paragraph is said to stand."""

    ordinal: int  # 1 is the first, -1 the last
    noun: str  # "bullet", "paragraph", "recommendation"
    heading: str | None = None  # None: not said
    nth_heading: int | None = None  # among headings of these words


@dataclass(frozen=True, slots=True)
class Reference:
    """One citation, as it stands in a text."""

    start: int
    end: int
    text: str  # as written
    numbers: tuple[str, ...] = ()  # printed ones, ranges spelt out
    place: Place | None = None
    first_words: str | None = None  # of a paragraph that nothing else tells
    onward: tuple[str, ...] = ()  # of the numbers those that end in "ff."
    pages: tuple[int, ...] = ()  # ranges spelt out
    again: int | None = None  # 2: the second paragraph of this number
    recommendation: bool = False
    same: bool = False  # ibid: what was cited before
    link: tuple[str, str] | None = None  # document_id and key of an address
    mention: Mention | None = None  # what it says of its document

    @property
    def whole(self) -> bool:
        """Whether it names a document and no place in it."""
        return not (self.numbers or self.place or self.first_words or self.pages or self.link)

    @property
    def page(self) -> int | None:
        """The page, the first of several."""
        return self.pages[0] if self.pages else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds citations; what it has to know is how documents and headings are called."""

    namer: Namer
    headings: Iterable[str] = ()
    announced: bool = False  # the text says that numbers in brackets are paragraphs

    @classmethod
    def of(cls, namer: Namer, headings: Iterable[str], whole_text: str) -> Reader:
        """A reader for one text, which may say how it cites."""
        longest_first = sorted({plain(h).lower() for h in headings if h}, key=len, reverse=True)
        return cls(namer, tuple(longest_first), ANNOUNCED.search(whole_text) is not None)

    def find(self, text: str) -> list[Reference]:
        """The citations in a sentence or paragraph, in reading order."""
        smooth = plain(text)
        mentions = self.namer.mentions(text)
        found = [self._named(text, one, mentions) for one in self._located(text, smooth)]
        kept = [one for one in found if one is not None]
        kept = [one for one in kept if not (one.same and _goes_on(one, kept))]
        kept.extend(self._documents(text, smooth, mentions, kept))
        return sorted(kept, key=lambda reference: reference.start)

    def _located(self, text: str, smooth: str) -> list[tuple[str, Reference]]:
        taken: list[tuple[str, Reference]] = []
        for name, pattern in PATTERNS:
            for match in pattern.finditer(smooth):
                reference = self._made(name, match, text, smooth)
                if reference and all(_apart(reference, other) for _, other in taken):
                    taken.append((name, reference))
        return sorted(taken, key=lambda pair: pair[1].start)

    def _made(self, name: str, match: re.Match[str], text: str, smooth: str) -> Reference | None:
        if name == "bare" and not self.announced:
            return None
        if is_drafts_own(smooth, match.start(), match.end()):
            return None
        groups = match.groupdict()
        bare = Reference(match.start(), match.end(), text[match.start() : match.end()])
        if name == "link":
            return _linked(bare, match, text)
        if name in {"labelled", "counted"}:
            return self._labelled(bare, groups, text, smooth)
        return _read(replace(bare, pages=listed_pages(groups.get("page"))), name, groups)

    def _labelled(
        self, bare: Reference, groups: Mapping[str, str | None], text: str, smooth: str
    ) -> Reference | None:
        """With the heading that follows: a known one, else what stands between the quotes."""
        mark = smooth[bare.end] if smooth[bare.end] in "'\"" else ""
        heading = self._heading(smooth, bare.end + len(mark), mark)
        if heading is None:
            return None
        end = bare.end + len(heading) + 2 * len(mark)
        page = re.compile(PAGED + READ, re.IGNORECASE).match(smooth, end)
        pages = listed_pages(page["page"] if page else None)
        end = page.end() if page else end
        nth = groups.get("nth")
        place = Place(
            _ordinal(groups["ordinal"] or "1"),
            _noun(groups.get("noun") or "bullet"),
            heading,
            _ordinal(nth) if nth else None,
        )
        return replace(bare, end=end, text=text[bare.start : end], place=place, pages=pages)

    def _heading(self, smooth: str, start: int, mark: str) -> str | None:
        """Up to the mark of quotation that closes it; without one only a heading that is known."""
        lower = smooth.lower()
        closed = re.compile(mark or r"\s*(?:[),.;]|$)")
        for heading in self.headings:
            end = start + len(heading)
            if lower.startswith(heading, start) and closed.match(smooth, end):
                return smooth[start:end]
        quoted = re.compile(rf"[^\n]{{1,200}}?(?={mark}(?=\s*(?:[),.;]|$|\s\w)))")
        found = quoted.match(smooth, start) if mark else None
        return found[0] if found else None

    def _named(
        self, text: str, located: tuple[str, Reference], mentions: Sequence[Mention]
    ) -> Reference | None:
        """With what stands beside it and names its document."""
        sort, reference = located
        if sort in {"link", "same", "ibid"}:
            return reference
        if sort == "words" and any(
            m.start < reference.end and reference.start < m.end for m in mentions
        ):
            return None  # a title in quotation marks
        first, last = _segment(text, reference)
        mention = _beside(sort, reference, text, mentions, (first, last))
        if not _counts(sort, reference, mention, plain(text)):
            return None
        if not (mention and mention.authority) and names_another(
            plain(text), reference.start, reference.end, first, mentions
        ):
            return None
        return reference if mention is None else _widened(reference, mention, text, first, last)

    def _documents(
        self, text: str, smooth: str, mentions: Sequence[Mention], found: Sequence[Reference]
    ) -> Iterator[Reference]:
        """What stands in brackets, names a document and says no more: "(CYP Now, 23 July 2018)"."""
        for start, end in _brackets(smooth):
            segment = Reference(start, end, text[start:end])
            inside = [m for m in mentions if start <= m.start and m.end <= end and m.strong]
            if len(inside) != 1 or not all(_apart(segment, other) for other in found):
                continue
            mention = inside[0]
            rest = text[start : mention.start] + " " + text[mention.end : end]
            if not re.sub(_LEAD, "", re.sub(r"[\W_]+|\b(?:the|of|Ofsted)\b", " ", rest)).strip():
                yield replace(segment, text=segment.text.strip(), mention=mention)


def _linked(bare: Reference, match: re.Match[str], text: str) -> Reference | None:
    """The link as its words read, where its address is that of a paragraph."""
    link = _link(text[match.start("address") : match.end("address")])
    if link is None or "words" not in match.groupdict():
        return replace(bare, link=link) if link else None
    words = re.sub(r"\\(.)", r"\1", text[match.start("words") : match.end("words")])
    return replace(bare, text=words, link=link)


def _read(bare: Reference, name: str, groups: Mapping[str, str | None]) -> Reference:
    """What a pattern found, other than a link or a heading that has to be looked up."""
    if name in {"headed", "ordinal"}:
        place = Place(_ordinal(groups["ordinal"]), _noun(groups.get("noun")), groups.get("heading"))
        return replace(bare, place=place)
    if name == "words":
        return replace(bare, first_words=groups["heading"])
    if name == "same":
        return replace(bare, same=True)
    if name == "page":
        return bare
    listed = groups["list"] or groups.get("within") or ""
    return replace(
        bare,
        numbers=tuple(spelt_out(listed)),
        onward=tuple(gone_on_from(listed)),
        again=int(groups.get("again") or 0) or None,
        recommendation=name == "recommendation",
        same=name == "ibid",
    )


def _goes_on(same: Reference, others: Sequence[Reference]) -> bool:
    """Whether "ibid" is only the beginning of a citation: "ibid, para 12"."""
    return any(other is not same and other.start <= same.start < other.end for other in others)


def _is_cited(mention: Mention) -> bool:
    return mention.strong or mention.authority is not None


def _beside(
    sort: str,
    reference: Reference,
    text: str,
    mentions: Sequence[Mention],
    segment: tuple[int, int],
) -> Mention | None:
    """The name of a document that stands before or after a number and belongs to it."""
    first, last = segment
    near = [m for m in mentions if first < m.end <= last]  # "Ofsted (2014: 51)" too
    ahead = [m for m in near if m.end <= reference.start]
    before = [m for m in ahead if _touches(text[m.end : reference.start])]
    if sort == "at":  # "the 2016 report (at 87)"
        before += [m for m in mentions if text[m.end : reference.start].strip() in {"(", "["}]
    after = [m for m in near if m.start >= reference.end]
    if not before:
        after = after or _following(text, reference, mentions)
    mention = before[-1] if before else after[0] if after else None
    if mention is None or not (_is_cited(mention) and _is_said(sort, mention, text)):
        return None
    return mention


def _counts(sort: str, reference: Reference, mention: Mention | None, smooth: str) -> bool:
    """Whether it is a citation with the name that was found beside it, or with none."""
    if sort == "at" and _LOOKED.search(smooth, 0, reference.start):
        return False
    if mention is not None or sort not in NEEDS_NAME:
        return True
    if _OF_IT.match(smooth, reference.end):
        return sort in {"at", "page", "spelt"}
    # "(p. 12)", not "see page 12", which may be of the draft
    alone = smooth[reference.start - 1 : reference.start] + smooth[reference.end :][:1]
    return sort in {"page", "spelt"} and alone in {"()", "[]"}


def _widened(reference: Reference, mention: Mention, text: str, first: int, last: int) -> Reference:
    """The citation with the name of its document."""
    start = min(mention.start, reference.start)
    end = max(mention.end, reference.end)
    if first > 0 and text[first - 1] in "([":  # the whole of what the brackets say
        start = first + len(_LEAD.match(text[first:last])[0])  # type: ignore[index]
        start = min(start, mention.start, reference.start)
    if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
        end += 1  # "Ofsted (2014: 51)"
    return replace(reference, start=start, end=end, text=text[start:end].strip(), mention=mention)


def _is_said(sort: str, mention: Mention, text: str) -> bool:
    """Whether words that a number stands beside are a report's name, and not time and place."""
    if sort not in NEEDS_VERY_NAME or mention.same:
        return True
    words = text[mention.start : mention.end]
    timed = _WHEN_AND_WHERE.search(words) is not None
    if mention.noun:
        return not (timed and sort == "rounded") and not _SEVERAL_REPORTS.search(words)
    dated = mention.when is not None and bool(mention.authority or mention.publisher)
    return bool(mention.documents or mention.kinds) or (dated and not timed)


def _apart(one: Reference, other: Reference) -> bool:
    return one.end <= other.start or one.start >= other.end


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The insides of round and square brackets, at each semicolon parted."""
    for match in re.finditer(r"[(\[]([^()\[\]]{4,200})[)\]]", text):
        start = match.start(1)
        for part in match[1].split(";"):
            yield start, start + len(part)
            start += len(part) + 1


def _segment(text: str, reference: Reference) -> tuple[int, int]:
    """The part of the brackets that a citation stands in, else of the sentence."""
    opened = max(text.rfind("(", 0, reference.start), text.rfind("[", 0, reference.start))
    closed = max(text.rfind(")", 0, reference.start), text.rfind("]", 0, reference.start))
    first = opened + 1
    if opened < 0 or closed > opened:
        first = max(0, reference.start - 160)
    first = max(first, text.rfind(";", 0, reference.start) + 1)
    ends = [at for at in (text.find(sign, reference.end) for sign in ";)]") if at >= 0]
    last = min(ends) if ends and (opened >= 0 and closed < opened) else reference.end
    return first, last


def _touches(between: str) -> bool:
    """Whether only marks and words of joining stand between a name and a number."""
    return (
        re.fullmatch(
            r"[\s,:()\[\]'’.–—-]*(?:(?:at|see|in|its|their|says? (?:in|at)|,)\b[\s,]*)*", between
        )
        is not None
    )


def _following(text: str, reference: Reference, mentions: Sequence[Mention]) -> list[Mention]:
    """The name after a citation that belongs to it: "para 87 of the 2016 report"."""
    after = _AFTER.match(text, reference.end)
    if after is None:
        return []
    joined = text[reference.end : after.end()]
    found = [m for m in mentions if reference.end < m.start <= after.end() + 1][:1]
    if re.search(r"\b(?:of|in|from|on)\b", joined):
        return found
    ends = r"\s*\)" if "(" in joined else r"\s*(?:[.;)]|$)"
    return [m for m in found if m.strong and re.match(ends, text[m.end :])]


def _link(address: str) -> tuple[str, str] | None:
    """The document and the paragraph's key of an address."""
    asked = parse_qs(urlsplit(html.unescape(address)).query)
    if "doc" not in asked or "p" not in asked:
        return None
    return asked["doc"][0], asked["p"][0]


def _ordinal(text: str | None) -> int:
    word = (text or "1").lower()
    if word in {"last", "final"}:
        return -1
    if word in ORDINALS:
        return 1 + ORDINALS.index(word)
    return int(re.sub(r"\D", "", word))


def _noun(text: str | None) -> str:
    word = (text or "").lower()
    if word.startswith(("bullet", "point", "item")):
        return "bullet"
    return "recommendation" if word.startswith("rec") else "paragraph"
