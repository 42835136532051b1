"""Charts of counts and of judgements over time, each with its text alternative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from answer.census import BORDER, Census
from answer.judgement_line import LEVELS, LINES
from answer.trail import Stop
from answer.trail_output import day_of, when
from ui.charts import COLOURS, INK

BAR = 26  # pixels
AROUND = 130  # pixels: legend and axis
STEPS_HEIGHT = 460  # pixels
SCORES_HEIGHT = 190  # pixels
BINS = 20  # of scores, from 0 to 1
_APART = 0.09  # of a grade, between lines of one grade
_LEGEND = {
    "title": None,
    "orient": "top",
    "columns": {"expr": "width < 400 ? 1 : 3"},
    "labelLimit": 300,
}
# Colour, dashes and mark of each line. The colours are 3:1 on light and on dark ground, and any two
# of them are apart also for eyes that lack one kind of cones.
LINE_WAYS: Mapping[str, tuple[str, list[int], str]] = {
    "overall": ("#427070", [1, 0], "circle"),
    "help-and-protection": ("#e37014", [8, 3], "square"),
    "children-in-care": ("#8742e3", [2, 2], "triangle-up"),
    "care-leavers": ("#149eb5", [10, 3, 2, 3], "diamond"),
    "adoption": ("#b58770", [4, 4], "triangle-down"),
    "leadership": ("#cc142b", [14, 4], "cross"),
    "safeguarding-board": ("#8787e3", [6, 2, 2, 2, 2, 2], "triangle-right"),
}
_SAY, _DO_NOT = "Say it", "Do not"


def share_chart(shares: Mapping[str, tuple[int, int]], *, dark: bool) -> dict[str, Any]:
    """How many reports of each name say it, out of all of them."""
    values = [
        {"name": name, "what": what, "reports": count}
        for name, (part, whole) in shares.items()
        for what, count in ((_SAY, part), (_DO_NOT, whole - part))
    ]
    # What does not say it is an empty frame: told apart without its colour, and in the background.
    colours = {"domain": [_SAY, _DO_NOT], "range": [COLOURS[0], "transparent"]}
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "stroke": INK[dark], "strokeWidth": 0.5},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": list(shares),
                "title": None,
                "axis": {"labelLimit": 240},
            },
            "x": {
                "field": "reports",
                "type": "quantitative",
                "title": None,
                "axis": {"tickMinStep": 1, "format": "d"},
            },
            "color": {
                "field": "what",
                "type": "nominal",
                "scale": colours,
                "legend": {"title": None, "orient": "top", "symbolStrokeWidth": 1},
            },
            "order": {"field": "what", "sort": "descending"},
            "tooltip": [
                {"field": "name", "title": " "},
                {"field": "what", "title": " "},
                {"field": "reports", "title": "Reports"},
            ],
        },
        "config": {part: {"labelColor": INK[dark]} for part in ("axis", "legend")},
    }


def share_height(shares: Mapping[str, tuple[int, int]]) -> int:
    """Pixels for the chart, so that nothing below it moves later."""
    return BAR * len(shares) + AROUND


def share_text(shares: Mapping[str, tuple[int, int]]) -> str:
    """The same in words."""
    said = ", ".join(f"{name}: {part} of {whole}" for name, (part, whole) in shares.items())
    return f"Reports that say it. {said}."


def score_chart(found: Census, *, dark: bool) -> dict[str, Any]:
    """How many reports have which score, with the line drawn among them."""
    bars = [
        {"from": at / BINS, "to": (at + 1) / BINS, "reports": count}
        for at, count in enumerate(_binned(found))
    ]
    across = {
        "field": "from",
        "type": "quantitative",
        "title": "Score",
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".2~f", "grid": False},
    }
    line = {"mark": {"type": "rule", "strokeWidth": 3, "color": INK[dark]}}
    near = {"mark": {"type": "rect", "color": COLOURS[1], "opacity": 0.18}}
    return {
        "layer": [
            {
                **near,
                "data": {"values": [_near_the_line(found)]},
                "encoding": {"x": across, "x2": {"field": "to"}},
            },
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "color": COLOURS[0], "binSpacing": 1},
                "encoding": {
                    "x": across | {"bin": "binned"},
                    "x2": {"field": "to"},
                    "y": {
                        "field": "reports",
                        "type": "quantitative",
                        "title": "Reports",
                        "axis": {"tickMinStep": 1, "format": "d"},
                    },
                    "tooltip": [
                        {"field": "from", "title": "From", "format": ".2f"},
                        {"field": "reports", "title": "Reports"},
                    ],
                },
            },
            {**line, "data": {"values": [{"from": found.line}]}, "encoding": {"x": across}},
        ],
        "config": {"axis": {"labelColor": INK[dark], "titleColor": INK[dark]}},
    }


def score_text(found: Census) -> str:
    """The same in words."""
    above = sum(one.score >= found.line for one in found.reports)
    said = (
        f"Scores of the reports, the line at {found.line:.2f}: {above} lie on it or above, "
        f"{len(found.reports) - above} below"
    )
    return f"{said}." if found.decided else f"{said}, {len(found.borderline)} of all near it."


def _binned(found: Census) -> list[int]:
    counts = Counter(min(int(one.score * BINS), BINS - 1) for one in found.reports)
    return [counts[at] for at in range(BINS)]


def _near_the_line(found: Census) -> dict[str, float]:
    return {"from": max(found.line - BORDER, 0), "to": min(found.line + BORDER, 1)}


def judgement_chart(stops: Sequence[Stop], *, dark: bool) -> dict[str, Any]:
    """The judgements of each inspection at its date, one line a subject.

    Lines of one grade run beside each other, a little above and below it; each has a colour, a
    mark and dashes of its own.
    """
    dated = [(day, stop) for stop in stops if stop.grades and (day := day_of(stop))]
    present = {grade.line for _, stop in dated for grade in stop.grades}
    lines = [line for line in LINES if line in present]
    subjects = [LINES[line] for line in lines]
    values = [
        {
            "day": day.isoformat(),
            "inspection": stop.card.name,
            "line": grade.line,
            "subject": LINES[grade.line],
            "level": round(grade.level + _APART * (_middle(lines) - lines.index(grade.line)), 2),
            "grade": grade.grade,
        }
        for day, stop in dated
        for grade in stop.grades
    ]
    color, dashes, marks = zip(*(LINE_WAYS[line] for line in lines), strict=True)
    return {
        "data": {"values": values},
        "encoding": {
            "x": _days([day for day, _ in dated]),
            "y": _levels(),
            "color": _each("subject", subjects, color) | {"legend": _LEGEND},
            "tooltip": [
                {"field": "inspection", "title": "Inspection"},
                {"field": "subject", "title": "Judged"},
                {"field": "grade", "title": "Grade"},
            ],
        },
        "layer": [
            {
                "mark": {"type": "line", "strokeWidth": 2},
                # By a field of its own: else the marks of the legend would be dashed too.
                "encoding": {"strokeDash": _each("line", lines, dashes) | {"legend": None}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "encoding": {"shape": _each("subject", subjects, marks) | {"legend": _LEGEND}},
            },
        ],
        "config": {part: {"labelColor": INK[dark]} for part in ("axis", "legend")},
    }


def _each(field: str, names: Sequence[str], ways: Sequence[Any]) -> dict[str, Any]:
    """An encoding that gives each name of a field a way of its own to be drawn."""
    scale = {"domain": list(names), "range": list(ways)}
    return {"field": field, "type": "nominal", "sort": list(names), "scale": scale}


def _middle(lines: Sequence[str]) -> float:
    return (len(lines) - 1) / 2


def _days(days: Sequence[date]) -> dict[str, Any]:
    """A true axis of time that names the month of every inspection, on a phone too."""
    return {
        "field": "day",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "padding": 24},
        "axis": {
            "values": sorted({day.isoformat() for day in days}),
            "format": "%b %Y",
            "labelAngle": -45,
            "labelOverlap": False,
            "grid": True,
        },
    }


def _levels() -> dict[str, Any]:
    labels = " : ".join(
        [*(f"datum.value == {at} ? split('{name}', ' ')" for at, name in enumerate(LEVELS)), "''"]
    )
    return {
        "field": "level",
        "type": "quantitative",
        "scale": {"domain": [-0.4, len(LEVELS) - 0.6]},
        "axis": {"values": list(range(len(LEVELS))), "labelExpr": labels, "labelLimit": 180},
        "title": None,
    }


def judgement_text(stops: Sequence[Stop]) -> str:
    """The same in words."""
    said = [
        f"{stop.card.name} ({when(stop)}): "
        + ", ".join(f"{LINES[grade.line]} {grade.grade}" for grade in stop.grades)
        for stop in stops
        if stop.grades
    ]
    return ". ".join(["Judgements over time", *said]) + "."
