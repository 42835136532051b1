"""Why there is no answer, in one sentence a person can act on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.asked import Asked, missing, said_in
from index.model import Filter, Hit, QueryPlan

LONGEST_SUBJECT = 9  # words; a longer one is a sentence of some kind
_NEAREST = "the nearest paragraphs are below"
# What makes a question or a command of words that would otherwise name a subject.
_ASKS = re.compile(
    r"[?:;.!()\"“”]|\s[-–—]\s|^(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does"
    r"|did|has|have|had|can|could|will|would|should|may|might|any|tell|show|list|find|give|explain"
    r"|compare|summari[sz]e|describe|please|not|no|too|enough)\b"
    r"|\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|who|why|how|what"
    r"|vs?|versus|than|or)\b",
    re.IGNORECASE,
)


def places_reason(places: Sequence[str]) -> str:
    """No document about Leeds is in this library."""
    return f"No document about {_listed(places, 'or')} is in this library."


def years_reason(plan: QueryPlan, absent: Sequence[int], held: Sequence[int]) -> str:
    """Hackney's documents here are of 2016 and 2019, none of 2021."""
    years = [str(year) for year in held]
    span = f"{years[0]} to {years[-1]}" if len(years) > 5 else _listed(years, "and")
    what = f"{_owners(plan)} documents here" if plan.authorities else "The documents here"
    asked = _listed([str(year) for year in absent], "or")
    return f"{what} are of {span}, none of {asked}." if years else f"{what} bear no date."


def nothing_found(plan: QueryPlan, filters: Filter) -> str:
    """Why a search came back empty."""
    if plan.phrases:
        quoted = _listed([f"“{phrase}”" for phrase in plan.phrases], "and")
        return f"No paragraph holds the exact words {quoted}."
    if filters != Filter():
        return "The filters leave no document to look in; take one off."
    if not plan.terms:
        return "The question holds no word that could be looked for."
    return "No paragraph here mentions anything that the question asks for."


def not_answered(plan: QueryPlan, asked: Asked, hits: Sequence[Hit]) -> str:
    """What was not found, named by the question's own words where they name a subject."""
    where = f" in {_owners(plan)} documents" if plan.authorities else ""
    subject = subject_of(plan)
    if subject:
        return f"Nothing found{where} on {subject}; {_NEAREST}."
    unsaid = [concept.said[0] for concept in missing(asked, [said_in(hit.text) for hit in hits])]
    named = [word for word in unsaid if len(word) > 2][:2]
    if named:
        words = _listed([f"“{_as_typed(word, plan.text)}”" for word in named], "or")
        return f"Nothing found{where} that answers this: {_NEAREST}, and none mentions {words}."
    return f"Nothing found{where} that answers this; {_NEAREST}."


def subject_of(plan: QueryPlan) -> str | None:
    """Return the subject of a question that is put as one: "free period products for girls".

    None where the words are a question or a sentence: "Nothing found on how many" is no English.
    """
    topic = " ".join(plan.topic.split()).strip(" ,;:-–")
    words = topic.split()
    if not words or len(words) > LONGEST_SUBJECT or _ASKS.search(topic):
        return None
    if not any(word.lower() in " ".join(plan.terms) for word in words):
        return None
    first = words[0]
    known = first[1:] != first[1:].lower() or len(first) == 1
    return topic if known or plan.text[:1].islower() else f"{topic[:1].lower()}{topic[1:]}"


def _as_typed(word: str, question: str) -> str:
    """The word in the letters of the question: "SEND", not "send"."""
    found = re.search(rf"\b{re.escape(word)}\b", question, re.IGNORECASE)
    return found.group() if found else word


def _owners(plan: QueryPlan) -> str:
    """Hackney's; St Helens'; Hackney's and Surrey's."""
    return _listed(
        [f"{name}’" if name.endswith("s") else f"{name}’s" for name in plan.authorities], "and"
    )


def _listed(items: Sequence[str], word: str) -> str:
    """2016; 2016 and 2019; 2016, 2019 and 2024."""
    *before, last = items
    return f"{', '.join(before)} {word} {last}" if before else last
