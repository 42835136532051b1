"""python -m bench.peers: Pilcrow beside four libraries, over the same PDFs and questions.

Every system builds and is asked in processes of its own, one after the other on one thread, with
the peers' own environment (`make bench-peers` makes it). Prints the table, and
fails where a peer is ahead of Pilcrow with the peers' model in quality, in time to build or of a
question.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.peers.few import few
from bench.peers.judge import Judge, seen
from bench.peers.report import OURS, Measured, behind, document, missed, table_of
from eval.questions import read_questions
from index.encoder import GENERAL_MODEL, find_model, load_encoder
from index.library import Library

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("PILCROW_SHARED", ROOT.parent / "shared"))
WORK = ROOT / "build" / "peers"
THEIRS = ROOT / "build" / "peers-venv"
SYSTEMS = {  # name -> the one whose build it asks
    "general": "general",
    "llamaindex": "llamaindex",
    "txtai": "txtai",
    "langchain": "langchain",
    "haystack": "haystack",
    "shipped": "shipped",
    "unranked": "shipped",
}
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HF_HUB_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "ANONYMIZED_TELEMETRY": "False",
}


def python_of(name: str) -> str:
    """The interpreter of the environment in which a system is installed."""
    if name in OURS:
        return sys.executable
    return str(THEIRS / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def stage(name: str, what: str, source: Path, folder: Path, out: Path) -> None:
    """Do one stage of a system in a process of its own."""
    command = [python_of(name), "-m", "bench.peers.run", name, what]
    arguments = [str(path) for path in (source, folder, out)]
    environment = os.environ | ENVIRONMENT
    done = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(f"{name} could not {what}; see what it says above.")


def measure(name: str, pdfs: Path, questions: Path, work: Path) -> None:
    """Build and ask one system; what it measured goes to the work folder."""
    built = SYSTEMS[name]
    folder = work / "kept" / built
    if built == name:
        shutil.rmtree(folder, ignore_errors=True)
        stage(name, "build", pdfs, folder, work / f"{name}-build.json")
    stage(name, "ask", questions, folder, work / f"{name}-ask.json")


def measured(work: Path, questions: Path) -> list[Measured]:
    """What the systems that have run came to, judged."""
    library = Library.open(work / "kept" / "general")
    ids = [card.document.document_id for card in library.documents()]
    judge = Judge([library.document(one) for one in ids], read_questions(questions))
    encoder = load_encoder(find_model(GENERAL_MODEL))
    rows = []
    for name, built in SYSTEMS.items():
        files = [work / f"{built}-build.json", work / f"{name}-ask.json"]
        if all(file.is_file() for file in files):
            build, ask = (json.loads(file.read_text(encoding="utf-8")) for file in files)
            found = ask.pop("found")
            cut = 1.0 if name in OURS else seen(found, encoder)  # ours are embedded in windows
            rows.append(Measured(name, build, ask, judge.read(found), judge.kind(found), cut))
    return rows


def main() -> int:
    """Measure all systems, or only tell what the last run measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--pdfs", type=Path, default=SHARED / "corpora" / "inspections")
    parser.add_argument(
        "--questions", type=Path, default=SHARED / "eval" / "inspections.questions.jsonl"
    )
    parser.add_argument("--few", type=int, help="only so many PDFs and the questions about them")
    parser.add_argument("--work", type=Path, default=WORK)
    parser.add_argument("--told", action="store_true", help="only tell what the last run measured")
    parser.add_argument("--docs", type=Path, help="where to write the page of the run")
    options = parser.parse_args()
    pdfs, questions, work = options.pdfs, options.questions, options.work
    if options.few:
        work = work / "few"
        pdfs, questions = few(pdfs, questions, options.few, work / "given")
    if not options.told:
        run(pdfs, questions, work)
    rows = measured(work, questions)
    print(table_of(rows))
    if options.docs:
        size = (len(list(pdfs.glob("*.pdf"))), len(read_questions(questions)))
        options.docs.write_text(document(rows, *size), encoding="utf-8", newline="\n")
    for line in behind(rows):
        print(line)
    short = missed(rows)
    print(f"Targets missed: {' '.join(short)}" if short else "With the same model all targets met.")
    return int(bool(short))


def run(pdfs: Path, questions: Path, work: Path) -> None:
    """Measure all systems anew."""
    work.mkdir(parents=True, exist_ok=True)
    for file in work.glob("*.json"):
        file.unlink()
    for name in SYSTEMS:
        measure(name, pdfs, questions, work)


if __name__ == "__main__":
    sys.exit(main())
