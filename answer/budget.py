"""How many tokens a text takes, counted without the network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tiktoken import Encoding

OWN_RANKS = Path(__file__).parent / "data" / "ranks.tiktoken.gz"

# How a text falls into pieces before their bytes are merged: the same pieces as cl100k_base's.
PATTERN = "|".join(
    (
        r"'(?i:ll|re|ve|[dmst])",  # don't, we'll
        r"[^\r\n\p{L}\p{N}]?\p{L}+",  # a word with the one character before it
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n]*",  # punctuation
        r"\s+$",
        r"\s*[\r\n]",
        r"\s+(?!\S)",
        r"\s",
    )
)

# Under this name tiktoken keeps the ranks that it has downloaded, and this is their hash.
_CL100K_ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
_CL100K_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
# A run of a million spaces overflows the stack of tiktoken's pattern matching.
_PART = 200_000  # characters
_LONGEST = 128  # characters of a token, at most: cl100k_base has one of so many spaces


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts tokens.

    `estimate` says that the ranks are our own, learnt from corpus/: no model reads text by them.
    Counts of English inspection reports lie 1 to 11 % above cl100k_base's (docs/written.md).
    """

    encoding: Encoding
    estimate: bool

    def count(self, text: str) -> int:
        """The tokens of a text; what stands for a special token is counted as plain text."""
        parts = (text[start : start + _PART] for start in range(0, len(text), _PART))
        return sum(len(self.encoding.encode_ordinary(part)) for part in parts)

    def clip(self, text: str, most: int) -> str:
        """The beginning of a text that takes at most so many tokens."""
        text = text[: most * _LONGEST]
        tokens = self.encoding.encode_ordinary(text)
        if len(tokens) <= most:
            return text
        clipped = self.encoding.decode_bytes(tokens[:most])
        return clipped.decode("utf-8", "ignore")  # a character may be cut through


@lru_cache(maxsize=1)
def token_counter() -> TokenCounter:
    """The counter by cl100k_base's ranks where tiktoken has them in its cache, else by our own.

    tiktoken's own loader is never called: without ranks in its cache it downloads them.
    """
    cached = _cached_ranks()
    if cached is not None:
        return TokenCounter(_encoding("cl100k_base", cached), estimate=False)
    own = gzip.decompress(OWN_RANKS.read_bytes())
    return TokenCounter(_encoding("pilcrow_estimate", own), estimate=True)


def ranks_text(tokens: Iterable[bytes]) -> bytes:
    """Tokens in tiktoken's format: a line for each, in base64, with its rank."""
    lines = (base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens))
    return b"".join(lines)


def _encoding(name: str, ranks: bytes) -> Encoding:
    pairs = (line.split() for line in ranks.splitlines())
    return Encoding(
        name,
        pat_str=PATTERN,
        mergeable_ranks={base64.b64decode(token): int(rank) for token, rank in pairs},
        special_tokens={},
    )


def _cached_ranks() -> bytes | None:
    """cl100k_base's ranks from tiktoken's cache, if they are there and whole."""
    folder = _cache_folder()
    if folder is None:
        return None
    name = hashlib.sha1(_CL100K_ADDRESS.encode(), usedforsecurity=False).hexdigest()
    try:
        ranks = (folder / name).read_bytes()
    except OSError:
        return None
    return ranks if hashlib.sha256(ranks).hexdigest() == _CL100K_SHA256 else None


def _cache_folder() -> Path | None:
    """Where tiktoken keeps ranks; an empty setting tells it to keep none."""
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if variable in os.environ:
            return Path(os.environ[variable]) if os.environ[variable] else None
    return Path(tempfile.gettempdir()) / "data-gym-cache"
