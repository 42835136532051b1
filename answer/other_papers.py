"""Whether a paragraph number is of a paper that is no document of the library."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.naming import Mention

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

_NOUN = r"(?:reports?|reviews?|letters?|audits?|responses?)\b"
_WORD = rf"(?:(?!{_NOUN})[\w'&-]+\s+)"
_TITLED = rf"(?P<words>{_WORD}{{1,6}}?){_NOUN}"
# Of these there is none in a library of inspections, whatever stands before the word; an
# "Inspection Framework report" is named after what it was made under.
_LAW = (
    r"(?-i:Act|Regulations?|Schedule|Annexe?|Appendix|Handbook"
    r"|Framework(?!\s+(?:reports?|inspections?|letters?|visits?|reviews?)\b)"
    r"|Inquiry|White Paper|Green Paper|Judge?ment|Working Together|Keeping Children Safe"
    r"|[Ss]tatutory [Gg]uidance|Guidance|Code of Practice)\b"
)
_LAWS = rf"(?P<law>{_WORD}{{0,4}}?{_LAW})"
_ARTICLE = r"(?:(?:the|that|its|their|a|an)\s+)?"
_OF_OTHER = re.compile(
    rf"\s*,?\s*(?:of|in|from|to)\s+{_ARTICLE}(?:{_LAWS}|{_TITLED})", re.IGNORECASE
)
_IN_OTHER = re.compile(
    rf"\s*(?:see\s+)?{_ARTICLE}(?:{_LAWS}[\s\d,()]*|{_TITLED}[\s,:]*)(?:at\s+)?", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(\[](?:[^()\[\]]*;)?$")
# "Working Together, para 14, requires" but "it broke the Children Act (para 14)" of the report.
_RULES = (
    r"(?:requires?|required|forbids?|forbade|demands?|demanded|expects?|expected|obliges?|obliged"
    r"|allows?|allowed|permits?|permitted|prohibits?|mandates?|must|provides?|prescribes?|defines?"
    r"|asks?|insists?|recommends?|envisages?|specif(?:y|ies)|advises?|directs?|entitles?|lays?)\b"
)
_SAYS = (
    r"(?:says?|said|states?|stated|sets?|makes?|made|gives?|puts?|describes?|tells?|reads?|has)\b"
)
_LAW_BEFORE = re.compile(
    r"(?P<told>\b(?:set out|laid down|stated|defined|prescribed) in +(?:the +)?|\baccording to +)?"
    rf"(?P<led>\b(?:under|of|with|by|for|on|from|than|against|to|breach(?:ed|es)?|broke|broken) +"
    rf"(?:the +)?(?:[\w&-]+ +){{0,4}}?)?\b{_LAW}(?:'s)?(?: +[A-Z0-9]\b)?"
    r"(?:,? *\(?(?:of +)?(?:19|20)\d\d\)?)?(?P<mark>,? *\(| *,| +at)? *(?:see +)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    rf"(?P<mark>\)?,?) *(?:also +)?(?:(?P<rules>{_RULES})|(?P<says>{_SAYS}))?", re.I
)

_OTHER_PAPERS = (
    "case practice peer internal independent scrutiny committee cabinet annual budget covering "
    "progress performance national government minister commissioner auditor partnership"
)
_OTHERS = frozenset(_OTHER_PAPERS.split())
# Capitals that an inspection report's own name may have.
_OWN_NAMES = (
    "the ofsted chief inspector inspectors inspectorate inspectorates inspection quality "
    "commission constabulary cqc hmip hmicfrs hmi hmci her his majesty report review letter send "
    "jtai ilacs sif single joint targeted area monitoring focused focussed visit council local "
    "borough city county london royal hm short standard regulatory framework safeguarding "
    "authority children services social care january february march april may june july august "
    "september october november december first second third last latest final full"
)
_INSPECTORS = frozenset(_OWN_NAMES.split())
# Beside the name of an authority it means the report: "Slough 2016 (Inspection Framework, ...)".
_FRAMEWORK = re.compile(r"\b(?:single|inspection) framework$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"(?:'s?)?[\s,]*[(\[]")
_NAMED_AFTER = re.compile(r"[\s,(]*(?:(?:on|of|for|in|into|at)\s+)?(?:the\s+)?", re.IGNORECASE)


def is_drafts_own(smooth: str, start: int, end: int) -> bool:
    """Whether the number that stands there is of the draft itself or of a plan beside it."""
    if _OWN.search(smooth, 0, start) or _OWN_AFTER.match(smooth, end):
        return True
    divided = re.search(r"\d\.\d", smooth[start:end]) is not None
    return divided and _THIS_REPORT.match(smooth, end) is not None


def names_another(
    smooth: str, start: int, end: int, first: int, mentions: Sequence[Mention]
) -> bool:
    """Whether the words about a number are the name of a paper such as "the LSCB review".

    Args:
        smooth: the text, its quotes and dashes plain.
        start: of the citation.
        end: of the citation.
        first: where the brackets begin in which it stands, or the sentence.
        mentions: the documents named in the text.
    """
    bracketed = _BRACKETED.search(smooth, 0, first) is not None
    before = _IN_OTHER.fullmatch(smooth, first, start) if bracketed else None
    if before is None and _is_of_law(smooth, start, end):
        return True
    for match in (_OF_OTHER.match(smooth, end), before):
        if match is None or any(_is_held(m, match) for m in mentions):
            continue
        if match["law"] and _is_of_authority(smooth, match, mentions):
            continue
        if match["law"] or any(map(_is_other, match["words"].split())):
            return True
    return False


def _is_of_law(smooth: str, start: int, end: int) -> bool:
    """Whether the name of a law or of guidance stands directly before the number, as its own."""
    law = _LAW_BEFORE.search(smooth, max(0, start - 120), start)
    goes_on = _GOES_ON.match(smooth, end)
    if law is None or goes_on is None:
        return False
    ruled = law["told"] or goes_on["rules"] or (goes_on["says"] and not law["led"])
    if law["mark"] and "(" in law["mark"]:
        return bool(ruled) and smooth.startswith(")", end)
    if law["mark"] and "," in law["mark"]:
        return bool(ruled) or re.match(r"\s*(?:[,;.)]|$)", smooth[end:]) is not None
    return True


def _is_held(mention: Mention, match: re.Match[str]) -> bool:
    """Whether the words name one of the library's documents, or an authority."""
    named = mention.authority or mention.kinds or mention.documents
    return bool(named) and mention.start < match.end() and match.start() < mention.end


def _is_of_authority(smooth: str, match: re.Match[str], mentions: Sequence[Mention]) -> bool:
    """Whether it is an inspection framework beside the authority that was inspected under it."""
    if not _FRAMEWORK.search(match["law"]):
        return False
    after = _NAMED_AFTER.match(smooth, match.end())
    return any(
        _NAMED_BEFORE.fullmatch(smooth, mention.end, match.start()) is not None
        or (after is not None and mention.start == after.end())
        for mention in mentions
        if mention.authority
    )


def _is_other(word: str) -> bool:
    plain = re.sub(r"'s?$|[.,]+$", "", word)
    lower = plain.lower()
    capital = plain[:1].isupper() and not re.search(r"\d", plain)
    return lower in _OTHERS or (capital and lower not in _INSPECTORS)
