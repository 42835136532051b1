"""Claims whose truth is known: how well they are told apart, and the weights fitted to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from answer.directions import Directions
from answer.opposites import word_lists
from answer.places import Finder
from answer.shelf import Shelf
from answer.support import WEIGHTS, Weighing, weighings
from answer.verify import known_of, measure, split_sentences
from eval.errors import EvalError
from eval.lines import read_lines
from index.encoder import Encoder, Vectors
from index.library import Library

Matrix = npt.NDArray[np.float64]
FOLDS = 10
PAIRS = 500  # of sentences for each axis
_LENGTHS = range(40, 220)  # characters of a sentence that a pair is made of
_NEIGHBOURS = (-2, 1, 3)  # paragraphs beside the right one that stand for a wrong citation
_SHORTEST = 80  # characters of such a paragraph
_DENIAL = re.compile(r"\b(?:is|are|was|were|has|have|do|does|did|can|will) (?!not)")
_DENIED = re.compile(r"\b(?:not|never) ")


@dataclass(frozen=True, slots=True)
class KnownClaim:
    """A claim about a paragraph, and whether it holds."""

    id: str
    paragraph_id: str
    claim: str
    kind: str  # "correct", "unsupported", "changed_digit", "swapped_numbers"


@dataclass(frozen=True, slots=True)
class Sample:
    """The signs of many claims, which are wrong, and what may not be parted in folds."""

    names: tuple[str, ...]
    signs: Matrix  # (n, signs)
    wrong: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A weighing and how it did on claims that it had not seen."""

    weighing: Weighing
    auroc: float
    found: float  # share of wrong ones at the threshold
    false_alarms: float  # share of right ones


def read_claims(path: Path) -> list[KnownClaim]:
    """The claims of a JSON Lines file. Raises EvalError where it is none."""
    wanted = "`id`, `paragraph_id`, `claim` and `kind`"
    return read_lines(
        path,
        lambda line: KnownClaim(line["id"], line["paragraph_id"], line["claim"], line["kind"]),
        "list of claims",
        wanted,
    )


# what is fitted


def turned_sample(claims: Iterable[KnownClaim], library: Library, encoder: Encoder) -> Sample:
    """Right claims and their opposites, with the signs of saying the opposite."""
    rows = []
    for claim in claims:
        if claim.kind in {"correct", "unsupported"}:
            text = library.paragraph(claim.paragraph_id).paragraph.text
            signs = measure(claim.claim, split_sentences([text]), encoder).signs
            rows.append((signs, claim.kind != "correct", claim.paragraph_id))
    return _sample(rows)


def elsewhere_sample(claims: Iterable[KnownClaim], library: Library, encoder: Encoder) -> Sample:
    """Right claims, cited rightly and at paragraphs beside, with the signs of a wrong place."""
    shelf = Shelf(library)
    finder = Finder(shelf, encoder)
    rows = []
    for claim in claims:
        if claim.kind != "correct":
            continue
        document_id = claim.paragraph_id.partition("#")[0]
        every = shelf.paragraphs(document_id)
        at = next(i for i, one in enumerate(every) if one.paragraph_id == claim.paragraph_id)
        known = known_of(shelf.card(document_id))
        for step in (0, *_NEIGHBOURS):
            if not 0 <= at + step < len(every):
                continue
            cited = every[at + step]
            if len(cited.paragraph.text) < _SHORTEST and step:
                continue
            held = finder.standing(claim.claim, document_id, [cited], known)
            rows.append((held.signs, step != 0, claim.paragraph_id))
    return _sample(rows)


def _sample(rows: Sequence[tuple[Mapping[str, float], bool, str]]) -> Sample:
    if not rows:
        raise EvalError("The file holds no claim that weights can be fitted to.")
    names = tuple(rows[0][0])
    signs = np.array([[row[0][name] for name in names] for row in rows])
    groups = np.unique([row[2] for row in rows], return_inverse=True)[1]
    return Sample(names, signs, np.array([row[1] for row in rows]), groups.astype(np.int64))


def fit(sample: Sample, penalty: float, false_alarms: float) -> Fitted:
    """A logistic regression, its threshold where that many right claims are called wrong.

    Everything told of it comes from folds that keep a paragraph's claims together.
    """
    chances = _cross_fitted(sample, penalty)
    right, wrong = chances[~sample.wrong], chances[sample.wrong]
    threshold = float(np.quantile(right, 1 - false_alarms))
    intercept, weights = _logistic(sample.signs, sample.wrong, penalty)
    named = dict(zip(sample.names, map(float, weights), strict=True))
    return Fitted(
        weighing=Weighing(intercept, named, threshold),
        auroc=float(np.mean(wrong[:, None] > right[None, :])),
        found=float(np.mean(wrong >= threshold)),
        false_alarms=float(np.mean(right >= threshold)),
    )


def _cross_fitted(sample: Sample, penalty: float) -> Matrix:
    order = np.random.default_rng(1).permutation(int(sample.groups.max()) + 1)
    folds = order[sample.groups] % FOLDS
    chances = np.zeros(len(sample.wrong))
    for fold in range(FOLDS):
        held = folds == fold
        intercept, weights = _logistic(sample.signs[~held], sample.wrong[~held], penalty)
        chances[held] = _chance(intercept + sample.signs[held] @ weights)
    return chances


