"""Why there is no answer, in one sentence a person can act on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.asked import Asked, Concept, missing, said_in
from answer.held import (
    kind_alone,
    kinds_not_held,
    pages_not_held,
    paragraph_of_several,
    paragraphs_not_held,
    places_not_held,
    years_not_held,
)
from answer.model import Sentence
from answer.wanted import CALLED, holds_any, insists
from index.model import Filter, Hit, QueryPlan

LONGEST_SUBJECT = 9  # words; a longer one is a sentence of some kind
TELLING = 0.8  # of the weight of the question's rarest word
RARE = 3.5  # weight of what every thirtieth paragraph says
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


def absence_reason(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    """What the question names and the library has nothing of; None where it has all."""
    reasons = (_places_reason, _years_reason, _kinds_reason, _numbers_reason, _pages_reason)
    return next(filter(None, (reason(plan, hits) for reason in reasons)), None)


def _places_reason(plan: QueryPlan, _: Sequence[Hit]) -> str | None:
    places = places_not_held(plan)
    return f"No document about {_listed(places, 'or')} is in this library." if places else None


def _kinds_reason(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    return kinds_note(plan, hits) if kind_alone(plan) else None


def _numbers_reason(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    numbers = paragraphs_not_held(plan, hits)
    if numbers:
        return f"The documents asked about have no paragraph {_listed(numbers, 'or')}."
    if paragraph_of_several(plan, hits):
        return f"Several documents here have a paragraph {plan.paragraph}: name the one you mean."
    return None


def _pages_reason(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    pages = pages_not_held(plan, hits)
    if not pages:
        return None
    return f"The documents asked about have no paragraph on page {_listed(pages, 'or')}."


def _years_reason(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    """Hackney's documents here are of 2016 and 2019, none of 2021."""
    absent = years_not_held(plan, hits)
    if not absent:
        return None
    held = [str(year) for year in max(plan.absent_years.values(), key=len)]
    span = f"{held[0]} to {held[-1]}" if len(held) > 5 else _listed(held, "and")
    asked = _listed([str(year) for year in absent], "or")
    whose = _owners(plan) if plan.authorities else "The"
    return f"{whose} documents here are of {span}, none of {asked}."


def kinds_note(plan: QueryPlan, hits: Sequence[Hit]) -> str | None:
    """This library holds no report of an area SEND inspection in Wigan."""
    kinds = kinds_not_held(plan, hits)
    if not kinds:
        return None
    named = _listed([f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds], "or")
    where = f" in {_listed(plan.authorities, 'or')}" if plan.authorities else ""
    return f"This library holds no report of {named}{where}."


def nothing_found(plan: QueryPlan, filters: Filter, paragraphs: int) -> str:
    """Why a search came back empty, in a library of so many paragraphs."""
    if not paragraphs:
        return "The library holds no document yet."
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
    where = _where(plan)
    subject = subject_of(plan)
    if subject:
        return f"Nothing found{where} on {subject}; {_NEAREST}."
    unsaid = _telling(asked, missing(asked, [said_in(hit.text) for hit in hits]))
    if unsaid:
        words = _listed([f"“{_as_typed(word, plan.text)}”" for word in unsaid], "or")
        return f"Nothing found{where} that answers this: {_NEAREST}, and none mentions {words}."
    return f"Nothing found{where} that answers this; {_NEAREST}."


def lacks_wanted(plan: QueryPlan, asked: Asked, sentences: Sequence[Sentence]) -> str | None:
    """What an answer does not give, though the question asks for nothing else: a figure, a date."""
    if asked.wanted is None or not insists(plan.text):
        return None
    if any(holds_any(asked.wanted, sentence.text) for sentence in sentences):
        return None
    return f"None of these sentences gives the {CALLED[asked.wanted]} that is asked for."


def _where(plan: QueryPlan) -> str:
    """In Hackney's documents of 2019, where a year was looked in alone; else shorter."""
    if not plan.authorities:
        return ""
    narrowed = plan.years and not plan.change and not plan.year_from and not plan.year_to
    years = [str(year) for year in plan.years if year not in plan.absent_years]
    when = f" of {_listed(years, 'and')}" if narrowed and years else ""
    return f" in {_owners(plan)} documents{when}"


def subject_of(plan: QueryPlan) -> str | None:
    """Return the subject of a question that is put as one: "free period products for girls".

    None where the words are a question or a sentence: "Nothing found on how many" is no English.
    """
    topic = " ".join(plan.topic.split()).strip(" ,;:-–")
    words = topic.split()
    if not words or len(words) > LONGEST_SUBJECT or _ASKS.search(topic):
        return None
    return topic if any(term in topic.lower() for term in plan.terms) else None


def _telling(asked: Asked, unsaid: Sequence[Concept]) -> list[str]:
    """The rarest of the words that are missing, two at most: what the question turns on."""
    heaviest = max((concept.weight for concept in asked.concepts), default=0.0)
    told = [one for one in unsaid if one.weight >= max(TELLING * heaviest, RARE)]
    longest = [one for one in told if not any(_within(one, other) for other in told)]
    return [concept.said[0] for concept in longest if len(concept.said[0]) > 2][:2]


def _within(one: Concept, other: Concept) -> bool:
    """Whether a word is part of a longer expression that is named."""
    return one is not other and set(one.said[0].split()) < set(other.said[0].split())


def _as_typed(words: str, question: str) -> str:
    """The words in the letters of the question: "SEND", not "send"; "wi-fi", not "wi fi"."""
    pattern = r"\W+".join(map(re.escape, words.split()))
    found = re.search(rf"\b{pattern}\b", question, re.IGNORECASE)
    return found.group() if found else words


def _owners(plan: QueryPlan) -> str:
    """Hackney's; St Helens'; Hackney's and Surrey's."""
    return _listed(
        [f"{name}’" if name.endswith("s") else f"{name}’s" for name in plan.authorities], "and"
    )


def _listed(items: Sequence[str], word: str) -> str:
    """2016; 2016 and 2019; 2016, 2019 and 2024."""
    *before, last = items
    return f"{', '.join(before)} {word} {last}" if before else last
