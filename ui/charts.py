"""Charts as Vega-Lite specifications, each with its text alternative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.metrics import NAMES
from eval.model import Mean

Series = Mapping[str, Mapping[str, Mean]]  # {name: {measure: mean}}
ROW = 18  # pixels
AROUND = 110  # pixels: legend and axis
COLOURS = ("#2a8077", "#b8602a", "#7a5fb0", "#6b7280", "#a84a6e")  # 3:1 on light and on dark
INK = {False: "#4b5056", True: "#d5d2cb"}  # of labels, 4.5:1 on light and on dark ground


def interval_chart(series: Series, *, dark: bool) -> dict[str, Any]:
    """Each measure's mean with its interval, one mark for each of the series beneath another.

    Shapes tell the series apart where colours cannot. The framework's own grey for labels is too
    pale on light ground.
    """
    names = list(series)
    values = [
        {"measure": measure, "series": name, **_bounds(means[measure])}
        for name, means in series.items()
        for measure in NAMES
    ]
    place = {
        "y": {"field": "measure", "type": "nominal", "sort": list(NAMES), "title": None},
        "yOffset": {"field": "series", "type": "nominal", "sort": names},
        "color": {
            "field": "series",
            "type": "nominal",
            "sort": names,
            "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
            "legend": {"title": None, "orient": "top", "columns": 2, "labelLimit": 300},
        },
    }
    scale = {"domain": [0, 1]}
    axis = {"values": [0, 0.2, 0.4, 0.6, 0.8, 1], "format": ".1f"}
    return {
        "data": {"values": values},
        "encoding": place,
        "config": {part: {"labelColor": INK[dark]} for part in ("axis", "legend")},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "x": {
                        "field": "low",
                        "type": "quantitative",
                        "scale": scale,
                        "axis": axis,
                        "title": None,
                    },
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
                "encoding": {
                    "x": {"field": "mean", "type": "quantitative", "scale": scale},
                    "shape": {"field": "series", "type": "nominal", "sort": names},
                    "tooltip": [
                        {"field": "series", "title": "Questions"},
                        {"field": "measure", "title": "Measure"},
                        {"field": "mean", "format": ".3f", "title": "Mean"},
                        {"field": "low", "format": ".3f", "title": "From"},
                        {"field": "high", "format": ".3f", "title": "To"},
                    ],
                },
            },
        ],
    }


def chart_height(series: Series) -> int:
    """Pixels for the chart with its legend and axis, so that nothing below it moves later."""
    return ROW * (len(series) + 1) * len(NAMES) + AROUND


def chart_text(series: Series) -> str:
    """The same figures in words, for those who do not see the chart."""
    parts = []
    for name, means in series.items():
        figures = ", ".join(f"{measure} {_words(means[measure])}" for measure in NAMES)
        parts.append(f"{name}: {figures}.")
    return " ".join(["Means with 95 % intervals.", *parts])


def _bounds(mean: Mean) -> dict[str, float]:
    return {"mean": mean.mean, "low": mean.low, "high": mean.high}


def _words(mean: Mean) -> str:
    return f"{mean.mean:.3f} ({mean.low:.2f} to {mean.high:.2f})"
