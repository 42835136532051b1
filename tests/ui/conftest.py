"""What the tests of the pages share: small documents, a real server, a headless browser."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect, sync_playwright

from index.build import build
from index.library import Library
from ui import found as found_module

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 240
PATIENCE = 180_000  # milliseconds; the first question of a server loads the model
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FAILED = pytest.StashKey[bool]()

REPORT = """# Inspection of children's services

## Recommendations

1. Ensure that care leavers in bed and breakfast accommodation are moved swiftly.

2. Improve the oversight of casework.

## Findings

3. Risk assessments have not taken place for care leavers in such accommodation.

4. Children who go missing are offered return interviews, but too late.

5. Social workers know their children well.
""" + "".join(
    f"\n{number}. Care plans of team {number} are up to date.\n" for number in range(6, 15)
)
# It tries to be more than text.
NEWS = """Council told to <b>do</b> **better** :smile:

<script>document.title = "taken"</script> $x^2$ :red[red] :smile: http://evil.example
<img src=http://evil.example/x onerror=alert(2)> Care leavers were placed in bed and breakfast
accommodation.
"""
SOURCES = """
["report.md"]
title = "Inspection of children's services"
publisher = "Ofsted"
authority = "Wandsworth"
kind = "inspection"
published = 2016-02-16

["news.txt"]
title = "Council told to <b>do</b> **better** :smile:"
publisher = "The Paper"
authority = "Wandsworth"
kind = "news article"
published = 2018-07-23
repeats = "report.md"
"""


class KeywordEncoder:
    """One axis for each word, by its hash: texts that share words are near each other."""

    name, sha256, dim, max_tokens = "keywords", "0" * 64, 256, 200

    def token_spans(self, text):
        return [match.span() for match in re.finditer(r"\S+", text)]

    def encode(self, texts):
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text):
        vector = np.full(self.dim, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[hashlib.sha256(word.encode()).digest()[0]] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="session")
def documents(tmp_path_factory) -> Path:
    """A folder with a short report and an article that retells it."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (("report.md", REPORT), ("news.txt", NEWS), ("sources.toml", SOURCES)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def library(documents, tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("small") / "library"
    encoder = KeywordEncoder()
    build([documents], folder, encoder=encoder)
    return Library.open(folder, encoder)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> None:
    """No test opens or builds the library of whoever runs the tests."""
    monkeypatch.setenv("PILCROW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("PILCROW_CORPUS", str(tmp_path / "corpus"))


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    """No test is given what another one found."""
    found_module._desk.clear()
    found_module._settled.clear()


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; without one a user's run skips and CI fails."""
    named = os.environ.get("PILCROW_CHROMIUM")
    executable = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        reason = "no Chromium; install one or set PILCROW_CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory):
    """Starts servers, ends them all, and tells what they said."""
    logs: dict[str, Path] = {}
    running = []

    def start(library: Path, corpus: Path) -> str:
        log = tmp_path_factory.mktemp("served") / "server.log"
        server = served(library, corpus, log)
        address = server.__enter__()
        running.append(server)
        logs[address] = log
        return address

    start.logs = logs
    yield start
    for server in running:
        server.__exit__(None, None, None)


@contextmanager
def served(library: Path, corpus: Path, log: Path) -> Iterator[str]:
    port = _free_port()
    options = ["--server.headless=true", f"--server.port={port}"]
    places = {"PILCROW_LIBRARY": str(library), "PILCROW_CORPUS": str(corpus)}
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *options],
            cwd=ROOT,
            env={**os.environ, **places},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_up(server, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def visit(browser, serve, request):
    """Opens a page as a new user; a failure leaves its picture in build/ and the server's words."""
    opened = []

    def open_page(address: str, path: str = "/", **options):
        context = browser.new_context(base_url=address, **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.requested = []
        page.on("request", lambda asked: page.requested.append(asked.url))
        page.received = []  # from the server, as Streamlit's messages

        def keep(frame):
            page.received.append(frame)

        def listen(connection):
            page.requested.append(connection.url)
            connection.on("framereceived", keep)

        page.on("websocket", listen)
        opened.append((context, page, serve.logs[address]))
        page.goto(path)
        return page

    yield open_page
    for number, (context, page, log) in enumerate(opened):
        if request.node.stash.get(FAILED, False):
            _keep_evidence(page, f"{request.node.name}-{number}", log)
        context.close()


def _keep_evidence(page, name: str, log: Path) -> None:
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    picture = folder / (re.sub(r"[^\w-]+", "-", name) + ".png")
    page.screenshot(path=picture)
    print(f"At {page.url}; a picture is in {picture}. The server said:")  # noqa: T201 (for pytest)
    print(log.read_text(encoding="utf-8")[-4000:])  # noqa: T201


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report
