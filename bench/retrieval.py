"""python -m bench.retrieval: the tables of docs/retrieval.md.

Builds a library of corpus/ and one of the inspections in PILCROW_SHARED, puts both question sets
to them, and writes how the ranking that ships does, what each of its parts is worth and which
ideas were not worth keeping. The first run embeds the inspections five times over and takes the
better part of an hour; later runs, and those with --quick, take minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bench.rankers import (
    AsInBooks,
    Bed,
    LateInteraction,
    Plain,
    Ranker,
    fused_by_rank,
    opened,
    plain_fusion,
    ranker,
    raw,
    read_again,
    topic,
    without_expansions,
    without_glossary,
    without_scopes,
    without_spelling,
    without_years,
    wordless,
)
from eval.metrics import NAMES, bootstrap, measure, randomisation
from eval.questions import kinds_of, read_questions, resolve
from eval.report import means_table, table
from eval.runs import rank_score
from index.__main__ import main as index
from index.encoder import GENERAL_MODEL, OWN_MODEL, Encoder, find_model, load_encoder
from index.library import Library
from index.model import Filter
from index.query import encoded_text, plan_query
from index.search import Corpus, SearchConfig, find
from index.snapshot import Snapshot
from train.__main__ import QUESTIONS, authority_folds
from train.cross_fitted import cross_fitted_library
from train.data import read_items
from train.errors import TrainingError
from train.examples import make_examples

ROOT = Path(__file__).parents[1]
SHOWN = ("nDCG@10", "R@10", "RR@10", "Success@5")
TARGETS = {"inspections": (0.65, 0.65, 0.80, 0.90), "seeds": (0.80, 0.80, 0.92, 0.95)}
Values = Mapping[str, Mapping[str, float]]  # {question id: {measure: value}}
Sets: TypeAlias = "Mapping[str, Measured]"  # by question set

REFERENCE: dict[str, Ranker] = {
    "BM25 alone": ranker(plan=raw, read=lambda plan: None, config=Plain),
    "vectors alone": ranker(plan=wordless, read=topic, config=Plain),
    "both, reciprocal rank fusion": plain_fusion,
    "what ships": ranker(),
}
PARTS: dict[str, Ranker] = {
    "authority and year are words like others": ranker(plan=without_scopes),
    "the authority is preferred, the year is not": ranker(plan=without_years),
    "no lay terms, no abbreviations": ranker(plan=without_expansions),
    "... but for the encoder": ranker(read=topic),
    "no abbreviations learnt from documents": ranker(plan=without_glossary),
    "no spelling": ranker(plan=without_spelling),
    "BM25 with k1 1.2, b 0.75": ranker(config=SearchConfig(bm25=AsInBooks)),
    "rank fusion in place of the sum": fused_by_rank,
    "no vectors": ranker(read=lambda plan: None),
    "very short paragraphs count in full": ranker(config=SearchConfig(brief_weight=1.0)),
    "no pseudo-relevance feedback": ranker(config=SearchConfig(feedback=0.0)),
    "a cosine is worth 10 points": ranker(config=SearchConfig(dense_weight=10.0)),
    "a cosine is worth 40 points": ranker(config=SearchConfig(dense_weight=40.0)),
    "the first thirty are read again, as search does": read_again,
}
LEFT_OUT = """(This run leaves out the ideas for which passages are encoded anew: context before
them, short passages, sentences, late interaction. `make bench-retrieval` without `--quick`
measures them too.)

