"""python -m bench.paragraphs: paragraph structure and reading speed against their targets.

Judges the export of `python -m ingest` with the gold standard and the printed numbers in
PILCROW_SHARED, and times reading against pypdf's plain text. Exits with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pypdf

from ingest.__main__ import main as ingest
from ingest.paragraphs import find_paragraphs
from ingest.readers import read_source

DEFAULT_SHARED = Path(__file__).parents[2] / "shared"
_EXPORT = "export.jsonl"
_TIMED_EACH = 6  # every sixth PDF is timed, and every third of those with pypdf: it is slow
_TIMED_BY_PYPDF_EACH = 3


@dataclass(frozen=True)
class Result:
    """One measure beside its target."""

    name: str
    value: float
    target: float
    at_least: bool = True  # else at most

    @property
    def is_met(self) -> bool:
        """Whether the value reaches the target."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        """The line of the table."""
        sign = "≥" if self.at_least else "≤"
        told = "met" if self.is_met else "MISSED"
        return f"{self.name:52s} {self.value:9.2f}  {sign} {self.target:<7g} {told}"


def export(shared: Path, folder: Path) -> None:
    """Write what `python -m ingest` makes of the inspections and the seeds to the folder."""
    paths = [str(shared / "corpora" / "inspections"), str(shared / "seeds")]
    ingest([*paths, "--jsonl", str(folder / _EXPORT)])


def quality(shared: Path, folder: Path) -> list[Result]:
    """The measures of the gold standard for an export."""
    total = _totals(shared / "gold", folder)

    def percent(part: str, *whole: str) -> float:
        return 100.0 * total[part] / max(sum(total[name] for name in whole), 1)

    return [
        Result("numbered precision, %", percent("num_tp", "num_tp", "num_fp"), 99.5),
        Result("numbered recall, %", percent("num_tp", "gold_num"), 99.5),
        Result("exact, % of all paragraphs", percent("exact", "gold_all"), 96.0),
        Result("unnumbered recall, %", percent("un_tp", "gold_un"), 95.0),
        Result("words lost, %", percent("lost", "gold_words"), 0.2, at_least=False),
        Result(
            "furniture inside, % of words", percent("contam", "gold_words"), 0.05, at_least=False
        ),
        Result("numbered that gold has not, %", percent("num_fp", "exp_num"), 0.3, at_least=False),
        Result("page_start right, %", percent("page_s", "page_n"), 99.5),
        Result("both pages right, %", percent("page_b", "page_n"), 99.0),
        Result("heading (lenient), %", percent("head_l", "head_n"), 95.0),
    ]


def numbers(shared: Path, folder: Path) -> tuple[list[Result], list[str]]:
    """How many PDFs print the numbers that were found, and what differs in the others."""
    listed = json.loads((shared / "gold" / "printed_numbers.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = defaultdict(list)
    for line in (folder / _EXPORT).read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["number"] is not None:
            found[record["doc"]].append(record["number"])
    printed: Mapping[str, Mapping[str, list[str]]] = listed["documents"]
    told = [
        f"{doc}: {_difference(facts['numbers'], found[doc])}"
        for doc, facts in printed.items()
        if facts["numbers"] != found[doc]
    ]
    same = len(printed) - len(told)
    return [Result(f"same printed numbers, of {len(printed)} PDFs", same, 125)], told


def _difference(printed: Sequence[str], found: Sequence[str]) -> str:
    missing = ", ".join((Counter(printed) - Counter(found)).elements()) or "none"
    extra = ", ".join((Counter(found) - Counter(printed)).elements()) or "none"
    return f"missing {missing}; not printed {extra}"


def speed(shared: Path) -> tuple[list[Result], str]:
    """Pages a CPU second from file to paragraphs, against pypdf's plain text in the same run."""
    files = sorted((shared / "corpora" / "inspections").glob("*.pdf"))[::_TIMED_EACH]
    pages = pages_of_pypdf = 0
    ours = theirs = 0.0
    for at, path in enumerate(files):
        content = path.read_bytes()
        start = time.process_time()
        source = read_source(content, path.name)
        find_paragraphs(source.pages)
        ours += time.process_time() - start
        pages += len(source.pages)
        if at % _TIMED_BY_PYPDF_EACH == 0:
            start = time.process_time()
            for page in pypdf.PdfReader(path).pages:
                page.extract_text()
            theirs += time.process_time() - start
            pages_of_pypdf += len(source.pages)
    fast, slow = pages / ours, pages_of_pypdf / theirs
    told = f"{fast:.0f} pages a CPU second to paragraphs and boxes, pypdf {slow:.0f} to plain text"
    return [Result("times as fast as pypdf's plain text", fast / slow, 2.5)], told


def _totals(gold: Path, folder: Path) -> Counter[str]:
    """The counts of score.py over all documents of the gold standard."""
    score = _module(gold / "score.py")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # score.py leaves closing to Python
        exported = score.load_exports(str(folder / _EXPORT))
    total: Counter[str] = Counter()
    for path in sorted([*gold.glob("dev/*.json"), *gold.glob("seeds/*.json")]):
        document = json.loads(path.read_text(encoding="utf-8"))
        total.update(score.score_doc(document, exported.get(score.stem(path.name), []), []))
    return total


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every measure beside its target; 1 where one is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.paragraphs", description=__doc__)
    shared = Path(os.environ.get("PILCROW_SHARED", DEFAULT_SHARED))
    parser.add_argument("--shared", type=Path, default=shared, help="folder of documents and gold")
    options = parser.parse_args(arguments)
    if not (options.shared / "gold").is_dir():
        print(f"There is no gold standard at {options.shared}; set PILCROW_SHARED to its folder.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        export(options.shared, Path(folder))
        results = quality(options.shared, Path(folder))
        counted, differing = numbers(options.shared, Path(folder))
    timed, told = speed(options.shared)
    results += counted + timed
    print(*results, *differing, told, sep="\n")
    return 0 if all(result.is_met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
