"""What a card of the results shows of a hit beyond its paragraph: its like, its neighbours."""

from __future__ import annotations

from typing import Any

from index.library import Library
from index.model import CitedParagraph, Hit
from index.repeats import Repeated
from ui.address import NOWHERE, SearchState, paragraph_link, paragraph_name, search_link
from ui.paragraph_data import hit_data

AROUND = 2  # paragraphs before, and as many after
ALIKE = 300  # characters of a paragraph that are asked for its like


def group_data(library: Library, group: Repeated, search: SearchState) -> dict[str, Any]:
    """What the card shows of a passage and of the places that say it again."""
    also = [repeat_data(repeat, search) for repeat in group.repeats]
    alike = search_link(SearchState(_alike(group.hit)))
    return hit_data(library, group.hit, search) | {"also": also, "alike": alike}


def repeat_data(hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """A place that says the same, to be opened and cited like any other."""
    name = paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)
    return {
        "citation": hit.citation,
        "href": paragraph_link(hit.document_id, name, search),
        "second_hand": hit.second_hand,
    }


def context_data(library: Library, hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """The paragraphs before and after, each with a link to it."""
    near = library.neighbours(hit.paragraph_id, AROUND, AROUND)
    place = [one.paragraph_id for one in near].index(hit.paragraph_id)
    return {
        "before": [_neighbour(one, search) for one in near[:place]],
        "after": [_neighbour(one, search) for one in near[place + 1 :]],
    }


def _neighbour(cited: CitedParagraph, search: SearchState) -> dict[str, str]:
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return {
        "label": cited.paragraph.label,
        "text": cited.paragraph.text,
        "href": paragraph_link(cited.document_id, name, search),
    }


def _alike(hit: Hit) -> str:
    """The question that finds paragraphs like this one: its best sentences, or its beginning."""
    said = " ".join(hit.highlights) or hit.text
    plain = said.replace('"', "")  # words in quotes would be required
    return plain if len(plain) <= ALIKE else plain[:ALIKE].rsplit(" ", 1)[0]
