"""The forms in which people write citations, and what only looks like one."""

from __future__ import annotations

import re

from index.cited_numbers import (
    COUNTED,
    JOINED,
    NUMBER_SIGN,
    PAGE,
    PARAGRAPH,
    SPELT,
    SPELT_ENDS,
)

# "87", "[87]", "3.1"; no figure of thousands ("1,234") and no share ("87 %").
_DIGITS = r"\d{1,3}(?:\.\d{1,2}){0,2}(?!\d|\.\d|\s?%|(?<!\d{3}),\d{3}(?!\d))"
NUMBER = rf"(?:\[{_DIGITS}\]|{_DIGITS})"
AND_ON = r"ff?\b\.?|et\s+seqq?\b\.?|onwards?\b|and\s+following\b"
_PARA = rf"(?:{PARAGRAPH}{NUMBER_SIGN}|¶{{1,2}}|§{{1,2}})"
_PARAS = rf"(?:(?:paragraph|para|par)(?:'?s(?![a-z'])|\(s\))\.?:?{NUMBER_SIGN}|¶¶|§§)"
_TO = r"\s*(?:-|to|through)\s*"
RANGE = rf"{NUMBER}(?:{_TO}(?:{_PARA}\s*)?{NUMBER}{COUNTED})?(?:\s?(?:{AND_ON}))?"
_NEXT = rf"\s*{JOINED}(?:{_PARA}\s*)?"
_SAYS = (
    r"(?:sa(?:y|ys|id|ying)|states?|stated|notes?|noted|finds?|found|shows?|showed|records?|recorded"
    r"|reports?|reported|reads|tells?|told|has|had|puts?|gives?|gave|describes?|described|adds?"
    r"|added|makes?|explains?|explained|confirms?|confirmed|concludes?|concluded|sets?|suggests?"
    r"|speaks?|calls?|lists?)\b"
)
# A number further on in a list ends there or goes on with it: "paras 3, 12 children" has one.
_STOPS = (
    r"(?=\s*(?:$|[)\]};:.,&?!/-]|and\b|or\b|of\b(?!\s+th[eo])|of\s+the\b|in\b|say|show|to\b|above\b|below\b|note"
    rf"|ff?\b|et\s+seq|as\s+well|plus\b|{_SAYS}))"
)
_LIST = rf"{RANGE}(?:{_NEXT}{RANGE}{COUNTED}{_STOPS})*"
_LAST = rf"\s*(?:,?\s*(?:and/or|and|or|&)|/)\s*(?:{_PARA}\s*)?{RANGE}{COUNTED}"
_SEVERAL = rf"{RANGE}(?:{_NEXT}{RANGE}{COUNTED}{_STOPS}|{_LAST})*"
_SPELT = rf"{SPELT}(?:{_TO}{SPELT})?(?:\s*{JOINED}{SPELT})*{COUNTED}{SPELT_ENDS}"
# "Of the paragraphs three say", "in each paragraph three, four or five findings stand".
_NOT_SPELT = (
    r"(?<!\beach )(?<!\bevery )(?<!\bper )(?<!\bwhich )(?<!\bof the )(?<!\bof its )(?<!\bof these )"
    r"(?<!\bof those )(?<!\bof their )"
)
# "One" and "two" are mostly no numbers of paragraphs: "the paragraph one reads first".
_ONE = r"(?:one|two)\b(?!\s+(?:and|or|to)\s)"

_ON_PAGE = r"\d{1,3}(?![\d%])"
_PAGES = (
    rf"{_ON_PAGE}(?:{_TO}{_ON_PAGE})?"
    rf"(?:\s*{JOINED}(?:{PAGE}\s*)?{_ON_PAGE}(?:{_TO}{_ON_PAGE})?{COUNTED}{_STOPS})*"
    r"(?:\s?ff?\b\.?)?"
)
PAGED = rf"(?:,?\s*(?:(?:on|at)\s+)?{PAGE}\s*(?P<page>{_PAGES}))?"
# The page of a number only repeats where it stands: "p. 30, para 87", "para 87 (page 30)".
_PAGE_BEFORE = rf"(?:(?<![\w#=]){PAGE}\s*{_PAGES}\s*[,:]?\s*(?:at\s+)?)?"
_PAGE_AFTER = (
    rf"(?:\s*\((?:(?:on|at)\s+)?{PAGE}\s*{_PAGES}\)|,?\s*(?:(?:on|at)\s+)?{PAGE}\s*{_PAGES})?"
)

_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = _ORDINAL_WORDS.split()
_ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)}|last|final)"
_NOUN = r"(?P<noun>bullet(?: point)?|paragraph|para\b\.?|recommendation|point|item)"
_UNDER = r"(?:under|below|of|in|beneath)\s+(?:the heading\s+|the section\s+)?"
_NTH_HEADING = rf"(?:the (?P<nth>{_ORDINAL}) )?"
_AGAIN = r"(?:\s*\((?P<again>\d+)(?:st|nd|rd|th) of this number\))?"
READ = r"(?:\s*\(read by character recognition\))?"

