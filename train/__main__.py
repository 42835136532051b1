"""python -m train: data, encoder, reranker."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np

from eval.measured import measured
from eval.questions import read_questions, resolve
from eval.report import report_text
from eval.runs import evaluate, write_report
from index.encoder import GENERAL_MODEL, OWN_MODEL, find_model, load_encoder
from index.library import Library
from index.reranker import load_reranker
from index.search import SearchConfig
from ingest.command_line import exit_status, whole_number
from train.calibration import write_calibration
from train.candidates import Asked, gather, questions_of
from train.cross_fitted import cross_fitted_library
from train.data import match, read_items, read_sources, write_items
from train.encoder import EncoderRecipe, encode, load_base, tune_encoder
from train.errors import TrainingError
from train.examples import Example, make_examples, others
from train.folds import assign_folds
from train.held_back import HeldBack, measure_held_back
from train.reranker import RerankerRecipe, tune_reranker
from train.shipping import ship
from train.tune import RECIPE, read_judged, tune
from train.weights import Read, Swept, calibrated, keep, sweep_dense, sweep_reading

QUESTIONS = Path(__file__).parent / "questions.jsonl"
MODELS = Path(__file__).parent.parent / "models"
BARRED = ("Wandsworth",)  # the authority of the seed questions
FOLDS = 3
SEED = 1
OTHERS = 1000  # paragraphs beside the examples' own, drawn at random, that held-back figures use
_Run: TypeAlias = Callable[[argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_Recipe = TypeVar("_Recipe", EncoderRecipe, RerankerRecipe)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 2 nothing could be done."""
    return exit_status(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    run: _Run = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data = commands.add_parser("data", help="match questions to the paragraphs of a library")
    data.add_argument("source", type=Path, help="lines with id, doc, text, questions")
    data.add_argument("--judged", type=Path, nargs="*", default=[], help="question sets to spare")
    data.add_argument("--out", type=Path, default=QUESTIONS)
    data.add_argument("--library", type=Path, default=Path("library"), metavar="DIR")
    data.set_defaults(run=_data)
    encoder = _tuning(commands, "encoder", _encoder, "tune the encoder")
    encoder.add_argument("--figures", type=Path, help="file for the held-back figures")
    reranker = _tuning(commands, "reranker", _reranker, "tune the reranker")
    reranker.add_argument(
        "--base", type=Path, help="folder of the encoder that it grows from; default: our own"
    )
    own = commands.add_parser("tune", help="tune the library's encoder on your own judgements")
    own.add_argument(
        "questions", type=Path, nargs="*", help="question sets; default: those of the library"
    )
    own.add_argument("--library", type=Path, default=Path("library"), metavar="DIR")
    own.add_argument("--out", type=Path, help="folder of the model; default: in the library's")
    own.add_argument("--recipe", default="{}", help="JSON object of settings to change")
    own.set_defaults(run=_tune)
    weights = commands.add_parser("weights", help="choose again what meaning weighs, and keep it")
    weights.add_argument(
        "libraries", type=Path, nargs="+", help="each built with an encoder that is new to it"
    )
    weights.add_argument(
        "--rerankers", type=Path, nargs="+", default=[], help="new to each library, in its order"
    )
    weights.add_argument(
        "--calibrate", type=Path, metavar="FOLDER", help="the reranker that takes their line"
    )
    weights.add_argument("--questions", type=Path, default=QUESTIONS)
    weights.add_argument("--most", type=whole_number, default=300, help="questions of each library")
    weights.add_argument("--dry-run", action="store_true", help="change nothing")
    weights.set_defaults(run=_weights)
    fitted = commands.add_parser("crossfit", help="measure with encoders that saw no authority")
    fitted.add_argument("questions", type=Path, help="question set")
    fitted.add_argument("--library", type=Path, default=Path("library"), metavar="DIR")
    fitted.add_argument(
        "--models", nargs="+", required=True, help="of fold 0, 1, ..., each held back"
    )
    fitted.add_argument("--work", type=Path, required=True, help="folder of the library to build")
    fitted.add_argument("--json", type=Path, help="write the report here")
    fitted.set_defaults(run=_crossfit)
    return parser


def _tuning(commands: _Commands, name: str, run: _Run, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--library", type=Path, default=Path("library"), metavar="DIR")
    command.add_argument("--questions", type=Path, default=QUESTIONS)
    command.add_argument("--out", type=Path, help=f"folder of the model, {MODELS.name}/{name}")
    command.add_argument(
        "--hold", type=int, metavar="FOLD", help="authorities not to train but to measure on"
    )
    command.add_argument("--folds", type=whole_number, default=FOLDS)
    command.add_argument("--recipe", default="{}", help="JSON object of settings to change")
    command.set_defaults(run=run)
    return command


def _data(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    documents = [library.document(card.document.document_id) for card in library.documents()]
    judged = [question for path in options.judged for question in read_questions(path)]
    found = match(read_sources(options.source), documents, judged=judged, barred=BARRED)
    write_items(found.items, options.out)
    _say(
        f"{len(found.items)} paragraphs with {sum(len(i.questions) for i in found.items)} "
        f"questions; {len(found.unmatched)} texts are no paragraph of the library's, "
        f"{len(found.left_out)} are judged or of {', '.join(BARRED)} and left out"
    )
    return 0


def _encoder(options: argparse.Namespace) -> int:
    recipe = _recipe(EncoderRecipe(), options.recipe)
    library = Library.open(options.library)
    trained, held = _divided(options, library)
    model = tune_encoder(Path(find_model(GENERAL_MODEL).path), trained, recipe, _progress())
    if options.out:
        _say(f"{options.out}: {ship(model, options.out)} bytes")
    if held:
        pool = list(others(library, held))
        chosen = np.random.default_rng(SEED).permutation(len(pool))[:OTHERS]
        figures = measure_held_back(
            lambda texts: encode(model, texts), held, [pool[place] for place in chosen]
        )
        _report(options, recipe, figures)
    return 0


def _reranker(options: argparse.Namespace) -> int:
    recipe = _recipe(RerankerRecipe(), options.recipe)
    general = Path(find_model(GENERAL_MODEL).path)
    trained, _ = _divided(options, Library.open(options.library))
    vectors = encode(load_base(general), [example.passage for example in trained])
    base = options.base or Path(find_model(OWN_MODEL).path)
    model = tune_reranker(base, trained, vectors, recipe, _progress())
    _say(f"{options.out}: {ship(model, options.out)} bytes")
    return 0


def _tune(options: argparse.Namespace) -> int:
    recipe = _recipe(RECIPE, options.recipe)
    kept = options.library / "quality"
    files = options.questions or sorted((kept / "questions").glob("*.jsonl"))
    library = Library.open(options.library)
    folder = options.out or kept / "encoder"
    tuned = tune(
        library, read_judged(files), folder, recipe=recipe, seed=SEED, progress=_progress()
    )
    one = tuned.difference
    figures = (
        f"{one.measure} {one.first:.3f} before, {one.second:.3f} after on {tuned.held} "
        f"questions held back (p {one.p_value:.3f})"
    )
    if tuned.refused:
        _say(f"The tuned model is worse and is not kept: {figures}.")
        return 1
    _say(f"Tuned on {tuned.trained} questions: {figures}.")
    _say(
        f"Kept in {folder}. To search with it: python -m index build DOCUMENTS --library "
        f"{options.library} --model {folder}"
    )
    return 0


def _weights(options: argparse.Namespace) -> int:
    libraries = [Library.open(path) for path in options.libraries]
    items = read_items(options.questions)
    parts = [(one, questions_of(one, items, options.most, SEED)) for one in libraries]
    found = {} if options.rerankers else _dense_weight(parts)
    if options.rerankers:
        found = _reading_weight(parts, options.rerankers, options.calibrate)
    if not options.dry_run:
        keep(found)
    return 0


def _dense_weight(parts: Sequence[tuple[Library, Sequence[Asked]]]) -> dict[str, float]:
    swept = sweep_dense(parts, SearchConfig().dense_weight)
    _print_swept("dense_weight", swept)
    return {"dense_weight": swept.chosen}


def _reading_weight(
    parts: Sequence[tuple[Library, Sequence[Asked]]], rerankers: Sequence[Path], target: Path | None
) -> dict[str, float]:
    """Weigh the reranker, and keep the line of its scores in the folder of the one that ships."""
    read = []
    for (library, asked), folder in zip(parts, rerankers, strict=True):
        reranker = load_reranker(folder)
        for shortlist in gather(library, asked, SEED):
            likeness = reranker.likeness(shortlist.query, shortlist.texts)
            read.append(Read(shortlist, likeness))
    swept, line = sweep_reading(read), calibrated(read)
    _print_swept("points that a likeness of 1 is worth", swept)
    print(line)
    if target:
        write_calibration(line, target)
    return {"rerank_weight": round(swept.chosen / line.slope, 4)}


def _print_swept(name: str, swept: Swept) -> None:
    for weight, mean in swept.means.items():
        print(f"{name} {weight:g}: nDCG@10 {mean:.4f} (n={swept.questions})")
    print(f"chosen: {swept.chosen:g} (the best against the one in force: p {swept.p_value:.4f})")


def _crossfit(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    folds = authority_folds(make_examples(read_items(QUESTIONS), library), len(options.models))
    encoders = [load_encoder(find_model(name)) for name in options.models]
    fitted = cross_fitted_library(library, encoders, folds, options.work)
    documents = [fitted.document(card.document.document_id) for card in fitted.documents()]
    questions = read_questions(options.questions)
    resolved = resolve(questions, documents)
    report = evaluate(
        questions,
        resolved,
        fitted,
        measured=measured(
            options.questions, fitted.info(), documents, fitted.config, "cross-fitted"
        ),
    )
    print(report_text(report))
    if options.json:
        write_report(report, options.json, resolved)
    return 0


def _divided(options: argparse.Namespace, library: Library) -> tuple[list[Example], list[Example]]:
    """Return the examples to train on and those of the fold that is held back."""
    examples = make_examples(read_items(options.questions), library)
    folds = authority_folds(examples, options.folds)
    return (
        [example for example in examples if folds[example.authority] != options.hold],
        [example for example in examples if folds[example.authority] == options.hold],
    )


def authority_folds(examples: Sequence[Example], count: int) -> dict[str, int]:
    """Return the fold of every authority that examples are of; the same for the same examples."""
    return assign_folds((example.authority for example in examples), count, SEED)


def _recipe(default: _Recipe, changes: str) -> _Recipe:
    try:
        return dataclasses.replace(default, **json.loads(changes))
    except (ValueError, TypeError) as exc:
        known = ", ".join(field.name for field in dataclasses.fields(default))
        raise TrainingError(
            f"--recipe {changes}: {exc}. It takes a JSON object of {known}."
        ) from exc


def _report(
    options: argparse.Namespace,
    recipe: EncoderRecipe,
    figures: HeldBack,
) -> None:
    print(figures)
    if options.figures:
        record: Mapping[str, Any] = {"recipe": dataclasses.asdict(recipe), "hold": options.hold}
        text = json.dumps({**record, **dataclasses.asdict(figures)})
        options.figures.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _progress() -> Callable[[int, int, float], None]:
    started = time.monotonic()

    def show(step: int, steps: int, loss: float) -> None:
        if step % 10 == 0 or step == steps:
            _say(f"step {step}/{steps}, loss {loss:.3f}, {time.monotonic() - started:.0f} s")

    return show


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
