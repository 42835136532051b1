"""Single bytes changed on the disk: found and said, or without effect on anything that is shown."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.endurance.scene import DONE, NAMED, Answers, Scene, make_anew
from bench.endurance.tally import Tally
from index.encoder import load_encoder
from index.errors import LibraryError
from index.graphs import CACHE_VARIABLE, DamagedGraphError, cache_folder, load_graph
from index.library import Library
from index.schema import FILE_NAME
from index.verify import verify
from tests.index.interrupted import HashingEncoder
from tests.index.test_interruption import answers

_ANEW = 20  # every so many found ones are made anew
FILES = (FILE_NAME, "passages-*.faiss", "words-*.index")
_GRAPH = ("graph.xml", "graph.bin", "tokenizer.json", "traits.json")


def flipped(scene: Scene, count: int, seed: int = 9) -> list[Tally]:
    """So many flips: half of them in the tables, a quarter in each file beside them."""
    chance = random.Random(seed)  # noqa: S311 - places, no secrets
    shares = (count - 2 * (count // 4), count // 4, count // 4)
    return [
        _in_file(scene, pattern, share, chance)
        for pattern, share in zip(FILES, shares, strict=True)
    ]


def _in_file(scene: Scene, pattern: str, count: int, chance: random.Random) -> Tally:
    tally = Tally(f"bytes flipped in {pattern}")
    folder = scene.fresh(f"flips {pattern.strip('*.')}")
    (path,) = folder.glob(pattern)
    whole = path.read_bytes()
    shown = _shown(folder)
    for number in range(count):
        path.write_bytes(_with_a_flip(whole, chance))
        outcome, fault = _met(folder, shown)
        if not number % _ANEW and outcome != "without effect":
            fault = fault or _made_anew(scene, folder, number)
        tally.count(outcome, wrong=fault)
        path.write_bytes(whole)
    shutil.rmtree(folder.parent)
    return tally


def _with_a_flip(whole: bytes, chance: random.Random) -> bytes:
    changed = bytearray(whole)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _shown(folder: Path) -> tuple[Answers, object]:
    """All that a library says: answers, documents, what is kept of them."""
    library = Library.open(folder, HashingEncoder())
    documents = [library.document(card.document.document_id) for card in library.documents()]
    everything = [(one, library.original(one.document_id)) for one in documents]
    library.close()
    return answers(folder), everything


def _met(folder: Path, shown: tuple[Answers, object]) -> tuple[str, str]:
    """What becomes of a flip, and what was wrong with it."""
    outcome = "found when opened or asked"
    try:
        if answers(folder) != shown[0]:
            return "another answer", "answers differ and nothing is said"
        outcome = "found by the full check"
        if verify(folder):
            return outcome, ""
        return "without effect", "" if _shown(
            folder
        ) == shown else "something that is shown differs"
    except LibraryError as error:
        return outcome, "" if "\n" not in str(error) else repr(str(error))
    except Exception as error:  # whatever it is: that is what is looked for
        return "a crash", repr(error)


def _made_anew(scene: Scene, folder: Path, number: int) -> str:
    """What is wrong after a damaged library was made anew.

    Nothing if it is as it was, or if a document is named that could not be saved and the rest is.
    """
    damaged = Path(shutil.copytree(folder, scene.root / f"anew-{number}" / "library"))
    ended = scene.run(make_anew, damaged)
    fault = _fault_of_the_rest(scene, damaged) if ended == NAMED else scene.fault(damaged)
    shutil.rmtree(damaged.parent)
    return fault or ("" if ended in (DONE, NAMED) else f"the rebuild ended with {ended}")


def _fault_of_the_rest(scene: Scene, folder: Path) -> str:
    """What is wrong with a library that lost one document."""
    if damage := verify(folder):
        return damage[0]
    lost = _documents(scene.before) - _documents(answers(folder))
    return "" if len(lost) <= 1 else f"{len(lost)} documents are gone"


def _documents(said: Answers) -> set[str]:
    return {address.partition("#")[0] for found in said for address, *_ in found}


def flipped_graphs(count: int, seed: int = 9) -> Tally:
    """So many flips in the files of the prepared encoder."""
    tally = Tally("bytes flipped in a prepared model")
    chance = random.Random(seed)  # noqa: S311
    load_encoder()  # prepares it where it is not
    prepared = max(cache_folder().glob("*/traits.json"), key=lambda one: one.stat().st_mtime).parent
    with TemporaryDirectory() as cache, pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, cache)
        folder = Path(shutil.copytree(prepared, Path(cache) / prepared.name))
        for _ in range(count):
            path = folder / chance.choice(_GRAPH)
            whole = path.read_bytes()
            path.write_bytes(_with_a_flip(whole, chance))
            try:
                load_graph(folder.name)
                tally.count("taken for whole", wrong=path.name)
            except DamagedGraphError:
                tally.count("found when it was loaded, and made again")
            path.write_bytes(whole)
    return tally
