"""Small charts side by side, as one SVG: how each measure grows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import TypeAlias

# A name, its values by size, its targets by size.
Series: TypeAlias = tuple[str, Mapping[int, float], Mapping[int, float]]

_ACROSS = 3
_WIDTH, _HEIGHT = 270, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 38, 34, 28
_STYLE = (
    "text{font:11px sans-serif;fill:#333}.name{font-weight:600}.axis{stroke:#bbb}"
    ".line{fill:none;stroke:#1d5b99;stroke-width:2}.dot{fill:#1d5b99}"
    ".target{stroke:#c0392b;stroke-width:2;stroke-dasharray:4 3}"
)


def chart(series: Sequence[Series]) -> str:
    """All of them; both axes are logarithmic, a target is a dashed stroke over its size."""
    height = math.ceil(len(series) / _ACROSS) * _HEIGHT
    panels = [
        f'<g transform="translate({place % _ACROSS * _WIDTH},{place // _ACROSS * _HEIGHT})">'
        f"{_panel(*one)}</g>"
        for place, one in enumerate(series)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_ACROSS * _WIDTH} {height}" '
        'role="img" aria-label="How each measure grows with the number of paragraphs">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(panels)}</svg>\n"
    )


def _panel(name: str, values: Mapping[int, float], targets: Mapping[int, float]) -> str:
    shown = {size: target for size, target in targets.items() if size in values}
    across = _Scale([*values], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([*values.values(), *shown.values()], _HEIGHT - _BOTTOM, _TOP)
    points = " ".join(f"{across(size):.1f},{up(value):.1f}" for size, value in values.items())
    parts = [
        f'<text class="name" x="{_LEFT}" y="20">{escape(name)}</text>',
        *(_tick_up(up, value) for value in up.ticks()),
        *(_tick_across(across(size), size) for size in values),
        f'<polyline class="line" points="{points}"/>',
        *(
            f'<circle class="dot" cx="{across(size):.1f}" cy="{up(value):.1f}" r="3">'
            f"<title>{size:,}: {value:.3g}</title></circle>"
            for size, value in values.items()
        ),
        *(
            f'<path class="target" d="M{across(size) - 14:.1f} {up(target):.1f}h28">'
            f"<title>target for {size:,}: {target:g}</title></path>"
            for size, target in shown.items()
        ),
    ]
    return "".join(parts)


def _tick_up(up: _Scale, value: float) -> str:
    y = up(value)
    line = f'<path class="axis" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
    return f'{line}<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>'


def _tick_across(x: float, size: int) -> str:
    y = _HEIGHT - _BOTTOM + 16
    return f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{size:,}</text>'


class _Scale:
    """Numbers as places between two ends, by their logarithms, from one power of 10 to another."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        logs = [math.log10(max(value, 1e-4)) for value in values]
        self._low = math.floor(min(logs))
        self._high = max(math.ceil(max(logs)), self._low + 1)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        share = (math.log10(max(value, 1e-4)) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)

    def ticks(self) -> list[float]:
        """The powers of 10."""
        return [10.0**power for power in range(self._low, self._high + 1)]