_YEAR_BEFORE = r"(?<=\b(?:19|20)\d\d)"
_ENDS = r"(?=\s*(?:[)\];,.]|$)|\s+(?:says?|states?|notes?)\b)"
# After "at 87" comes nothing that it could count, nor what was so at twelve: "at 12: they met".
_AT_ENDS = (
    r"(?=\s*(?:[)\].;?!'\"]|,(?!\s*\d)|-\s|$)|\s+(?:of\b|that\b|which\b|as\b|on\b|for\b|where\b|while\b"
    rf"|but\b|and\b(?!\s*\d)|{_SAYS}))"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("link", r"\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<address>[^()\s]*\?[^()\s]+)\)"),
        (
            "link",
            r"<?(?P<address>(?:https?://[^\s<>()?\"]*|(?<![\w/]))\?(?:[^\s<>()\"]*&(?:amp;)?)?doc="
            r"[^\s<>()\"]*[^\s<>()\".,;:!?'])>?",
        ),
        (
            "labelled",
            rf"\b(?P<ordinal>{_ORDINAL})\s+{_NOUN}\s+{_UNDER}{_NTH_HEADING}(?=['\"\w])",
        ),
        ("counted", rf"\b(?:bullet(?: point)?)\s+(?P<ordinal>\d{{1,2}})\s+{_UNDER}(?=['\"\w])"),
        (
            "headed",
            rf"(?<!\w)'(?P<heading>[^']{{3,90}}(?:'[^']{{1,60}})?)',\s+"
            rf"(?P<ordinal>{_ORDINAL})\s+{_NOUN}{PAGED}",
        ),
        (
            "headed",
            rf"\"(?P<heading>[^\"]{{3,150}})\",\s+(?P<ordinal>{_ORDINAL})\s+{_NOUN}{PAGED}",
        ),
        ("ordinal", rf"\b(?P<ordinal>{_ORDINAL})\s+{_NOUN}{PAGED}(?=\s*(?:[)\];,.]|$))"),
        ("recommendation", rf"\b(?:recommendations|recs\b\.?){NUMBER_SIGN}\s+(?P<list>{_SEVERAL})"),
        (
            "recommendation",
            rf"\b(?:recommendation|rec\b\.?){NUMBER_SIGN}\s*(?P<list>{_LIST})",
        ),
        ("numbers", rf"{_PAGE_BEFORE}(?<!\w){_PARAS}\s*(?P<list>{_SEVERAL}){_PAGE_AFTER}"),
        ("numbers", rf"{_PAGE_BEFORE}(?<!\w){_PARA}\s*(?P<list>{_LIST}){_AGAIN}{_PAGE_AFTER}"),
        ("numbers", rf"(?<!\w){_NOT_SPELT}{_PARAS}\s+(?P<list>{_SPELT}){_PAGE_AFTER}"),
        ("numbers", rf"(?<!\w){_NOT_SPELT}{_PARA}\s+(?!{_ONE})(?P<list>{_SPELT}){_PAGE_AFTER}"),
        ("spelt", rf"(?<!\w){_NOT_SPELT}{_PARA}\s+(?P<list>{_ONE}{SPELT_ENDS}){_PAGE_AFTER}"),
        ("numbered", rf"(?<![\w#&/])#\s?(?P<list>{_LIST})(?!\w)"),
        ("yeared", rf"{_YEAR_BEFORE}\)?:\s?(?P<list>{_LIST}){_ENDS}"),
        ("ibid", rf"\bibid(?:em)?\b\.?[,:]?\s+(?P<list>{_LIST})(?=\s*(?:[)\];,.]|$))"),
        ("at", rf"\bat\s+(?:\[(?P<within>{_LIST})\]|(?P<list>{_LIST})){_AT_ENDS}"),
        ("bracketed", rf"{_YEAR_BEFORE}\)?,?\s\[(?P<list>{_LIST})\]"),
        ("rounded", rf"{_YEAR_BEFORE}\)?,?\s\((?P<list>{_LIST})\)"),
        ("comma", rf"{_YEAR_BEFORE}\)?,?\s(?P<list>{_LIST})(?=\s*(?:;[^()\[\]]*)?[)\]])"),
        ("bare", rf"(?<=[(\[])(?P<list>{_LIST})(?=[)\]])"),
        ("words", r"(?<=, )'(?P<heading>[^']{3,90})…?'(?=\s*(?:$|[).;(]))"),
        ("page", rf"(?<![\w#=&/-]){PAGE}\s*(?P<page>{_PAGES})"),
        ("same", r"\b(?:ibid(?:em)?\b\.?|(?:op|loc)\. ?cit\.)"),
    )
)
# Only beside the name of a document, or where the draft says how it cites.
NEEDS_NAME = frozenset(
    {
        *("yeared", "at", "bracketed", "rounded", "comma"),
        *("words", "page", "ordinal", "numbered", "spelt"),
    }
)
# Of those, where what stands before must be a name and no time: not "in Slough in 2016 at 87".
NEEDS_VERY_NAME = frozenset({"at", "bracketed", "rounded", "comma", "numbered", "spelt"})
ANNOUNCED = re.compile(
    r"(?:numbers?|figures?|references?) in (?:round |square )?(?:brackets|parentheses)"
    r"[^.]{0,60}paragraph|paragraph (?:numbers?|references?)[^.]{0,60}(?:brackets|parentheses)",
    re.IGNORECASE,
)
