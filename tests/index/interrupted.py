"""A build that costs nothing to encode and can be made to die at a given SQL statement.

Run as `python -m tests.index.interrupted PAPERS LIBRARY [STATEMENT]`: says "building" when it
begins and, if it lives to the end, how many statements it took.
"""

import hashlib
import os
import re
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index import __main__ as command
from index import embed, update

DIM = 64
WORD = re.compile(r"\w+")


class HashingEncoder:
    """The same vectors in every process: a word's axis is its checksum."""

    name = "hashing"
    sha256 = hashlib.sha256(b"hashing").hexdigest()
    dim = DIM
    max_tokens = 30

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> np.ndarray:
        vector = np.zeros(DIM, np.float32)
        for word in WORD.findall(text.lower()):
            vector[zlib.crc32(word.encode()) % DIM] += 1
        return vector / (np.linalg.norm(vector) or 1)


class Death:
    """Counts statements and ends the process, without any cleaning up, before a chosen one."""

    def __init__(self, statement: int | None) -> None:
        self.statement = statement
        self.count = 0

    def __call__(self, _: str) -> None:
        self.count += 1
        if self.count == self.statement:
            os._exit(9)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(papers: str, library: str, statement: str | None = None) -> int:
    death = Death(int(statement) if statement else None)
    open_writer = update.open_writer

    def traced(folder: Path, *, create: bool):
        connection = open_writer(folder, create=create)
        connection.set_trace_callback(death)
        return connection

    update.open_writer = traced
    embed.find_model = lambda *_, **__: HashingEncoder
    embed.load_encoder = lambda _: HashingEncoder()
    say("building")
    status = command.main(["build", papers, "--library", library])
    say(str(death.count))
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
