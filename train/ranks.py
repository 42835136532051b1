"""python -m train.ranks: learns the ranks that answer/budget.py counts tokens by.

Byte pair encoding (Gage 1994; Sennrich, Haddow and Birch 2016) of the words of corpus/ and of the
word list that the encoder ships with. Nothing is drawn at random: the same texts give the same
ranks.
"""

from __future__ import annotations

import argparse
import gzip
import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import regex  # type: ignore[import-untyped]  # ships no types

from answer.budget import OWN_RANKS, PATTERN, ranks_text

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
WORD_LIST = ROOT / "models" / "encoder" / "tokenizer.json"
SIZE = 32_000  # ranks; with fewer the counts of other authorities' reports rise above 10 % too many
LISTED = 16_000  # words of the list, the commonest first
_FIRST_WORD = 1996  # place in the list: before it stand single characters and empty places
_COMMONEST = 600  # how often the first word is taken to occur; the n-th occurs 1/n as often
_Pair = tuple[bytes, bytes]


def read_words(tokenizer: Path, most: int = LISTED) -> list[str]:
    """The English words of a WordPiece tokenizer, the commonest first."""
    places = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    known = sorted(places, key=places.__getitem__)[_FIRST_WORD:]
    return [word for word in known if word.isascii() and word.isalpha() and len(word) > 1][:most]


def count_pieces(texts: Iterable[str], words: Sequence[str]) -> Counter[bytes]:
    """How often each piece occurs in the texts and, by Zipf's law, in other English.

    A word that is not in the list is left out: "Ofsted" and "Wandsworth" would become one token
    here, and take two or three in ranks learnt from much text.
    """
    listed = frozenset(words)
    pieces: Counter[bytes] = Counter()
    for piece in (piece for text in texts for piece in regex.findall(PATTERN, text)):
        word = piece.strip()
        if not word.isalpha() or word.lower() in listed:
            pieces[piece.encode()] += 1
    for place, word in enumerate(words):
        times = max(1, _COMMONEST // (2 * place + 2))
        for form in _forms(word, place, len(words)):
            pieces[form.encode()] += times
    return pieces


def _forms(word: str, place: int, words: int) -> Iterable[str]:
    """How a word stands in text; common words also begin sentences and lines."""
    yield f" {word}"
    yield f" {word}"  # in mid-sentence twice as often as with a capital
    if place < words // 2:
        yield f" {word.capitalize()}"
    if place < words // 4:
        yield from (word, word.capitalize())


def learn(pieces: Mapping[bytes, int], size: int) -> list[bytes]:
    """The tokens by rank: all single bytes, then the commonest pairs merged one after another.

    Of pairs that are equally common the one that sorts first is merged.
    """
    merging = _Merging(pieces)
    tokens = [bytes([byte]) for byte in range(256)]
    known = set(tokens)
    while len(tokens) < size and (pair := merging.commonest()):
        token = merging.merge(pair)
        if token not in known:  # the same bytes may come together from other halves
            known.add(token)
            tokens.append(token)
    return tokens


class _Merging:
    """Pieces as lists of tokens, and how often each pair of neighbours occurs in them."""

    def __init__(self, pieces: Mapping[bytes, int]) -> None:
        self._times = [pieces[piece] for piece in sorted(pieces)]
        self._split = [[bytes([byte]) for byte in piece] for piece in sorted(pieces)]
        self._count: Counter[_Pair] = Counter()
        self._where: defaultdict[_Pair, set[int]] = defaultdict(set)
        for index in range(len(self._split)):
            self._tally(index, 1)
        self._queue = [(-count, pair) for pair, count in self._count.items()]
        heapq.heapify(self._queue)

    def commonest(self) -> _Pair | None:
        """The commonest pair. A count in the queue may be out of date; then it is queued anew."""
        while self._queue:
            count, pair = heapq.heappop(self._queue)
            if self._count[pair] == -count:
                return pair
            if self._count[pair] > 0:
                heapq.heappush(self._queue, (-self._count[pair], pair))
        return None

    def merge(self, pair: _Pair) -> bytes:
        """Make one token of the pair wherever it stands."""
        token = pair[0] + pair[1]
        touched: set[_Pair] = set()
        for index in self._where.pop(pair):
            touched |= self._tally(index, -1)
            self._split[index] = _joined(self._split[index], pair, token)
            touched |= self._tally(index, 1)
        for other in touched:
            if self._count[other] > 0:
                heapq.heappush(self._queue, (-self._count[other], other))
        return token

    def _tally(self, index: int, sign: int) -> set[_Pair]:
        """Add a piece's pairs to the counts, or take them off; the pairs."""
        pairs = list(zip(self._split[index], self._split[index][1:], strict=False))
        for pair in pairs:
            self._count[pair] += sign * self._times[index]
            if sign > 0:
                self._where[pair].add(index)
        return set(pairs)


def _joined(tokens: Sequence[bytes], pair: _Pair, token: bytes) -> list[bytes]:
    joined: list[bytes] = []
    for one in tokens:
        if joined and (joined[-1], one) == pair:
            joined[-1] = token
        else:
            joined.append(one)
    return joined


def make_ranks(corpus: Path = CORPUS, tokenizer: Path = WORD_LIST, size: int = SIZE) -> bytes:
    """The ranks file's text, learnt from the texts of a folder and a word list."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*.txt"))]
    return ranks_text(learn(count_pieces(texts, read_words(tokenizer)), size))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the ranks that ship."""
    parser = argparse.ArgumentParser(prog="python -m train.ranks", description="learn token ranks")
    parser.add_argument("--out", type=Path, default=OWN_RANKS)
    options = parser.parse_args(arguments)
    options.out.write_bytes(gzip.compress(make_ranks(), mtime=0))


if __name__ == "__main__":
    main()
