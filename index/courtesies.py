"""What is only civil in a question: "Dear all, could you please tell me ... Many thanks"."""

from __future__ import annotations

import re

_WISH = (
    r"(?:tell me|let (?:me|us) know|show me"
    r"|help (?:me|us)(?: to)? (?:find out|find|understand|see))"
)
_LEARN = r"(?:know|learn|find out|understand|ask|see)"
_PAPER = r"(?:paper|briefing|briefing note|note|report|presentation|summary|speech|submission)"
_REGARDS = r"\b(?:kind|best|warm) (?:regards|wishes)\b"
_CIVIL = (
    r"^\s*dear\b[^,.!?\n]{1,40}[,!\n]",
    r"^\s*(?:hello|hi|hey|good (?:morning|afternoon|evening))\b[,.!]?"
    r"(?: (?:there|all|everyone|both|team)\b)?",
    r"\bplease\b",
    rf"\b(?:could|can|would|will) (?:you|someone|anyone) (?:please )?(?:kindly )?{_WISH}\b",
    rf"\b(?:(?:i|we) )?(?:would|['’]d) like to {_LEARN}\b",
    rf"\b(?:i|we) (?:want|need|wish) to {_LEARN}\b",
    r"\b(?:i am|we are|i['’]m|we['’]re) (?:currently |just )?(?:preparing|writing|drafting)"
    rf" (?:an?|the|my|our) (?:short )?{_PAPER}\b",
    r"\b(?:many thanks|thanks|thank you)(?: (?:very|so) much| a lot)?"
    rf"(?: (?:in advance|for your (?:help|time)))?(?=[\s.!,]*(?:$|{_REGARDS}))",
    rf"{_REGARDS}[^?]{{0,60}}$",
)
# Words in quotes are asked for as they stand, and so are passed over.
_PASSED_OR_CIVIL = re.compile(rf"[\"“][^\"“”]+[\"”]|(?P<civil>{'|'.join(_CIVIL)})", re.IGNORECASE)


def without_courtesies(question: str) -> str:
    """Return the question with spaces for what asks nothing, so that no word of it moves.

    A question that is nothing else is returned as it is.
    """
    plain = _PASSED_OR_CIVIL.sub(_spaces, question)
    return plain if plain.strip(" .,!?") else question


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match.group()) if match["civil"] else match.group()
