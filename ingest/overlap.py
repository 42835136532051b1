"""Two files of one report, recognised by what they say."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Document

_WORD = re.compile(r"[a-z0-9]+")
# Eight words in a row: reports of one year share phrases of the method, but hardly any so long.
_RUN = 8
# One run in eight is looked at, the same ones in every document: enough for a share in percent.
_SAMPLE = 8
_FEWEST_RUNS = 12
# Of the longer one's runs. Different reports share below 0.1, a PDF and its own text above 0.9
# (127 inspection reports and the text of one of them); a web page that quotes a report's
# summary has a small part of its runs.
SAME_SHARE = 0.5
_MOST_HOLDERS = 20  # documents that share one run; more of them share a phrase of the method


@dataclass(frozen=True, slots=True)
class SameReport:
    """Two documents that hold the same words."""

    first: Document
    second: Document
    share: float  # of the longer one's runs of words that both have


def same_report(documents: Sequence[Document]) -> tuple[SameReport, ...]:
    """The pairs of documents that are one report, in the documents' order."""
    runs = [content_sample(document) for document in documents]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for n, sample in enumerate(runs):
        for run in sample:
            holders[run].append(n)
    shared = Counter(pair for holding in holders.values() for pair in _pairs(holding))
    return tuple(
        SameReport(documents[first], documents[second], share)
        for (first, second), count in sorted(shared.items())
        if (share := count / max(len(runs[first]), len(runs[second]))) >= SAME_SHARE
    )


def content_sample(document: Document) -> frozenset[int]:
    """Numbers that stand for some of the runs of words in the document, the same every time."""
    words = [
        word
        for paragraph in document.paragraphs
        if paragraph.kind != "boilerplate"
        for word in _WORD.findall(paragraph.text.lower())
    ]
    runs = (" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))
    sample = frozenset(code for run in runs if not (code := zlib.crc32(run.encode())) % _SAMPLE)
    return sample if len(sample) >= _FEWEST_RUNS else frozenset()


def same_report_warning(other: str, share: float) -> str:
    """What is said of a document that is one report with another."""
    return (
        f"it is the same report as {other} ({share:.0%} of the words); "
        "keep one of them, or every finding is found twice"
    )


def with_same_reports_said(documents: Sequence[Document]) -> list[Document]:
    """The documents, with a warning in each of two that are one report."""
    said: defaultdict[int, list[str]] = defaultdict(list)
    places = {id(document): n for n, document in enumerate(documents)}
    for pair in same_report(documents):
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            said[places[id(one)]].append(same_report_warning(other.doc, pair.share))
    return [
        replace(document, warnings=(*document.warnings, *said[n])) if said[n] else document
        for n, document in enumerate(documents)
    ]


def _pairs(holding: Sequence[int]) -> Iterator[tuple[int, int]]:
    if 1 < len(holding) <= _MOST_HOLDERS:
        yield from (
            (first, second) for n, first in enumerate(holding) for second in holding[n + 1 :]
        )
