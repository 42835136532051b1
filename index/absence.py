"""What a question names that the library does not hold, in sentences for its reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.model import QueryPlan


def absences(plan: QueryPlan) -> Iterator[str]:
    """A sentence for the authorities and one for the years of which there is no document."""
    if plan.absent:
        yield (
            f"The library holds no document about {_listed(plan.absent, 'or')}; what follows is "
            "about others."
        )
    if plan.absent_years:
        named = [str(year) for year in plan.absent_years]
        of = f"{_listed(plan.authorities, 'or')} document" if plan.authorities else "document"
        held = max(plan.absent_years.values(), key=len)
        yield f"No {of} of {_listed(named, 'or')}; {_whose(plan)} of {_listed(_runs(held), 'and')}."
    for name, held in plan.lacking.items():
        years = _listed([str(year) for year in plan.years], "or")
        yield f"No {name} document of {years}; its documents are of {_listed(_runs(held), 'and')}."


def _whose(plan: QueryPlan) -> str:
    if not plan.authorities:
        return "the library's documents are"
    return "its documents are" if len(plan.authorities) == 1 else "theirs are"


def _listed(names: Sequence[str], joint: str) -> str:
    *before, last = names
    return f"{', '.join(before)} {joint} {last}" if before else last


def _runs(years: Sequence[int]) -> list[str]:
    """Return "2013 to 2016" and "2019" for 2013, 2014, 2015, 2016, 2019."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return said