def _logistic(signs: Matrix, wrong: npt.NDArray[np.bool_], penalty: float) -> tuple[float, Matrix]:
    """Newton's method on standardised signs, with a ridge penalty on all but the intercept."""
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    design = np.c_[np.ones(len(signs)), (signs - middle) / spread]
    ridge = np.eye(design.shape[1]) * penalty
    ridge[0, 0] = 0
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        chance = _chance(design @ weights)
        hessian = design.T @ (design * (chance * (1 - chance))[:, None]) + ridge
        weights -= np.linalg.solve(hessian, design.T @ (chance - wrong) + ridge @ weights)
    scaled = weights[1:] / spread
    return float(weights[0] - scaled @ middle), scaled


def _chance(odds: Matrix) -> Matrix:
    return np.asarray(0.5 + 0.5 * np.tanh(odds / 2))


def without_axes(sample: Sample) -> Sample:
    """The sample without the signs that only the tuned encoder has."""
    kept = [at for at, name in enumerate(sample.names) if not name.startswith("ax")]
    names = tuple(sample.names[at] for at in kept)
    return Sample(names, sample.signs[:, kept], sample.wrong, sample.groups)


def weights_text(fitted: Mapping[str, Weighing]) -> str:
    """Weighings as the file that answer.support reads."""
    lines = ["# Written by `python -m eval claims --fit`; do not edit.", ""]
    for name, one in fitted.items():
        table = name.replace(" ", "_")
        lines += [f"[{table}]", f"intercept = {one.intercept:.5f}"]
        lines += [f"threshold = {one.threshold:.4f}", f"[{table}.weights]"]
        lines += [f'"{sign}" = {weight:.5f}' for sign, weight in one.weights.items()]
        lines.append("")
    return "\n".join(lines)


def write_weights(fitted: Mapping[str, Fitted], path: Path = WEIGHTS) -> None:
    """Write the weighings; of others those stay that are there."""
    every = {**weighings(), **{name: one.weighing for name, one in fitted.items()}}
    path.write_text(weights_text(every), encoding="utf-8")
    weighings.cache_clear()


# directions


def learn_directions(library: Library, encoder: Encoder) -> Directions:
    """The directions of the encoder's space, from the library's sentences."""
    sentences = _some_sentences(library)
    names, vectors = [], []
    for name, first, second in word_lists():
        pairs = list(_exchanged(sentences, first, second))
        if len(pairs) >= PAIRS // 2:
            names.append(name)
            vectors.append(_direction(pairs, encoder))
    denials = list(_denials(sentences))[:PAIRS]
    names.append("denial")
    vectors.append(_direction(denials, encoder))
    return Directions(tuple(names), np.stack(vectors), encoder.sha256)


def _some_sentences(library: Library) -> list[str]:
    found = [
        sentence
        for card in library.documents()
        for one in library.paragraphs(card.document.document_id)
        if one.paragraph.kind in {"numbered", "bullet", "prose"}
        for sentence in split_sentences([one.paragraph.text])
        if len(sentence) in _LENGTHS
    ]
    order = np.random.default_rng(1).permutation(len(found))
    return [found[at] for at in order]


def _exchanged(
    sentences: Iterable[str], first: Sequence[str], second: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Sentences with a word of the first side, beside the same with one of the second."""
    if min(len(first), len(second)) < 2:
        return
    draw = np.random.default_rng(2)
    finds = (_finder(first), _finder(second))
    made = 0
    for sentence in sentences:
        one, other = (find(sentence) for find in finds)
        if made == PAIRS:
            return
        if (one is None) == (other is None):
            continue
        match = one or other
        if match is None:
            continue
        words = second if one else first
        word = words[int(draw.integers(len(words)))]
        changed = sentence[: match.start()] + word + sentence[match.end() :]
        yield (sentence, changed) if one else (changed, sentence)
        made += 1


def _finder(words: Sequence[str]) -> Callable[[str], re.Match[str] | None]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)").search


def _denials(sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    for sentence in sentences:
        denied = _DENIED.search(sentence)
        plain = _DENIAL.search(sentence)
        if denied:
            yield sentence[: denied.start()] + sentence[denied.end() :], sentence
        elif plain:
            yield sentence, f"{sentence[: plain.end()]}not {sentence[plain.end() :]}"


def _direction(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> Vectors:
    """Where the first ones of pairs lie as seen from the second, by logistic regression."""
    apart = encoder.encode([one for one, _ in pairs]) - encoder.encode([two for _, two in pairs])
    signs = np.where(np.arange(len(pairs)) % 2, 1.0, -1.0)
    design = apart.astype(np.float64) * signs[:, None]
    wanted = signs > 0
    weights = np.zeros(design.shape[1])
    for _ in range(15):
        chance = _chance(design @ weights)
        hessian = design.T @ (design * (chance * (1 - chance))[:, None]) + np.eye(len(weights))
        weights -= np.linalg.solve(hessian, design.T @ (chance - wanted) + weights)
    return np.asarray(weights / np.abs(apart @ weights).mean(), np.float32)
