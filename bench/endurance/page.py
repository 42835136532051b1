"""The page in a real browser: hostile questions and file names, and nothing of them runs."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from playwright.sync_api import Error, Page, sync_playwright

from bench.endurance.tally import Tally
from index.build import build
from tests.ui.conftest import BROWSERS, FLAGS, ROOT, served
from tests.ui.test_uploads import HOSTILE

_PATIENCE = 120_000  # milliseconds
_RAN = "window.ran = true"
_MARKUP = (
    f"<script>{_RAN}</script>",
    f"<img src=x onerror='{_RAN}'>",
    f"<svg onload='{_RAN}'>",
    f"[click](javascript:{_RAN.replace(' ', '%20')})",
    f'![x](x"onerror="{_RAN})',
    f"</script><script>{_RAN}</script>",
    f'"><iframe srcdoc="<script>parent.{_RAN[7:]}</script>">',
    f"<details open ontoggle='{_RAN}'>",
    f"<a href='javascript:{_RAN}'>x</a>",
    f"<style>@import 'x'</style><body onload='{_RAN}'>",
)
_AROUND = ("care leavers {}", "{}", '"{}"', "Wandsworth 2016 para {}", "\u202e{}\u202c", "{} 😀 {}")


def hostile_page(count: int, seed: int = 9) -> Iterator[Tally]:
    """Ask so many questions of markup on the page, then upload every hostile name."""
    chance = random.Random(seed)  # noqa: S311
    with _page() as (page, root):
        yield _questions(page, count, chance)
        yield _uploads(page, root)


@contextmanager
def _page() -> Iterator[tuple[Page, Path]]:
    """A page of a server over a library of its own, in a folder of its own."""
    executable = next(filter(None, map(shutil.which, BROWSERS)))
    with TemporaryDirectory(prefix="endurance-") as folder, sync_playwright() as playwright:
        root = Path(folder)
        build([ROOT / "corpus"], root / "library")
        with served(root / "library", ROOT / "corpus", root / "server.log") as address:
            browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
            page = browser.new_page(base_url=address)
            page.set_default_timeout(_PATIENCE)
            yield page, root
            browser.close()


def _questions(page: Page, count: int, chance: random.Random) -> Tally:
    tally = Tally("questions of markup on the page")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for _ in range(count):
        said = chance.choice(_MARKUP)
        question = chance.choice(_AROUND).format(said, said)
        fault = ""
        try:
            page.goto(f"/?q={quote(question)}")
            _settled(page)
            fault = _run(page) or ("a dialog" if dialogs else "")
        except Error as error:
            fault = str(error)[:200]
        tally.count("shown as text", wrong=f"{fault}: {question!r}" if fault else "")
    return tally


def _settled(page: Page) -> None:
    """Wait until the page shows what it has to say."""
    page.get_by_test_id("stMain").get_by_role("heading").first.wait_for()
    page.wait_for_selector("[data-test-script-state='notRunning']")


def _run(page: Page) -> str:
    if page.evaluate("window.ran === true"):
        return "markup was run"
    return "something went wrong" if page.get_by_text("Something went wrong").count() else ""


def _uploads(page: Page, root: Path) -> Tally:
    tally = Tally("uploads with hostile names")
    # Streamlit itself refuses a zero byte, which no file's name can hold, and ends that session.
    names = [name for name in HOSTILE if name.endswith(".txt") and not {*name} & {*"\0\ud800"}]
    names += [f"{markup.replace('/', '-')}.txt" for markup in _MARKUP]
    before = _around(root)
    page.goto("/library")
    page.get_by_text("Add documents", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": name, "mimeType": "text/plain", "buffer": f"1. Word {place} said.".encode()}
            for place, name in enumerate(names)
        ]
    )
    add = page.get_by_role("button", name=re.compile(r"^Add \d+ files$"))
    add.wait_for()
    page.wait_for_load_state("networkidle")  # the last of them may still be on its way
    _settled(page)
    add.click()
    page.get_by_text(re.compile("documents? added")).first.wait_for()
    fault = _run(page)
    if outside := _around(root) - before:
        fault = f"files outside: {outside}"
    for _ in names[1:]:
        tally.count("taken in as text")
    tally.count("taken in as text", wrong=fault)
    return tally


def _around(root: Path) -> set[str]:
    """What lies beside the library, and where a name might lead from there."""
    places = (root, root.parent, ROOT, Path.home(), Path("/etc"))
    return {str(path) for place in places for path in place.iterdir() if path.name != "build"}