"""
IDEAS: dict[str, Ranker] = {
    "authority, year, kind and heading before each passage": ranker(passages="prefix"),
    "passages of at most 64 tokens": ranker(passages="short"),
    "each sentence a passage besides": ranker(passages="sentences"),
    "late interaction over token vectors": LateInteraction(),
}


@dataclass(frozen=True)
class Measured:
    """One way to rank, over one question set."""

    values: Values
    seconds: float  # processor time a question, encoding it included

    def mean(self, name: str) -> float:
        """The mean over all questions with an answer."""
        return sum(value[name] for value in self.values.values()) / len(self.values)


def run(bed: Bed, rank: Ranker) -> Measured:
    """Put every question with an answer to the library."""
    asked = [question for question in bed.questions if question.answerable]
    started = time.process_time()
    lists = {question.id: rank(bed, question.text) for question in asked}
    seconds = (time.process_time() - started) / len(asked)
    found = {
        key: {bed.names[row]: rank_score(place) for place, row in enumerate(rows, 1)}
        for key, rows in lists.items()
    }
    qrels = {question.id: bed.resolved.qrels[question.id] for question in asked}
    return Measured(measure(qrels, found), seconds)


def beds(shared: Path, work: Path, model: str, stack: ExitStack) -> list[Bed]:
    """Both question sets with their libraries, built or brought up to date with a model."""
    encoder = load_encoder(find_model(model))
    sets = {
        "seeds": (ROOT / "corpus", ROOT / "eval" / "questions" / "seeds.questions.jsonl"),
        "inspections": (
            shared / "corpora" / "inspections",
            shared / "eval" / "inspections.questions.jsonl",
        ),
    }
    made = []
    for name, (documents, file) in sets.items():
        build = ["build", str(documents), "--library", str(work / name), "--model", model]
        if index(build) == 2:
            sys.exit(f"No library could be built of {documents}; is PILCROW_SHARED set?")
        library = stack.enter_context(opened(work / name))
        made.append(_bed(work / name, file, *library, encoder))
    return made


def _bed(folder: Path, file: Path, corpus: Corpus, snapshot: Snapshot, encoder: Encoder) -> Bed:
    questions = read_questions(file)
    resolved = resolve(questions, (corpus.store.document(row) for row in corpus.documents))
    names = corpus.store.names(corpus.words.rows.tolist())
    return Bed(
        folder.name,
        questions,
        resolved,
        corpus,
        snapshot.knowledge,
        encoder,
        folder.parent,
        names,
    )


def cross_fitted(bed: Bed, work: Path) -> Measured | None:
    """The questions put to encoders that saw no authority asked about; None without those.

    They are the folders 0, 1, ... of `work`, each trained with that fold held back. None too
    where no training question is about these documents: there what ships has seen none either.
    """
    folders = sorted(path for path in work.glob("[0-9]") if path.is_dir())
    if not folders:
        return None
    encoders = [load_encoder(find_model(str(path))) for path in folders]
    library = Library.open(work.parent / bed.name)
    try:
        examples = make_examples(read_items(QUESTIONS), library)
    except TrainingError:
        return None
    folds = authority_folds(examples, len(encoders))
    fitted = cross_fitted_library(library, encoders, folds, work / bed.name)
    asked = [question for question in bed.questions if question.answerable]
    started = time.process_time()
    found = {
        question.id: {
            hit.paragraph_id: rank_score(hit.rank) for hit in fitted.search(question.text)
        }
        for question in asked
    }
    seconds = (time.process_time() - started) / len(asked)
    return Measured(measure({q.id: bed.resolved.qrels[q.id] for q in asked}, found), seconds)


def models_table(ready: Sequence[Bed], options: argparse.Namespace, base: Sets) -> str:
    """What ships with other encoders in place of ours."""
    with ExitStack() as stack:
        general = beds(options.shared, options.work / "general", GENERAL_MODEL, stack)
        rows = {
            "what ships": dict(base),
            "all-MiniLM-L6-v2 in place of our encoder": {
                bed.name: run(bed, ranker()) for bed in general
            },
        }
    fitted = {bed.name: cross_fitted(bed, options.work / "folds") for bed in ready}
    if any(fitted.values()):
        rows["encoders that saw no authority asked about"] = {
            name: measured or base[name] for name, measured in fitted.items()
        }
    return comparison(rows, base)


def search_seconds(bed: Bed) -> float:
    """Processor time a question beyond encoding it."""
    total = 0.0
    for question in bed.questions:
        started = time.process_time()
        plan = plan_query(question.text, bed.knowledge)
        planned = time.process_time()
        vector = bed.vector(encoded_text(plan))
        encoded = time.process_time()
        find(bed.corpus, plan, vector, filters=Filter(), top_k=10, config=SearchConfig())
        total += time.process_time() - encoded + planned - started
    return total / len(bed.questions)


def comparison(results: Mapping[str, Mapping[str, Measured]], base: Mapping[str, Measured]) -> str:
    """A row for each way to rank: the measures, and the change against what ships."""
    head = [""]
    for name in base:
        head += [f"{name}: {SHOWN[0]}", *SHOWN[1:], "change", "p"]
    rows = [head]
    for label, sets in results.items():
        row = [label]
        for name, measured in sets.items():
            row += [f"{measured.mean(shown):.3f}" for shown in SHOWN]
            row += _change(measured.values, base[name].values)
        rows.append(row)
    return table(rows)


def _change(values: Values, base: Values) -> list[str]:
    differences = [values[key][SHOWN[0]] - base[key][SHOWN[0]] for key in base]
    mean = sum(differences) / len(differences)
    return [f"{mean:+.3f}", f"{randomisation(differences):.3f}"]


def targets_table(base: Mapping[str, Measured]) -> str:
    """The measures beside their targets."""
    rows = [["question set", *SHOWN]]
    for name, measured in base.items():
        pairs = zip(SHOWN, TARGETS[name], strict=True)
        rows.append([name, *(f"{measured.mean(m):.3f} (target {t:.2f})" for m, t in pairs)])
    return table(rows)


def kinds_table(bed: Bed, measured: Measured) -> str:
    """The measures by kind of question, with intervals and denominators."""
    kinds = {question.id: question.kind for question in bed.questions}
    groups = {"all": list(measured.values)} | {
        kind: [key for key in measured.values if kinds[key] == kind]
        for kind in kinds_of(bed.questions)
    }
    means = {
        name: {m: bootstrap([measured.values[key][m] for key in keys]) for m in NAMES}
        for name, keys in groups.items()
        if keys
    }
    return means_table(means)


def document(beds: Sequence[Bed], ideas: Mapping[str, Ranker], options: argparse.Namespace) -> str:
    """The text of docs/retrieval.md."""
    measured = {}
    for label, rank in (REFERENCE | PARTS | dict(ideas)).items():
        measured[label] = {bed.name: run(bed, rank) for bed in beds}
        print(label, {name: round(m.mean(SHOWN[0]), 3) for name, m in measured[label].items()})
    base = measured["what ships"]

    def rows(names: Mapping[str, Ranker]) -> str:
        return comparison({name: measured[name] for name in names}, base)

    kinds = [f"### {bed.name}\n\n{kinds_table(bed, base[bed.name])}" for bed in beds]
    costs = [
        f"{bed.name} ({len(bed.names):,} paragraphs): {search_seconds(bed) * 1000:.0f} ms"
        for bed in beds
    ]
    template = (ROOT / "bench" / "retrieval.md").read_text(encoding="utf-8")
    return template.format(
        targets=targets_table(base),
        reference=rows(REFERENCE),
        parts=rows({"what ships": REFERENCE["what ships"]} | PARTS),
        ideas=rows({"what ships": REFERENCE["what ships"]} | dict(ideas)) if ideas else "",
        left_out="" if ideas else LEFT_OUT,
        models=models_table(beds, options, base),
        kinds="\n\n".join(kinds),
        cost="; ".join(costs),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    shared = os.environ.get("PILCROW_SHARED", str(ROOT.parent / "shared"))
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "retrieval.md")
    parser.add_argument("--quick", action="store_true", help="leave out the ideas not kept")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        ready = beds(options.shared, options.work, OWN_MODEL, stack)
        text = document(ready, {} if options.quick else IDEAS, options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"Written: {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
