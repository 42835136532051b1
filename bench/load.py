"""python -m bench.load: what the search page does under load, beside its targets.

Starts the real server over a copy of a library of PILCROW_SHARED's inspections, opens sessions
over websockets as browsers do, lets each ask a question of its own every few seconds, and holds
every page against what the library itself gives for that question. Prints Markdown: waiting
times, processor time a search, memory, and how many were ranked without the second reading.

Two idle cores give two seconds of processor time a second: the share of it that a row takes says
whether they would keep up, whatever else this computer does meanwhile. Waiting times are those of
an idle computer only where nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench.figures import Figure, verdict
from eval.report import table
from index.__main__ import main as index
from index.library import Library
from index.repeats import group_repeats
from ui.address import FIRST_SHOWN, MOST_SHOWN
from ui.search import HASTY

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "build" / "load"
EVERY = 5.0  # seconds between two questions of a session
TARGETS = {20: 1.0, 50: 2.5}  # seconds, p95, by sessions
CORES = 2  # that the targets are for
HEAD = [
    *("sessions", "searches", "p50", "p95", "target", "CPU a search", "two idle cores busy"),
    *("memory", "hasty", "wrong"),
]


@dataclass
class Tally:
    """What came of the searches."""

    seconds: list[float] = field(default_factory=list)
    hasty: int = 0
    wrong: list[str] = field(default_factory=list)  # questions whose page showed something else


@dataclass(frozen=True)
class Shown:
    """What a page showed when its script had finished."""

    citations: tuple[str, ...]
    hasty: bool


class Session:
    """A browser's side of one page."""

    def __init__(self, socket_: ClientConnection) -> None:
        self._socket = socket_
        self._ids: dict[str, str] = {}

    async def open(self) -> None:
        """Load the page."""
        message = BackMsg()
        message.rerun_script.query_string = ""
        await self._socket.send(message.SerializeToString())
        await self._shown()

    async def ask(self, question: str) -> Shown:
        """Type a question and press Search; return what is shown."""
        message = BackMsg()
        typed = message.rerun_script.widget_states.widgets.add()
        typed.id, typed.string_value = self._ids["Question"], question
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id, pressed.trigger_value = self._ids["Search"], True
        await self._socket.send(message.SerializeToString())
        return await self._shown()

    async def _shown(self) -> Shown:
        """What the script draws until it has finished."""
        citations, texts = [], []
        while True:
            message = ForwardMsg.FromString(await self._socket.recv(decode=False))
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                return Shown(tuple(citations), any(HASTY in text for text in texts))
            element = message.delta.new_element if kind == "delta" else None
            drawn = element.WhichOneof("type") if element else None
            if drawn in ("text_input", "button"):
                widget = getattr(element, drawn)
                self._ids[widget.label] = widget.id
            elif drawn == "markdown":
                texts.append(element.markdown.body.replace("\\", ""))
            elif drawn == "bidi_component":
                citations += _citations(element.bidi_component)


def _citations(component: BidiComponent) -> list[str]:
    if component.component_name != "pilcrow_cards":
        return []
    return [card["hit"]["citation"] for card in json.loads(component.json)["cards"]]


