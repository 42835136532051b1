"""Running text -> the citations written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from answer.naming import Mention, Namer, plain

_NUMBER = r"\d{1,3}(?:\.\d{1,2})?(?![\d%,]\d|\d|%)"
_PARA_WORD = r"(?:paragraphs?|paras?\b\.?|pars?\b\.?|¶{1,2}|§{1,2})"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|to|through)\s*(?:{_PARA_WORD}\s*)?{_NUMBER})?"
_NEXT = rf"\s*(?:,\s*(?:and\s+)?|;\s*|and\s+|&\s*)(?:{_PARA_WORD}\s*)?"
# A number further on in a list ends there or goes on with it: "paras 3, 12 children" has one.
_STOPS = r"(?=\s*(?:$|[)\]};:.,&?!-]|and\b|or\b|of\b|in\b|say|show|to\b|above\b|below\b|note))"
_LIST = rf"{_RANGE}(?:{_NEXT}{_RANGE}{_STOPS})*"
_PLURAL = r"(?:paragraphs|paras\b\.?|pars\b\.?|¶¶|§§)"
_SEVERAL = rf"{_RANGE}(?:{_NEXT}{_RANGE}{_STOPS}|\s*,?\s*(?:and|&)\s*{_RANGE})*"
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = _ORDINAL_WORDS.split()
_ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}|last|final)"
_NOUN = r"(?P<noun>bullet(?: point)?|paragraph|para\b\.?|recommendation|point|item)"
_UNDER = r"(?:under|below|of|in|beneath)\s+(?:the heading\s+|the section\s+)?"
_NTH_HEADING = rf"(?:the (?P<nth>{_ORDINAL}) )?"
_PAGE = r"(?:,?\s*(?:pp?\.|pages?)\s*(?P<page>\d{1,3})(?:\s*-\s*\d{1,3})?)?"
_AGAIN = r"(?:\s*\((?P<again>\d+)(?:st|nd|rd|th) of this number\))?"
_READ = r"(?:\s*\(read by character recognition\))?"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("link", r"\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<address>[^()\s]*\?[^()\s]+)\)"),
        (
            "labelled",
            rf"\b(?P<ordinal>{_ORDINAL})\s+{_NOUN}\s+{_UNDER}{_NTH_HEADING}(?=')",
        ),
        ("counted", rf"\b(?:bullet(?: point)?)\s+(?P<ordinal>\d{{1,2}})\s+{_UNDER}(?=')"),
        (
            "headed",
            rf"(?<!\w)'(?P<heading>[^']{{3,90}}(?:'[^']{{1,60}})?)',\s+"
            rf"(?P<ordinal>{_ORDINAL})\s+{_NOUN}{_PAGE}",
        ),
        ("ordinal", rf"\b(?P<ordinal>{_ORDINAL})\s+{_NOUN}{_PAGE}(?=\s*(?:[)\];,.]|$))"),
        ("recommendation", rf"\brecommendations\s+(?P<list>{_SEVERAL})"),
        ("recommendation", rf"\b(?:recommendation|rec\.)\s+(?P<list>{_LIST})"),
        ("numbers", rf"(?<![\w]){_PLURAL}\s*(?P<list>{_SEVERAL}){_PAGE}"),
        ("numbers", rf"(?<![\w]){_PARA_WORD}\s*(?P<list>{_LIST}){_AGAIN}{_PAGE}"),
        ("yeared", rf"(?<=\b(?:19|20)\d\d)\)?:\s?(?P<list>{_LIST})(?=\s*[)\];,.])"),
        ("at", rf"\bat\s+\[?(?P<list>{_LIST})\]?(?=\s*[)\].,;]|$)"),
        ("bracketed", rf"(?<=\b(?:19|20)\d\d),?\s\[(?P<list>{_LIST})\]"),
        ("comma", rf"(?<=\b(?:19|20)\d\d),\s(?P<list>{_LIST})(?=\s*[)\]])"),
        ("bare", rf"(?<=[(\[])(?P<list>{_LIST})(?=[)\]])"),
        ("words", r"(?<=, )'(?P<heading>[^']{3,90})…?'(?=\s*(?:$|[).;(]))"),
        ("page", r"\b(?:pp?\.|pages?)\s*(?P<page>\d{1,3})(?:\s*-\s*\d{1,3})?"),
        ("same", r"\b(?:ibid(?:em)?\b\.?|(?:op|loc)\. ?cit\.)"),
    )
)
# Only beside the name of a document, or where the draft says how it cites.
_NEEDS_NAME = frozenset({"yeared", "at", "bracketed", "comma", "words", "page", "ordinal"})
_ANNOUNCED = re.compile(
    r"(?:numbers?|figures?|references?) in (?:round |square )?(?:brackets|parentheses)"
    r"[^.]{0,60}paragraph|paragraph (?:numbers?|references?)[^.]{0,60}(?:brackets|parentheses)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\s|see(?: also)?\b|cf\.?|e\.g\.,?|also\b|quoted in|from|and\b|[,;:])*", re.I
)
_AFTER = re.compile(r"\s*,?\s*(?:\(?(?:of|in|from|on)\b|,|\()[\s(]*(?:the\s|its\s|their\s)?", re.I)
_HOLDERS = r"(?:council|committee|authority|borough|county|board|department|service|partnership)"
_OWN = re.compile(
    rf"\b(?:our(?: own)?|this (?:paper|note|briefing|draft)'s|my|{_HOLDERS}'s own)\s+$",
    re.IGNORECASE,
)
_PAPERS = (
    r"(?:plan|paper|strategy|policy|guidance|protocol|minutes|agenda|covering (?:report|note))"
)
_OWN_AFTER = re.compile(
    r"\s+(?:above|below|of (?:this|our) (?:paper|note|briefing|draft))\b"
    r"|\s+of (?:the|our|its|their) (?:(?!report|letter|inspection|visit|review)[\w'-]+ ){0,3}?"
    rf"{_PAPERS}\b",
    re.IGNORECASE,
)
# "This report" may be the one cited, but "paragraph 3.2 of this report" is the draft's own.
_THIS_REPORT = re.compile(r"\s+of (?:this|the present) (?:report|review|chapter)\b", re.I)
_LONGEST_RANGE = 40


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
    page: int | None = None
    again: int | None = None  # 2: the second paragraph of this number
    recommendation: bool = False
    same: bool = False  # ibid: what was cited before
    link: tuple[str, str] | None = None  # document_id and key of an address
    mention: Mention | None = None  # what it says of its document

    @property
    def whole(self) -> bool:
        """Whether it names a document and no place in it."""
        return not (self.numbers or self.place or self.first_words or self.page or self.link)


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
        return cls(namer, tuple(longest_first), _ANNOUNCED.search(whole_text) is not None)

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
        for name, pattern in _PATTERNS:
            for match in pattern.finditer(smooth):
                reference = self._made(name, match, text, smooth)
                if reference and all(_apart(reference, other) for _, other in taken):
                    taken.append((name, reference))
        return sorted(taken, key=lambda pair: pair[1].start)

    def _made(self, name: str, match: re.Match[str], text: str, smooth: str) -> Reference | None:
        if name == "bare" and not self.announced:
            return None
        if _OWN.search(smooth, 0, match.start()) or _OWN_AFTER.match(smooth, match.end()):
            return None  # the draft's own paragraphs
        if re.search(r"\d\.\d", match[0]) and _THIS_REPORT.match(smooth, match.end()):
            return None
        groups = match.groupdict()
        bare = Reference(match.start(), match.end(), text[match.start() : match.end()])
        if name == "link":
            return _linked(bare, match, text)
        if name in {"labelled", "counted"}:
            return self._labelled(bare, groups, text, smooth)
        page = int(groups["page"]) if groups.get("page") else None
        return _read(replace(bare, page=page), name, groups)

    def _labelled(
        self, bare: Reference, groups: Mapping[str, str | None], text: str, smooth: str
    ) -> Reference | None:
        """With the heading that follows: a known one, else what stands between the quotes."""
        heading = self._heading(smooth, bare.end + 1)
        if heading is None:
            return None
        end = bare.end + 1 + len(heading) + 1
        page = re.compile(_PAGE + _READ, re.IGNORECASE).match(smooth, end)
        number = int(page["page"]) if page and page["page"] else None
        end = page.end() if page else end
        nth = groups.get("nth")
        place = Place(
            _ordinal(groups["ordinal"] or "1"),
            _noun(groups.get("noun") or "bullet"),
            heading,
            _ordinal(nth) if nth else None,
        )
        return replace(bare, end=end, text=text[bare.start : end], place=place, page=number)

    def _heading(self, smooth: str, start: int) -> str | None:
        lower = smooth.lower()
        for heading in self.headings:
            if lower.startswith(heading, start) and smooth[start + len(heading) :][:1] == "'":
                return smooth[start : start + len(heading)]
        quoted = re.compile(r"[^\n]{1,200}?(?='(?=\s*(?:[),.;]|$|\s\w)))").match(smooth, start)
        return quoted[0] if quoted else None

    def _named(
        self, text: str, located: tuple[str, Reference], mentions: Sequence[Mention]
    ) -> Reference | None:
        """With what stands beside it and names its document."""
        sort, reference = located
        if sort in {"link", "same"}:
            return reference
        if sort == "words" and any(
            m.start < reference.end and reference.start < m.end for m in mentions
        ):
            return None  # a title in quotation marks
        first, last = _segment(text, reference)
        beside = [m for m in mentions if first < m.end <= last]  # "Ofsted (2014: 51)" too
        ahead = [m for m in beside if m.end <= reference.start]
        before = [m for m in ahead if _touches(text[m.end : reference.start])]
        after = [m for m in beside if m.start >= reference.end]
        if not before:
            after = after or _following(text, reference, mentions)
        mention = before[-1] if before else after[0] if after else None
        if mention is not None and not _is_cited(mention):
            mention = None
        if mention is None:
            return None if sort in _NEEDS_NAME else reference
        start = min(mention.start, reference.start)
        end = max(mention.end, reference.end)
        if first > 0 and text[first - 1] in "([":  # the whole of what the brackets say
            start = first + len(_LEAD.match(text[first:last])[0])  # type: ignore[index]
            start = min(start, mention.start, reference.start)
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
            end += 1  # "Ofsted (2014: 51)"
        return replace(
            reference, start=start, end=end, text=text[start:end].strip(), mention=mention
        )

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
    words = re.sub(r"\\(.)", r"\1", text[match.start("words") : match.end("words")])
    return replace(bare, text=words, link=link) if link else None


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
    again = int(groups["again"] or 0) or None if "again" in groups else None
    numbers = tuple(_spelt_out(groups["list"] or ""))
    recommended = name == "recommendation"
    # The page of a number only repeats where it stands.
    return replace(bare, numbers=numbers, again=again, recommendation=recommended, page=None)


def _goes_on(same: Reference, others: Sequence[Reference]) -> bool:
    """Whether "ibid" is only the beginning of a citation: "ibid, para 12"."""
    return any(other is not same and other.start <= same.start < other.end for other in others)


def _is_cited(mention: Mention) -> bool:
    return mention.strong or mention.authority is not None


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
            r"[\s,:()\[\]'’.]*(?:(?:at|see|in|its|their|says? (?:in|at)|,)\b[\s,]*)*", between
        )
        is not None
    )


def _following(text: str, reference: Reference, mentions: Sequence[Mention]) -> list[Mention]:
    """The name after a citation that belongs to it: "para 87 of the 2016 report"."""
    after = _AFTER.match(text, reference.end)
    if after is None:
        return []
    joined = text[reference.end : after.end()]
    if not re.search(r"\b(?:of|in|from|on)\b", joined):
        return []
    return [m for m in mentions if reference.end < m.start <= after.end() + 1][:1]


def _link(address: str) -> tuple[str, str] | None:
    """The document and the paragraph's key of an address."""
    asked = parse_qs(urlsplit(address).query)
    if "doc" not in asked or "p" not in asked:
        return None
    return asked["doc"][0], asked["p"][0]


def _ordinal(text: str | None) -> int:
    word = (text or "1").lower()
    if word in {"last", "final"}:
        return -1
    if word in _ORDINALS:
        return 1 + _ORDINALS.index(word)
    return int(re.sub(r"\D", "", word))


def _noun(text: str | None) -> str:
    word = (text or "").lower()
    if word.startswith(("bullet", "point", "item")):
        return "bullet"
    return "recommendation" if word.startswith("rec") else "paragraph"


def _spelt_out(listed: str) -> Iterator[str]:
    """The numbers of a list: "87-89 and 102" names four."""
    for match in re.finditer(rf"({_NUMBER})(?:\s*(?:-|to|through)\s*\D*?({_NUMBER}))?", listed):
        first, last = match[1], match[2]
        yield first
        if last is None:
            continue
        if not (first.isdigit() and last.isdigit()):
            yield last
            continue
        if len(last) < len(first):  # "116-20"
            last = first[: len(first) - len(last)] + last
        stop = min(int(last), int(first) + _LONGEST_RANGE)
        yield from map(str, range(int(first) + 1, stop + 1))
