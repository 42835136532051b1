"""python -m bench.large: how a library behaves as it grows, beside the targets.

Makes libraries of recombined paragraphs (bench/made.py), asks them the questions of PILCROW_SHARED
and others of ten words, adds a document and removes one. Every step runs in a process of its own,
on one thread; times are processor time without encoding and reranking. With --docs the table and
a chart go to docs/large.md. `--sizes 10000` is a short form.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.chart import chart
from bench.figures import Figure, verdict
from bench.steps import Measures, run_step
from eval.report import table

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
STEPS = ("make", "ask", "add", "remove")
SEARCH_MS = {10_000: 15, 100_000: 30, 1_000_000: 80}
OPEN_SECONDS = {100_000: 1, 1_000_000: 5}
# What is measured: its key, what it is called, its target by size, how it is printed.
ROWS: tuple[tuple[str, str, dict[int, float], str], ...] = (
    ("writing", "write 10,000 paragraphs to the tables, s", {}, ".1f"),
    ("indexing", "make the indexes, s", {}, ".1f"),
    ("make_memory", "peak memory of that, GB", {1_000_000: 3}, ".2f"),
    ("open", "open, s", OPEN_SECONDS, ".2f"),
    ("first", "first search after that, s", {}, ".2f"),
    ("search", "search, ms (p50)", SEARCH_MS, ".1f"),
    ("search_p95", "search, ms (p95)", {}, ".1f"),
    ("ten_words", "ten words, ms (p50)", SEARCH_MS, ".1f"),
    ("authority", "with an authority, ms (p50)", SEARCH_MS, ".1f"),
    ("years", "with years, ms (p50)", SEARCH_MS, ".1f"),
    ("recommendations", "recommendations only, ms (p50)", SEARCH_MS, ".1f"),
    ("subject", "with a subject, ms (p50)", SEARCH_MS, ".1f"),
    ("judgement", "with a judgement, ms (p50)", SEARCH_MS, ".1f"),
    ("slowest_filter", "a filter's first use, s, at most", {}, ".2f"),
    ("search_memory", "peak memory of a search, GB", {1_000_000: 3}, ".2f"),
    ("recall", "recall@10 against exact", dict.fromkeys(SIZES, 0.99), ".3f"),
    ("recall_authority", "recall@10 with an authority", dict.fromkeys(SIZES, 0.99), ".3f"),
    ("recall_years", "recall@10 with years", dict.fromkeys(SIZES, 0.99), ".3f"),
    ("recall_subject", "recall@10 with a subject", dict.fromkeys(SIZES, 0.99), ".3f"),
    ("add", "add a document, s", {1_000_000: 5}, ".2f"),
    ("add_memory", "peak memory of that, GB", {1_000_000: 3}, ".2f"),
    ("reopen", "open again after that, s", OPEN_SECONDS, ".2f"),
    ("remove", "remove a document, s", {}, ".2f"),
    ("remove_memory", "peak memory of that, GB", {1_000_000: 3}, ".2f"),
    ("disk", "disk, GB", {}, ".2f"),
)
CHARTED = ("indexing", "open", "search", "add", "remove", "search_memory", "disk")


def measure(size: int, options: argparse.Namespace) -> Measures:
    """Run every step on a library of so many paragraphs, which is taken away again."""
    measured: Measures = {}
    for step in STEPS:
        command = [sys.executable, "-m", "bench.large", "--step", step, "--sizes", str(size)]
        command += ["--work", str(options.work), "--shared", str(options.shared)]
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        measured |= json.loads(done.stdout.splitlines()[-1])
        print(f"{size:,}: {step} done", file=sys.stderr)
    return measured


def rows(found: dict[int, Measures]) -> list[list[str]]:
    """The table: a line for each measure, figures beside their targets."""
    head = ["CPU time, one thread", *(f"{size:,}" for size in found)]
    return [
        head,
        *(
            [name, *(_cell(one.get(key), targets.get(size), form) for size, one in found.items())]
            for key, name, targets, form in ROWS
        ),
        ["nearest vectors", *(str(one.get("kind", "")) for one in found.values())],
    ]


def _cell(value: float | str | None, target: float | None, form: str) -> str:
    if not isinstance(value, int | float):
        return ""
    return f"{value:{form}}" + (f" ({target:g})" if target is not None else "")


def write_docs(found: dict[int, Measures], folder: Path) -> None:
    """Put table and chart into docs/large.md."""
    series = [
        (name, {size: float(one[key]) for size, one in found.items() if key in one}, targets)
        for key, name, targets, _ in ROWS
        if key in CHARTED
    ]
    (folder / "large.svg").write_text(chart(series), encoding="utf-8")
    path = folder / "large.md"
    head, _, rest = path.read_text(encoding="utf-8").partition("<!-- table -->\n")
    _, _, tail = rest.partition("<!-- end -->\n")
    middle = f"<!-- table -->\n{table(rows(found))}\n<!-- end -->\n"
    path.write_text(head + middle + tail, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and write it where --docs says."""
    parser = argparse.ArgumentParser(prog="python -m bench.large", description=__doc__)
    shared = os.environ.get("PILCROW_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="paragraphs")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "large", help="6 GB of room")
    parser.add_argument("--docs", type=Path, help="a folder with large.md")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        (size,) = options.sizes
        print(json.dumps(run_step(options.step, size, options.work, options.shared)))
        return 0
    found = {}
    for size in options.sizes:
        found[size] = measure(size, options)
        (options.work / "measured.json").write_text(json.dumps(found), encoding="utf-8")
    print(table(rows(found)))
    if options.docs:
        write_docs(found, options.docs)
    return verdict(figures(found))


def figures(found: dict[int, Measures]) -> list[Figure]:
    """What has a target: a recall is to be at least that, the rest at most."""
    return [
        Figure(f"{name} at {size:,}", "", "", float(one[key]), targets[size], _is_recall(key))
        for key, name, targets, _ in ROWS
        for size, one in found.items()
        if size in targets and key in one
    ]


def _is_recall(key: str) -> bool:
    return key.startswith("recall")


if __name__ == "__main__":
    sys.exit(main())
