"""Charts of counts and of judgements over time, each with its text alternative."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from answer.census import BORDER, Census
from answer.judgement_line import LEVELS, LINES
from answer.trail import Stop
from answer.trail_output import when
from ui.charts import COLOURS, INK

BAR = 26  # pixels
AROUND = 130  # pixels: legend and axis
STEPS_HEIGHT = 380  # pixels
SCORES_HEIGHT = 190  # pixels
BINS = 20  # of scores, from 0 to 1
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
    near = len(found.borderline)
    return (
        f"Scores of the reports, the line at {found.line:.2f}: {len(found.yes)} lie on it or "
        f"above, {len(found.no)} below, {near} of all near it."
    )


def _binned(found: Census) -> list[int]:
    counts = Counter(min(int(one.score * BINS), BINS - 1) for one in found.reports)
    return [counts[at] for at in range(BINS)]


def _near_the_line(found: Census) -> dict[str, float]:
    return {"from": max(found.line - BORDER, 0), "to": min(found.line + BORDER, 1)}


def judgement_chart(stops: Sequence[Stop], *, dark: bool) -> dict[str, Any]:
    """The judgements of each inspection, one line a subject."""
    names = [stop.card.name for stop in stops if stop.grades]
    values = [
        {
            "inspection": stop.card.name,
            "subject": LINES[grade.line],
            "level": grade.level,
            "grade": grade.grade,
        }
        for stop in stops
        for grade in stop.grades
    ]
    subjects = [name for name in LINES.values() if any(v["subject"] == name for v in values)]
    labels = " : ".join(
        [*(f"datum.value == {at} ? split('{name}', ' ')" for at, name in enumerate(LEVELS)), "''"]
    )
    return {
        "data": {"values": values},
        "mark": {"type": "line", "point": {"size": 70}, "strokeWidth": 2},
        "encoding": {
            "x": {
                "field": "inspection",
                "type": "nominal",
                "sort": names,
                "title": None,
                "axis": {"labelAngle": 0, "labelLimit": 180},
            },
            "y": {
                "field": "level",
                "type": "quantitative",
                "scale": {"domain": [-0.2, len(LEVELS) - 0.8]},
                "axis": {
                    "values": list(range(len(LEVELS))),
                    "labelExpr": labels,
                    "labelLimit": 180,
                },
                "title": None,
            },
            "xOffset": {"field": "subject", "sort": subjects},
            "color": {
                "field": "subject",
                "type": "nominal",
                "sort": subjects,
                "scale": {"domain": subjects, "range": _colours(len(subjects))},
                "legend": {"title": None, "orient": "top", "columns": 2, "labelLimit": 300},
            },
            "shape": {"field": "subject", "type": "nominal", "sort": subjects, "legend": None},
            "tooltip": [
                {"field": "inspection", "title": "Inspection"},
                {"field": "subject", "title": "Judged"},
                {"field": "grade", "title": "Grade"},
            ],
        },
        "config": {part: {"labelColor": INK[dark]} for part in ("axis", "legend")},
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


def _colours(count: int) -> list[str]:
    return [COLOURS[at % len(COLOURS)] for at in range(count)]
