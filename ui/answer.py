"""The answer above the results: sentences of the documents, or that they do not answer."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from answer.held import places_not_held
from answer.model import Answer
from answer.output import percent
from index.model import Hit, QueryPlan
from ui.address import paragraph_link, paragraph_name
from ui.components import answer as answer_component
from ui.further_address import collect_link

LONG_QUESTION = 15  # words that are looked for; a longer one asks several things at once


def answer_box(plan: QueryPlan, answer: Answer) -> None:
    """Show what was answered."""
    answer_component(key="answer", data=answer_data(answer) | {"below": _below(plan)})


def _below(plan: QueryPlan) -> str:
    """What a reader should know of the paragraphs below, where they do not answer."""
    if places_not_held(plan):
        return "The paragraphs below are about other authorities."
    if len(plan.terms) > LONG_QUESTION:
        return "The question is long: ask one thing at a time, in fewer words."
    return ""


def answer_data(answer: Answer) -> dict[str, Any]:
    """What the page shows of an answer."""
    if answer.status != "answered":
        return {
            "answered": False,
            "heading": "No answer in these documents",
            "known": answer.note,
            "reason": answer.reason,
        }
    hits = {hit.paragraph_id: hit for hit in answer.hits}
    cited = [hits[sentence.citations[0]] for sentence in answer.sentences]
    ends = [one.paragraph_id != after.paragraph_id for one, after in pairwise(cited)] + [True]
    sentences = [
        _sentence(sentence.text, hit, last=last)
        for sentence, hit, last in zip(answer.sentences, cited, ends, strict=False)
    ]
    return {
        "answered": True,
        "heading": "What the documents say" if sentences else "From the cover",
        "known": answer.note,
        "sentences": sentences,
        "note": _note(answer),
        "copied": "\n".join(f"“{one['text']}” ({one['citation']})" for one in sentences),
    }


def _note(answer: Answer) -> str:
    if not answer.sentences:
        return "Printed at the head of the report, in no paragraph; the nearest are below."
    likely = percent(answer.confidence)
    return f"Quoted word for word. Likelihood that these documents answer the question: {likely}."


def _sentence(text: str, hit: Hit, *, last: bool) -> dict[str, Any]:
    """A sentence; the `last` one of its paragraph in a row leads to the briefings."""
    name = paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)
    return {
        "text": text,
        "citation": hit.citation,
        "href": paragraph_link(hit.document_id, name),
        "second_hand": hit.second_hand,
        "collect": collect_link(hit.paragraph_id) if last else None,
    }
