"""Hostile questions: answered or not, within the time, and nothing else happens."""

from __future__ import annotations

import json
import random
import string
import time
from collections.abc import Callable
from pathlib import Path

from answer.ask import ask
from bench.endurance.tally import Tally
from index.errors import LibraryError
from index.library import Library

SECONDS = 20.0  # processor time that no question may take, on any machine
_PIECES = json.loads((Path(__file__).parent / "hostile.json").read_text(encoding="utf-8"))


def hostile_questions(library: Library, count: int, seed: int = 9) -> Tally:
    """Put so many to a library, each to the plan, the search and the answer."""
    tally = Tally("hostile questions")
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        question = chance.choice(_KINDS)(chance)
        began = time.thread_time()
        try:
            answered = ask(library, question)
            outcome = "answered" if answered.status == "answered" else "no answer"
            fault = ""
        except LibraryError as error:
            outcome, fault = "refused in a sentence", ""
            if "\n" in str(error):
                fault = repr(str(error))[:300]
        except Exception as error:  # whatever it is: that is what is looked for
            outcome, fault = "a crash", f"{error!r} at {question[:200]!r}"[:500]
        took = time.thread_time() - began
        if took > SECONDS:
            fault = f"{took:.0f} s for question {number}: {question[:200]!r}"
        tally.count(outcome, wrong=fault)
    return tally


def _mixed(chance: random.Random) -> str:
    joint = chance.choice((" ", "", "  ", "\n"))
    return joint.join(chance.choices(_PIECES, k=chance.randint(1, 30)))


def _long(chance: random.Random) -> str:
    """Some 100 kB."""
    piece = _mixed(chance) + " "
    return (piece * (100_000 // len(piece) + 1))[:100_000]


def _noise(chance: random.Random) -> str:
    return chance.randbytes(chance.randint(1, 400)).decode("utf-8", "replace")


def _any_letters(chance: random.Random) -> str:
    return "".join(chr(chance.randrange(1, 0x30000)) for _ in range(chance.randint(1, 200)))


def _signs(chance: random.Random) -> str:
    return "".join(chance.choices(string.punctuation + string.digits + " ", k=200))


_KINDS: tuple[Callable[[random.Random], str], ...] = (
    _mixed,
    _mixed,
    _mixed,
    _long,
    _noise,
    _any_letters,
    _signs,
)
