"""The parts of a plan by name, so that a reader can take one off and search again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from index.model import QueryPlan
from index.records import slug

PartKind = Literal[
    "authority",
    "year",
    "kind",
    "moment",
    "document",
    "place",
    "paragraph",
    "correction",
    "expansion",
]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a question was understood as."""

    kind: PartKind
    value: str  # "Wandsworth", "2019"; of a correction or an expansion the word as typed

    @property
    def name(self) -> str:
        """What addresses and `ignore` call it; parted by commas it needs no quoting."""
        return part_name(self.kind, self.value)


def part_name(kind: PartKind, value: str) -> str:
    """The name of a part: "authority:east-riding-of-yorkshire", "expansion:b and b"."""
    return f"{kind}:{slug(value) if kind in ('authority', 'place') else value}"


def parts(plan: QueryPlan) -> list[Part]:
    """Every part of a plan that can be taken off, in the order in which a reader checks them.

    An authority that was misspelt is one part, not an authority and a correction.
    """
    bounds = (plan.year_from, plan.year_to)
    years = sorted({*plan.years, *(year for year in bounds if year)})
    meant = {name.lower() for name in (*plan.authorities, *plan.absent)}
    words = [said for said, right in plan.corrections.items() if right.lower() not in meant]
    return [
        *(Part("authority", name) for name in plan.authorities),
        *(Part("year", str(year)) for year in years),
        *([Part("moment", plan.moment)] if plan.moment else []),
        *(Part("kind", kind) for kind in plan.kinds),
        *(Part("document", document_id) for document_id in plan.documents),
        *([Part("place", plan.place)] if plan.place else []),
        *(Part("paragraph", number) for number in plan.paragraphs),
        *(Part("correction", said) for said in words),
        *(Part("expansion", said) for said, forms in plan.expansions.items() if forms),
    ]


def without(plan: QueryPlan, ignore: Collection[str]) -> QueryPlan:
    """The plan without the parts named, what it then looks for unchanged.

    Corrections decide which words are looked up and are left out by plan_query itself.
    """

    def kept(kind: PartKind, values: Iterable[str]) -> tuple[str, ...]:
        return tuple(value for value in values if part_name(kind, value) not in ignore)

    years = tuple(year for year in plan.years if kept("year", [str(year)]))
    numbers = kept("paragraph", plan.paragraphs)
    return replace(
        plan,
        authorities=kept("authority", plan.authorities),
        years=years,
        year_from=_kept_year(plan.year_from, ignore),
        year_to=_kept_year(plan.year_to, ignore),
        moment=None if plan.moment and not kept("moment", [plan.moment]) else plan.moment,
        kinds=kept("kind", plan.kinds),
        documents=kept("document", plan.documents),
        place=next(iter(kept("place", [plan.place] if plan.place else [])), None),
        paragraphs=numbers,
        paragraph=next(iter(numbers), None),
        corrections={
            said: right
            for said, right in plan.corrections.items()
            if right not in plan.authorities or kept("authority", [right])
        },
        expansions={said: plan.expansions[said] for said in kept("expansion", plan.expansions)},
    )


def _kept_year(year: int | None, ignore: Collection[str]) -> int | None:
    return None if part_name("year", str(year)) in ignore else year
