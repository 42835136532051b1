"""python -m eval claims | drafts."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from answer.check import check
from answer.check_commands import open_for_checks
from answer.directions import save
from answer.doubts import doubted
from answer.draft import read_draft
from answer.figure_check import mismatches
from answer.model_commands import add_model_reading, reading_model
from answer.progress import ProgressLine
from answer.remembered import RememberingEncoder
from answer.verify import split_sentences
from eval.claims import (
    Fitted,
    KnownClaim,
    Sample,
    elsewhere_sample,
    fit,
    learn_directions,
    read_claims,
    turned_sample,
    without_axes,
    write_weights,
)
from eval.drafts import Scored, read_expected, score, stray, tally
from eval.errors import EvalError
from index.encoder import Encoder
from index.library import Library

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
# Right claims called wrong, in cross-validation, at the thresholds.
FALSE_ALARMS = {"turned": 0.04, "turned by words": 0.03, "elsewhere": 0.02}
PENALTY = {"turned": 30.0, "turned by words": 10.0, "elsewhere": 1.0}


def add_claims(commands: _Commands) -> None:
    """Add `claims`: how well true claims are told from false ones, and the fit to them."""
    command = commands.add_parser("claims", help="tell true claims from false ones")
    command.set_defaults(action=_claims)
    command.add_argument("claims", type=Path, nargs="+", help="JSON Lines")
    command.add_argument("--library", type=Path, required=True, help="library folder")
    command.add_argument("--only", choices=list(PENALTY), help="one weighing")
    command.add_argument("--fit", action="store_true", help="write the weights that it fits")


def add_drafts(commands: _Commands) -> None:
    """Add `drafts`: how many planted errors a check of drafts finds."""
    command = commands.add_parser("drafts", help="check drafts with planted errors")
    command.set_defaults(action=_drafts)
    command.add_argument("folder", type=Path, help="drafts and their expected.jsonl")
    command.add_argument(
        "--library",
        action="append",
        required=True,
        metavar="NAME=DIR",
        help="the library of the drafts that name it; of all where no NAME is given",
    )
    command.add_argument("--only", metavar="TEXT", help="drafts whose names begin so")
    command.add_argument("--list", action="store_true", help="tell what was missed and why")
    command.add_argument("--json", type=Path, metavar="FILE", help="write the figures here")
    add_model_reading(command, "claims on which nothing is found")


# claims


def _claims(options: argparse.Namespace) -> int:
    claims = [claim for path in options.claims for claim in read_claims(path)]
    library, encoder = open_for_checks(options.library)
    kept = RememberingEncoder(encoder)
    if options.fit and options.only in (None, "turned"):
        save(learn_directions(library, kept))
    samples = _samples(claims, library, kept, options.only)
    fitted = {name: fit(one, PENALTY[name], FALSE_ALARMS[name]) for name, one in samples}
    if options.fit:
        write_weights(fitted)
    _put(_claims_lines(fitted, claims, library))
    return 0


def _samples(
    claims: Sequence[KnownClaim], library: Library, encoder: Encoder, only: str | None
) -> Iterator[tuple[str, Sample]]:
    if only != "elsewhere":
        turned = turned_sample(claims, library, encoder)
        every = {"turned": turned, "turned by words": without_axes(turned)}
        yield from ((name, one) for name, one in every.items() if only in (None, name))
    if only in (None, "elsewhere"):
        yield "elsewhere", elsewhere_sample(claims, library, encoder)


def _claims_lines(
    fitted: dict[str, Fitted], claims: Sequence[KnownClaim], library: Library
) -> Iterator[str]:
    for name, one in fitted.items():
        yield (
            f"{name}: AUROC {one.auroc:.3f}; {one.found:.0%} found at "
            f"{one.false_alarms:.1%} false alarms (cross-validated by paragraph)"
        )
    told: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for claim in claims:
        text = library.paragraph(claim.paragraph_id).paragraph.text
        every[claim.kind] += 1
        told[claim.kind] += bool(mismatches(claim.claim, split_sentences([text])))
    for kind, count in every.items():
        yield f"figures said to be wrong, {kind.replace('_', ' ')}: {told[kind]} of {count}"


# drafts


def _drafts(options: argparse.Namespace) -> int:
    model = reading_model(options)
    expected = read_expected(options.folder / "expected.jsonl")
    if options.only:
        expected = [one for one in expected if one.draft.startswith(options.only)]
    if not expected:
        raise EvalError(f"{options.folder} holds no drafts of that name.")
    folders = dict(_named_folder(text) for text in options.library)
    opened: dict[Path, tuple[Library, Encoder]] = {}
    scored: list[Scored] = []
    strays = 0
    for draft in dict.fromkeys(one.draft for one in expected):
        wanted = [one for one in expected if one.draft == draft]
        folder = folders.get(wanted[0].library, folders.get(""))
        if folder is None:
            raise EvalError(f"{draft} is about the library {wanted[0].library!r}; give it too.")
        if folder not in opened:
            library, encoder = open_for_checks(folder)
            opened[folder] = library, RememberingEncoder(encoder)
        library, encoder = opened[folder]
        parts = read_draft(options.folder / draft)
        checked = check(parts, library, encoder)
        if model is not None:
            checked = doubted(checked, model, ProgressLine(sys.stderr, draft))
        findings = checked.findings
        scored += score(wanted, findings)
        strays += len(stray(findings, wanted))
    figures = tally(scored, strays)
    _put([*figures.lines(), *_by_kind(scored), *(_listed(scored) if options.list else ())])
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(figures), indent=2) + "\n", encoding="utf-8")
    return 0


def _by_kind(scored: Sequence[Scored]) -> Iterator[str]:
    errors = [one for one in scored if not one.expected.correct]
    for kind in sorted({one.expected.kind for one in errors}):
        some = [one for one in errors if one.expected.kind == kind]
        found = sum(bool(one.told) for one in some)
        well = sum(one.named_well for one in some)
        yield f"  {kind.replace('_', ' ')}: {found} of {len(some)} found, {well} named well"


def _listed(scored: Sequence[Scored]) -> Iterator[str]:
    for one in scored:
        wanted = one.expected
        if not wanted.correct and not one.told:
            yield f"missed {wanted.id} [{wanted.kind}] {wanted.sentence}"
        for finding in one.told if wanted.correct else ():
            yield f"false alarm {wanted.id} [{finding.kind}] {wanted.sentence}: {finding.message}"


def _named_folder(text: str) -> tuple[str, Path]:
    name, equals, folder = text.partition("=")
    return (name, Path(folder)) if equals else ("", Path(text))


def _put(lines: Sequence[str] | Iterator[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