class Server:
    """The real server in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self._port = port

    def connection(self) -> connect:
        """A new connection, as a browser opens it."""
        address = f"127.0.0.1:{self._port}"
        return connect(
            f"ws://{address}/_stcore/stream",
            origin=f"http://{address}",
            subprotocols=["streamlit"],
            max_size=None,
        )

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        user, system = fields.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """What it holds in memory."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def serving(library: Path) -> Iterator[Server]:
    """The page over a library, on a free port of this computer alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.headless=true", f"--server.port={port}"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env={**os.environ, "PILCROW_LIBRARY": str(library)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_until_up(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


async def load(
    server: Server, sessions: int, seconds: float, questions: Iterator[str], library: Library
) -> tuple[Tally, float]:
    """Let sessions ask for a while; return what came of it and the processor time it took."""
    tally = Tally()
    asked: list[tuple[str, Shown]] = []
    opened = asyncio.Semaphore(4)

    async def browse(place: int, ready: asyncio.Barrier) -> None:
        async with server.connection() as socket_:
            session = Session(socket_)
            async with opened:
                await session.open()
            await ready.wait()
            due = time.monotonic() + EVERY * place / sessions
            end = time.monotonic() + seconds
            while due < end:
                await asyncio.sleep(due - time.monotonic())
                question, started = next(questions), time.monotonic()
                asked.append((question, await session.ask(question)))
                tally.seconds.append(time.monotonic() - started)
                due = max(due + EVERY, time.monotonic())
            await ready.wait()  # nobody leaves before the processor time is read

    ready = asyncio.Barrier(sessions + 1)
    running = [asyncio.create_task(browse(place, ready)) for place in range(sessions)]
    await ready.wait()
    before = server.cpu()
    await ready.wait()
    used = server.cpu() - before
    await asyncio.gather(*running)
    tally.hasty = sum(shown.hasty for _, shown in asked)
    tally.wrong = [question for question, shown in asked if not _right(library, question, shown)]
    return tally, used


def _right(library: Library, question: str, shown: Shown) -> bool:
    """Whether a page showed, card for card, what the library itself gives for its question."""
    hits = library.search(question, MOST_SHOWN, rerank=not shown.hasty)
    first = [group.hit.citation for group in group_repeats(hits)[:FIRST_SHOWN]]
    return shown.citations == tuple(first)


def figures(sessions: int, tally: Tally) -> list[Figure]:
    """What has a target: how long all but one in twenty wait at most, and that no page is wrong."""
    wrong = Figure(f"wrong, {sessions} sessions", "", "", len(tally.wrong), 0, at_least=False)
    if sessions not in TARGETS:
        return [wrong]
    p95 = float(np.quantile(tally.seconds, 0.95))
    return [
        Figure(f"p95, {sessions} sessions", "", "", p95, TARGETS[sessions], at_least=False),
        wrong,
    ]


def row(sessions: int, tally: Tally, used: float, megabytes: float) -> list[str]:
    """A line of the table."""
    p50, p95 = np.quantile(tally.seconds, [0.5, 0.95])
    each = used / len(tally.seconds)
    busy = each * sessions / EVERY / CORES
    return [
        *(str(sessions), str(len(tally.seconds)), f"{p50:.2f} s", f"{p95:.2f} s"),
        f"{TARGETS[sessions]:.1f} s" if sessions in TARGETS else "",
        *(f"{each:.3f} s", f"{busy:.0%}", f"{megabytes:.0f} MB"),
        *(str(tally.hasty), str(len(tally.wrong))),
    ]


def questions_of(files: Sequence[Path]) -> Iterator[str]:
    """Every question once, in an order of their own that is always the same, then all again."""
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    records = (json.loads(line) for line in lines)
    every = [asked for one in records for asked in one.get("questions") or [one["question"]]]
    random.Random(0).shuffle(every)  # noqa: S311 - nothing secret
    return itertools.cycle(dict.fromkeys(every))


def _library(shared: Path) -> Path:
    folder = KEPT / "library"
    if index(["build", str(shared / "corpora" / "inspections"), "--library", str(folder)]) == 2:
        raise SystemExit(2)
    return folder


def main() -> int:
    """Return 1 where a target is missed or a page showed something else than its results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, help="instead of one of the inspections")
    parser.add_argument("--sessions", type=int, nargs="+", default=list(TARGETS))
    parser.add_argument("--seconds", type=float, default=60.0, help="that each number asks for")
    options = parser.parse_args()
    shared = Path(os.environ.get("PILCROW_SHARED", ROOT.parent / "shared"))
    files = [shared / "eval" / "inspections.questions.jsonl", ROOT / "train" / "questions.jsonl"]
    questions = questions_of([file for file in files if file.exists()])
    rows, targeted = [HEAD], []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "library"
        shutil.copytree(options.library or _library(shared), copy)
        library = Library.open(copy)
        with serving(copy) as server:
            asyncio.run(load(server, 1, 2 * EVERY, questions, library))  # loads the models
            for sessions in options.sessions:
                tally, used = asyncio.run(
                    load(server, sessions, options.seconds, questions, library)
                )
                rows.append(row(sessions, tally, used, server.megabytes()))
                targeted += figures(sessions, tally)
    print(table(rows))
    return verdict(targeted)


if __name__ == "__main__":
    sys.exit(main())
