"""python -m bench.peers.run SYSTEM build|ask: one system's work, in a process of its own.

Runs in the system's own environment and writes what it measured of itself as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from bench.peers.system import System

TOP_K = 20
MAKERS = {
    "llamaindex": ("with_llamaindex", "Peer"),
    "haystack": ("with_haystack", "Peer"),
    "langchain": ("with_langchain", "Peer"),
    "txtai": ("with_txtai", "Peer"),
    "general": ("with_pilcrow", "general"),
    "shipped": ("with_pilcrow", "shipped"),
    "unranked": ("with_pilcrow", "unranked"),
}


def system(name: str) -> System:
    """The system of that name, its library imported."""
    module, maker = MAKERS[name]
    made: System = getattr(import_module(f"bench.peers.{module}"), maker)()
    return made


def processor_seconds() -> float:
    """Of this process since its start and of those it has waited for, all threads together."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def build(name: str, pdfs: Path, folder: Path) -> dict[str, object]:
    """Build and say what it took, from the start of the process."""
    folder.mkdir(parents=True)
    pieces = system(name).build(pdfs, folder)
    return {"pieces": pieces, "seconds": processor_seconds(), "megabytes": megabytes()}


def ask(name: str, questions: Path, folder: Path) -> dict[str, object]:
    """Put every question and say what was found and what it took."""
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    one = system(name)
    one.open(folder)
    one.search(asked[0]["question"], TOP_K)
    first = processor_seconds()
    found, seconds = {}, []
    for question in asked:
        started = processor_seconds()
        chunks = one.search(question["question"], TOP_K)
        seconds.append(processor_seconds() - started)
        found[question["id"]] = [(chunk.doc, chunk.text) for chunk in chunks]
    return {"first": first, "each": seconds, "megabytes": megabytes(), "found": found}


def main(name: str, stage: str, source: str, folder: str, out: str) -> None:
    """Do one stage; the measures go to the file `out`."""
    started = time.time()
    work = {"build": build, "ask": ask}[stage]
    measured = work(name, Path(source), Path(folder))
    measured["wall"] = time.time() - started
    Path(out).write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
