"""A question put to a library -> its answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from answer.asked import what_is_asked
from answer.cover import asks_cover, asks_only_cover, told_by_covers
from answer.decide import PRESENT, decide
from answer.extract import ExtractConfig, extract
from answer.held import place_alone
from answer.lead_in import lead_ins, with_lead_ins
from answer.model import Answer
from answer.reasons import absence_reason, kinds_note, lacks_wanted, not_answered, nothing_found
from index.library import EVERYTHING, Library
from index.model import Filter, Hit, QueryPlan

DEPTH = 30  # hits that are searched for; what answers may be quoted from any of them
READ = 5  # hits that a reason speaks of


def ask(
    library: Library,
    question: str,
    *,
    top_k: int = 10,
    filters: Filter = EVERYTHING,
    ignore: Collection[str] = frozenset(),
) -> Answer:
    """Return what the library's documents say to a question, in their own words.

    Its hits are the first `top_k` of the search, and those further down that are cited.
    """
    plan = library.plan(question, ignore)
    hits = library.search(question, max(top_k, DEPTH), filters, ignore)
    answer = answer_from(library, plan, hits, filters)
    cited = {key for sentence in answer.sentences for key in sentence.citations}
    shown = tuple(hit for hit in answer.hits if hit.rank <= top_k or hit.paragraph_id in cited)
    return replace(answer, hits=shown)


def answer_from(
    library: Library, plan: QueryPlan, hits: Sequence[Hit], filters: Filter = EVERYTHING
) -> Answer:
    """Return the answer that the hits of a search hold; they are all among its hits."""
    absence = absence_reason(plan, hits[:READ])
    cover = None if absence else _cover(library, plan, filters)
    if cover and asks_only_cover(plan):
        return Answer("answered", PRESENT, (), tuple(hits), note=cover)
    info = library.info()
    reach = library.reach(plan, filters)
    held, cited = absence is None, place_alone(plan)
    decision = decide(hits, reach, info.model_sha256, held=held, cited=cited)
    asked = what_is_asked(plan, library.knowledge(), info.paragraphs)
    if decision.answered:
        config = ExtractConfig()
        leads = lead_ins(library, hits)
        sentences = extract(plan, asked, hits, leads, config)
        if sentences:
            sentences, read = with_lead_ins(sentences, hits, leads, config.most)
            note = cover or kinds_note(plan, hits[:READ]) or lacks_wanted(plan, asked, sentences)
            return Answer("answered", decision.confidence, sentences, read, note=note)
    if not hits:
        absence = absence or nothing_found(plan, filters, info.paragraphs)
    reason = absence or not_answered(plan, asked, hits[:READ])
    return Answer("no_answer", decision.confidence, (), tuple(hits), reason, note=cover)


def _cover(library: Library, plan: QueryPlan, filters: Filter) -> str | None:
    """What the heads of the documents that a filter leaves tell, where that is asked for."""
    if not asks_cover(plan):
        return None
    return told_by_covers(
        plan, [card for card in library.documents() if library.allows(filters, card)]
    )
