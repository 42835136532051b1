"""Several at once: builds, searches, files that change, libraries that are replaced."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.endurance.scene import (
    BUSY,
    CONFIG,
    DONE,
    Scene,
    bring_up_to_date,
    make_anew,
    said_in,
)
from bench.endurance.tally import Tally
from index.build import build
from index.errors import LibraryError
from index.library import Library
from index.verify import verify
from tests.index.interrupted import HashingEncoder
from tests.index.test_interruption import QUESTIONS, answers, report


def at_once(scene: Scene, rounds: int) -> list[Tally]:
    """Every kind so often."""
    return [
        _builds(scene, rounds),
        _searches(scene, rounds, bring_up_to_date, "searches while the library is updated"),
        _searches(scene, rounds, make_anew, "searches while the library is replaced"),
        _changing_files(scene, rounds),
    ]


def _builds(scene: Scene, rounds: int) -> Tally:
    tally = Tally("two builds of one library at once")
    for number in range(rounds):
        folder = scene.fresh(f"two-{number}")
        processes = [scene.start(bring_up_to_date, folder) for _ in range(2)]
        for process in processes:
            process.join()
        ends = sorted(process.exitcode or DONE for process in processes)
        fault = scene.fault(folder)
        if not fault and answers(folder) != scene.after:
            fault = "neither build was done"
        if ends == [DONE, BUSY]:
            said = said_in(folder).read_text(encoding="utf-8")
            tally.count("one done, the other told to wait", wrong=fault or _unclear(said))
        else:
            tally.count("one after the other", wrong=fault if ends == [DONE, DONE] else f"{ends}")
        shutil.rmtree(folder.parent)
    return tally


def _unclear(said: str) -> str:
    return "" if "another process" in said and "\n" not in said else f"said: {said!r}"


def _searches(scene: Scene, rounds: int, change: Callable[[Path, Path], None], what: str) -> Tally:
    tally = Tally(what)
    for number in range(rounds):
        folder = scene.fresh(f"{change.__name__}-{number}")
        library = Library.open(folder, HashingEncoder())
        process = scene.start(change, folder)
        new, ended = False, False
        while not ended:
            ended = not process.is_alive()  # then once more
            for place in range(len(QUESTIONS)):
                new = _counted(tally, scene, library, place, new=new)
        library.close()
        shutil.rmtree(folder.parent)
    return tally


def _counted(tally: Tally, scene: Scene, library: Library, place: int, *, new: bool) -> bool:
    """Ask one question; whether its answer, or one before it, was of the new version."""
    try:
        hits = library.search(QUESTIONS[place], top_k=50)
    except LibraryError as error:
        tally.count("errors", wrong=str(error))
        return new
    found = [(hit.paragraph_id, hit.text, hit.score) for hit in hits]
    if found == scene.after[place] and (new or found != scene.before[place]):
        tally.count("answers of the new version")
        return True
    wrong = found != scene.before[place] or new
    tally.count("answers of the version before", wrong=f"{found!r}"[:300] * wrong)
    return new


def _changing_files(scene: Scene, rounds: int) -> Tally:
    tally = Tally("files that change while they are read")
    for number in range(rounds):
        root = scene.root / f"changing-{number}"
        papers, folder = root / "papers", root / "library"
        shutil.copytree(scene.papers, papers)
        with _rewritten(papers / "hackney-2016-09-21.txt", number) as versions:
            made = build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
        refused = [one for one in made.failed if "changed while it was read" in one.message]
        tally.count(
            "refused in a sentence" if refused else "one version of it, whole",
            wrong="; ".join(_faults(folder, versions, refused=bool(refused))),
        )
        shutil.rmtree(root)
    return tally


def _faults(folder: Path, versions: set[bytes], *, refused: bool) -> Iterator[str]:
    yield from verify(folder)
    library = Library.open(folder, HashingEncoder())
    held = [card.document for card in library.documents() if card.document.authority == "Hackney"]
    if len(held) != (not refused):
        yield f"{len(held)} documents are held of it"
    for document in held:
        original = library.original(document.document_id)
        if original not in versions:
            yield "what is kept was never a version of it"
        texts = [one.text.split()[0] for one in library.document(document.document_id).paragraphs]
        if not texts:
            yield "no paragraph of it is held"


@contextmanager
def _rewritten(path: Path, seed: int) -> Iterator[set[bytes]]:
    """A file that another program writes anew all the time; every version it had."""
    chance = random.Random(seed)  # noqa: S311
    versions = {path.read_bytes()}
    over = threading.Event()

    def rewrite() -> None:
        while not over.wait(chance.uniform(0, 0.2)):
            content = report("Hackney", chance.randint(2, 300)).encode()
            versions.add(content)
            partial = path.with_suffix(".new")
            partial.write_bytes(content)
            partial.replace(path)

    thread = threading.Thread(target=rewrite)
    thread.start()
    try:
        yield versions
    finally:
        over.set()
        thread.join()
