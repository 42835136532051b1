"""python -m bench.lexical: word search engines side by side at 10,000 to 1,000,000 paragraphs.

The paragraphs are those of the inspections in PILCROW_SHARED, recombined (bench/recombined.py), and
the questions the first thirty of ten words of train/questions.jsonl. Every engine builds and asks
in a process of its own, with one thread and the same words. Writes the table of docs/lexical.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.recombined import recombined
from eval.report import table
from index.query import Knowledge, concepts, plan_query
from ingest.__main__ import main as ingest

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
QUESTIONS = 30
WORDS = 10  # of a question
ENGINES = {  # module: name in the table
    "fts5": "FTS5, bm25()",
    "bm25s_numpy": "bm25s",
    "tantivy_english": "tantivy",
    "ours": "Pilcrow",
}
OTHERS = ("bm25s_numpy", "tantivy_english")  # in an environment of their own
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
COLUMNS = {
    "words": "question's words, CPU ms",
    "concepts": "its concepts, CPU ms",
    "open": "open, CPU s",
    "memory": "peak MB, asking",
    "build": "build, CPU s",
    "build_memory": "peak MB, building",
    "disk": "disk MB",
}
Figures = Mapping[str, float]


def real_texts(shared: Path, work: Path) -> list[str]:
    """The paragraphs of the published reports; they are read once."""
    read = work / "paragraphs.jsonl"
    if not read.exists():
        ingest([str(shared / "corpora" / "inspections"), "--jsonl", str(read)])
    with read.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def write_texts(real: Sequence[str], count: int, path: Path) -> None:
    """A file of recombined paragraphs, one a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{text}\n" for text in recombined(real, count))


def write_questions(path: Path) -> None:
    """The questions twice: the words that search looks for, and all the ways to say them."""
    lines = (ROOT / "train" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [question for line in lines for question in json.loads(line)["questions"]]
    chosen = [question for question in asked if len(question.split()) == WORDS][:QUESTIONS]
    plans = [plan_query(question, Knowledge()) for question in chosen]
    both = {
        "words": [[[term] for term in plan.terms] for plan in plans],
        "concepts": [concepts(plan) for plan in plans],
    }
    path.write_text(json.dumps(both), encoding="utf-8")


def measured(engine: str, work: Path, others: Path) -> Figures:
    """What one engine takes to build an index of the texts and to ask it."""
    folder = work / engine
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    python = others if engine in OTHERS else Path(sys.executable)
    found: dict[str, float] = {}
    for task, given in (("build", "texts.txt"), ("ask", "questions.json")):
        command = [python, "-m", f"bench.engines.{engine}", task, folder, work / given]
        done = subprocess.run(
            list(map(str, command)),
            cwd=ROOT,
            env=os.environ | ONE_THREAD,
            stdout=subprocess.PIPE,
            check=True,
        )
        found |= json.loads(done.stdout)
    shutil.rmtree(folder)
    return found


def row(count: int, engine: str, figures: Figures) -> list[str]:
    """A line of the table."""
    digits = {"words": 1, "concepts": 1, "open": 2, "build": 1}
    shown = [f"{figures[key]:,.{digits.get(key, 0)}f}" for key in COLUMNS]
    return [f"{count:,}", ENGINES[engine], *shown]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every engine at every size."""
    parser = argparse.ArgumentParser(prog="python -m bench.lexical", description=__doc__)
    shared = os.environ.get("PILCROW_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "lexical")
    parser.add_argument("--others", type=Path, required=True, help="python of the other engines")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "lexical.md")
    options = parser.parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    real = real_texts(options.shared, options.work)
    write_questions(options.work / "questions.json")
    rows = []
    for count in options.sizes:
        write_texts(real, count, options.work / "texts.txt")
        for engine in ENGINES:
            figures = measured(engine, options.work, options.others)
            rows.append(row(count, engine, figures))
            print(*rows[-1], sep=" | ", flush=True)
    template = (ROOT / "bench" / "lexical.md").read_text(encoding="utf-8")
    text = template.format(table=table([["paragraphs", "engine", *COLUMNS.values()], *rows]))
    options.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
