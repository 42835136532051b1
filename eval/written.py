"""Are the sentences that a language model wrote supported by what they cite?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answer.written import UNCITED, about, objection
from eval.errors import EvalError
from index.errors import LibraryError
from index.library import Library

NOT_HELD = "cites a paragraph that the library does not hold"


@dataclass(frozen=True, slots=True)
class WrittenOutcome:
    """One sentence, held against the library anew."""

    id: str
    text: str
    citations: tuple[str, ...]
    reason: str | None  # why it is not supported


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What came of the written answers of a question set."""

    answers: int
    written: int  # answers that stand; of the others the quoted answer stood alone
    fallbacks: Mapping[str, int]  # why, and how often
    supported: int
    unsupported: int
    outcomes: tuple[WrittenOutcome, ...]


def read_written(path: Path) -> list[dict[str, Any]]:
    """The answers in a file of `python -m answer ask --questions FILE --written --jsonl FILE`.

    Raises EvalError, naming the line, where one is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise EvalError(f"The answers in {path} cannot be read: {exc}.") from exc
    return [_read(line, path, at) for at, line in enumerate(lines, start=1) if line.strip()]


def _read(line: str, path: Path, at: int) -> dict[str, Any]:
    try:
        answer: dict[str, Any] = json.loads(line)
        for sentence in answer["written"]["sentences"]:
            "".join([sentence["text"], *sentence["citations"]])
        if answer["status"] != "error" and "status" in answer["written"]:
            return answer
    except (ValueError, KeyError, TypeError):
        pass
    raise EvalError(
        f"Line {at} of {path} is no written answer; make the file with "
        "`python -m answer ask --questions FILE --written --jsonl FILE`."
    )


def check_written(answers: Sequence[Mapping[str, Any]], library: Library) -> WrittenReport:
    """Hold every written sentence against the paragraphs it cites, as the library has them."""
    outcomes = tuple(one for answer in answers for one in _outcomes(answer, library))
    written = [answer["written"] for answer in answers]
    failed = [one for one in written if one["status"] != "written"]
    supported = sum(one.reason is None for one in outcomes)
    return WrittenReport(
        answers=len(written),
        written=len(written) - len(failed),
        fallbacks=Counter(str(one.get("reason")) for one in failed),
        supported=supported,
        unsupported=len(outcomes) - supported,
        outcomes=outcomes,
    )


def _outcomes(answer: Mapping[str, Any], library: Library) -> Iterator[WrittenOutcome]:
    for sentence in answer["written"]["sentences"]:
        citations = tuple(sentence["citations"])
        reason = _reason(sentence["text"], citations, library)
        yield WrittenOutcome(str(answer.get("id", "")), sentence["text"], citations, reason)


def _reason(claim: str, citations: Sequence[str], library: Library) -> str | None:
    if not citations:
        return UNCITED
    texts, known = [], []
    for citation in citations:
        try:
            cited = library.paragraph(citation)
        except LibraryError:
            return NOT_HELD
        document = library.card(cited.document_id).document
        texts.append(cited.paragraph.text)
        known.append(
            about(
                document.title,
                document.authority,
                document.year,
                document.kind,
                cited.paragraph.heading,
            )
        )
    return objection(claim, texts, " ".join(known), library.encoder())


def written_text(report: WrittenReport) -> str:
    """The report for a terminal."""
    sentences = report.supported + report.unsupported
    lines = [
        f"{report.written} of {report.answers} answers written; "
        f"{report.supported} of {sentences} sentences supported by what they cite."
    ]
    lines += [f"  not written, {count} times: {why}" for why, count in report.fallbacks.items()]
    lines += [
        f"  {one.id}: {one.reason}: {one.text}" for one in report.outcomes if one.reason is not None
    ]
    return "\n".join(lines)
