"""How people write the numbers of paragraphs and pages: "paras 87-89 or 102", "pp. 12–14"."""

from __future__ import annotations

import re

DASH = r"[-–—]"
# "paragraph", "para.", "para's", "para(s)", "Para87", each with "no." after it where one stands.
PARAGRAPH = r"(?:paragraph|para|par)(?:['’]?s|\(s\))?(?![a-z'’])\.?:?"
_SIGN = r"(?:\s*(?:nos?(?![a-z])\.?|numbers?(?![a-z])))?"
_FIRST = r"\s*\d{1,3}(?![\d.]*\d)"
_TIME = r"(?:(?:calendar|working|school)\s+)?(?:years?|months?|weeks?|days?|hours?)\b"
# "Recommendations 18 months old", "recommendations 6-12 months on", "recommendation 6-month".
_TIMED = rf"{_FIRST}(?:\s*(?:[-–—]|to\b|or\b)\s*\d{{1,3}})?(?:\s+|[-–—]){_TIME}"
# "Of the recommendations 12 were met", "135 paragraphs 20 of which", "paragraphs 12 March 2016".
_TOLD_OFF = (
    rf"{_FIRST}\s*(?:%|\s(?:(?:only|still|now|also|already|alone|which|that)\s+)?"
    r"(?:were|was|are|is|had|have|has|remain(?:s|ed)?|(?:out\s+)?of\s+(?:which|them|these|those|whom|(?:the\s+)?\d+)"
    r"|in\s+(?:all|total|number)|altogether|times|pages|per\s?cent|percent|more|fewer|others?|children|young|people|care|social"
    r"|cases?|homes|families|may\s+(?:19|20)\d\d"
    r"|(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\s+(?:19|20)\d\d)\b)"
)
_PLURAL = r"(?:(?<=s)|(?<=s[.:)]))"
# What stands between "para" or "recommendations" and a number of theirs, none that counts.
NUMBER_SIGN = rf"(?!{_SIGN}{_TIMED})(?!{_PLURAL}{_SIGN}{_TOLD_OFF}){_SIGN}"
PAGE = r"(?:pp?|pgs?|pages?)(?![a-z])\.?"
# What may stand between two numbers of a list; before it there may be white space.
JOINED = r"(?:[,;&/+]\s*(?:(?:and|or|&)\s+)?|and/or\s+|(?:and|or|plus|as\s+well\s+as)\s+)"
# A number before one of these counts something: "paragraph 5 and 3 children".
COUNTED = (
    r"(?!\s+(?:(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|may\s+(?:19|20)\d\d"
    r"|years?|months?|weeks?|days?|hours?|children|young|people|care|social|cases?|per|percent"
    r"|homes|families)\b|-[a-z]|\s*[-–—]\s*\d)"
)
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TEN_TIMES = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = _SMALL.split()
_TENS = _TEN_TIMES.split()
# "eighty-seven" as one may write it after "paragraph".
_BELOW_TEN = "|".join(_UNITS[:9])
SPELT = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_BELOW_TEN}))?|{'|'.join(_UNITS)})\b"
# What may follow a number in words: "in each paragraph three findings stand" has none.
SPELT_ENDS = (
    r"(?=\s*(?:$|[)\].,;:?!'\"]|[-–—]\s)"
    r"|\s+(?:sa(?:ys?|id)|tells?|told|states?|stated|notes?|noted|shows?|showed|records?|recorded"
    r"|reports?|reported|reads|describes?|described|concludes?|concluded|finds?|warns?|deals?"
    r"|refers?|speaks?|mentions?|explains?|sets out|above|below|in|on|and\s+para[a-z]*"
    r"|of(?!\s+(?:which|them|these|those|us|you|all)\b)|(?:19|20)\d\d|(?-i:[A-Z]))\b"
    r"|\s+\()"
)
# "Which paragraph one reads" is no number, though "paragraphs one" begins a list of them.
_NOT_ONE = r"(?!(?<!s\s)(?:one|two)\b(?!\s*[?.]?\s*$))"
IN_WORDS = rf"{_NOT_ONE}{SPELT}(?:{SPELT_ENDS}|(?=\s*(?:,|and|or|to|-)\s*{SPELT}))"


def value(written: str) -> str:
    """The number in figures: "87" of "eighty-seven"; what is in figures stays as it is."""
    if written[:1].isdigit():
        return written
    words = re.split(r"[-\s]+", written.lower())
    return str(sum(10 * (2 + _TENS.index(w)) if w in _TENS else 1 + _UNITS.index(w) for w in words))


def through(first: str, last: str, longest: int) -> tuple[str, ...]:
    """All numbers from one to the other, "116-20" too; none where that is no range."""
    if not (first.isdigit() and last.isdigit()):
        return ()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if not int(first) < int(last) <= int(first) + longest:
        return ()
    return tuple(map(str, range(int(first), int(last) + 1)))
