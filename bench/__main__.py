"""python -m bench: every figure of speed beside its target, one measurement after the other.

What needs an environment of its own (peers, other word engines) is measured where `make
bench-peers` and `make bench-lexical` have made it, and in a short form.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Part:
    """One measurement: a module of bench/ and how it is called."""

    title: str
    module: str
    arguments: tuple[str, ...] = ()
    needs: str = ""  # an interpreter that another target installs
    made_by: str = ""
    targets: bool = True  # whether it has any


PARTS = (
    Part("Encoding: OpenVINO beside sentence-transformers", "bench.encoding"),
    Part("Reading: what a build waits for, 24 reports", "bench.building", ("--few", "24")),
    Part(
        "Peers: Pilcrow beside four libraries, 8 reports",
        "bench.peers",
        ("--few", "8"),
        needs="build/peers-venv/bin/python",
        made_by="make bench-peers",
    ),
    Part("Large: a library of 10,000 paragraphs", "bench.large", ("--sizes", "10000")),
    Part("Load: the page with 20 and 50 sessions", "bench.load"),
    Part(
        "Words: search engines side by side, 10,000 paragraphs",
        "bench.lexical",
        (
            *("--others", "build/engines/bin/python"),
            *("--sizes", "10000", "--out", "build/lexical-short.md"),
        ),
        needs="build/engines/bin/python",
        made_by="make bench-lexical",
        targets=False,
    ),
)


def run(part: Part) -> str:
    """Measure one part, which prints its own table, and say how it ended."""
    print(f"\n## {part.title}\n", flush=True)
    if part.needs and not (ROOT / part.needs).exists():
        return f"not measured: `{part.made_by}` installs what it needs"
    command = [sys.executable, "-m", part.module, *part.arguments]
    done = subprocess.run(command, cwd=ROOT, check=False)
    met = "all targets met" if part.targets else "measured"
    return {0: met, 1: "a target MISSED"}.get(done.returncode, "FAILED")


def main(parts: Sequence[Part] = PARTS) -> int:
    """Measure all parts and sum up; 1 where a target is missed."""
    told = {part.title: run(part) for part in parts if find_spec(part.module)}
    print("\n## In short\n")
    for title, end in told.items():
        print(f"- {title}: {end}.")
    return int(any("MISSED" in end or "FAILED" in end for end in told.values()))


if __name__ == "__main__":
    sys.exit(main())
