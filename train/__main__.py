"""python -m train: data, encoder, reranker."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from eval.questions import read_questions
from index.encoder import find_model
from index.library import Library
from ingest.errors import PilcrowError
from train.data import match, read_items, read_sources, write_items
from train.encoder import EncoderRecipe, encode, tune_encoder
from train.examples import make_examples, others
from train.folds import assign_folds
from train.held_back import measure_held_back

QUESTIONS = Path(__file__).parent / "questions.jsonl"
BARRED = ("Wandsworth",)  # the authority of the seed questions
FOLDS = 3
SEED = 1
OTHERS = 1000  # paragraphs beside the examples' own, drawn at random, that held-back figures use
_Run: TypeAlias = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 2 nothing could be done."""
    options = _parser().parse_args(arguments)
    run: _Run = options.run
    try:
        return run(options)
    except PilcrowError as exc:
        print(exc, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    data = commands.add_parser("data", help="match questions to the paragraphs of a library")
    data.add_argument("source", type=Path, help="lines with id, doc, text, questions")
    data.add_argument("--judged", type=Path, nargs="*", default=[], help="question sets to spare")
    data.add_argument("--out", type=Path, default=QUESTIONS)
    data.set_defaults(run=_data)
    encoder = commands.add_parser("encoder", help="tune the encoder")
    encoder.add_argument("--questions", type=Path, default=QUESTIONS)
    encoder.add_argument("--out", type=Path, help="folder of the model; none: figures only")
    encoder.add_argument("--hold", type=int, metavar="FOLD", help="authorities to measure on")
    encoder.add_argument("--folds", type=int, default=FOLDS)
    encoder.add_argument("--figures", type=Path, help="file for the figure of each question")
    encoder.add_argument("--recipe", default="{}", help="JSON object of settings to change")
    encoder.set_defaults(run=_encoder)
    for command in (data, encoder):
        command.add_argument("--library", type=Path, default=Path("library"), metavar="DIR")
    return parser


def _data(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    documents = [library.document(card.document.document_id) for card in library.documents()]
    judged = [question for path in options.judged for question in read_questions(path)]
    found = match(read_sources(options.source), documents, judged=judged, barred=BARRED)
    write_items(found.items, options.out)
    print(
        f"{len(found.items)} paragraphs with {sum(len(i.questions) for i in found.items)} "
        f"questions; {len(found.unmatched)} texts are no paragraph of the library's, "
        f"{len(found.left_out)} are judged or of {', '.join(BARRED)} and left out",
        file=sys.stderr,
    )
    return 0


def _encoder(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    examples = make_examples(read_items(options.questions), library)
    folds = assign_folds((example.authority for example in examples), options.folds, SEED)
    held = [example for example in examples if folds[example.authority] == options.hold]
    recipe = dataclasses.replace(EncoderRecipe(), **json.loads(options.recipe))
    model = tune_encoder(
        Path(find_model("all-MiniLM-L6-v2").path),
        [example for example in examples if folds[example.authority] != options.hold],
        recipe,
        _progress(),
    )
    if options.out:
        model.save(str(options.out))
    if held:
        pool = list(others(library, held))
        chosen = np.random.default_rng(SEED).permutation(len(pool))[:OTHERS]
        figures = measure_held_back(
            lambda texts: encode(model, texts), held, [pool[place] for place in chosen]
        )
        print(json.dumps(dataclasses.asdict(recipe)), figures)
        if options.figures:
            options.figures.write_text(json.dumps(dataclasses.asdict(figures)), encoding="utf-8")
    return 0


def _progress() -> Callable[[int, int, float], None]:
    started = time.monotonic()

    def show(step: int, steps: int, loss: float) -> None:
        if step % 10 == 0 or step == steps:
            spent = time.monotonic() - started
            print(f"step {step}/{steps}, loss {loss:.3f}, {spent:.0f} s", file=sys.stderr)

    return show


if __name__ == "__main__":
    sys.exit(main())
