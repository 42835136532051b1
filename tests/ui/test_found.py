"""A question is answered once for all who ask it, and says so where it was answered in haste."""

import gc
import json
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from index.library import Library
from index.once import Once
from index.search import SearchConfig
from tests.ui.conftest import KeywordEncoder
from ui import library as shared_library
from ui.address import MOST_SHOWN, SearchState
from ui.found import PATIENT, Desk
from ui.search import HASTY
from ui.turns import Turns

APP = str(Path(__file__).parent.parent.parent / "app.py")
QUESTION = "care leavers in bed and breakfast"


class ShortFirst:
    """A second reading that likes short paragraphs, and tells what it read."""

    name, sha256 = "short first", "0" * 64

    def __init__(self):
        self.read = []

    def score(self, question, passages):
        self.read += passages
        return np.array([-len(text) for text in passages], np.float32)


@pytest.fixture
def reranker():
    return ShortFirst()


@pytest.fixture
def reread(library, reranker) -> Library:
    """The small library with a second reading that changes every ranking."""
    config = SearchConfig(rerank=30, rerank_weight=1.0)
    return Library.open(library.folder, KeywordEncoder(), config, reranker)


@pytest.fixture
def desk():
    return Desk(Turns(1), Once(10))


@contextmanager
def crowd(turns: Turns, waiting: int):
    """Within, a place is held and so many others wait for one."""

    def come():
        with turns.turn():
            pass

    threads = [threading.Thread(target=come) for _ in range(waiting)]
    with turns.turn():
        for thread in threads:
            thread.start()
        while turns.waiting < waiting:
            pass
        yield
    for thread in threads:
        thread.join(30)


def ids(hits) -> list[str]:
    return [hit.paragraph_id for hit in hits]


def test_with_nobody_beside_it_the_ranking_is_the_librarys_own(desk, reread):
    with crowd(desk.turns, 0):
        found = desk.found(reread, SearchState(QUESTION))
    assert not found.hasty
    assert ids(found.hits) == ids(reread.search(QUESTION, MOST_SHOWN))
    assert ids(found.hits) != ids(reread.search(QUESTION, MOST_SHOWN, rerank=False))


def test_beside_others_nothing_is_read_a_second_time_and_it_is_said(desk, reread, reranker):
    with crowd(desk.turns, 1):
        found = desk.found(reread, SearchState(QUESTION))
    assert found.hasty
    assert reranker.read == []
    assert ids(found.hits) == ids(reread.search(QUESTION, MOST_SHOWN, rerank=False))


def test_others_searched_for_meanwhile_count_like_those_who_wait(desk, reread):
    with ExitStack() as others:
        for _ in range(PATIENT):
            others.enter_context(desk.searching.inside())
        assert not desk.found(reread, SearchState("social workers")).hasty
        others.enter_context(desk.searching.inside())
        assert desk.found(reread, SearchState(QUESTION)).hasty


def test_what_another_is_asking_already_is_waited_for_and_not_searched_in_haste(reread):
    desk, going, go_on, given = Desk(Turns(2), Once(10)), Event(), Event(), []
    state = SearchState(QUESTION)

    class Slow(ShortFirst):
        def score(self, question, passages):
            going.set()
            assert go_on.wait(30)
            return super().score(question, passages)

    slow = Library.open(reread.folder, KeywordEncoder(), reread.config, Slow())

    def ask():
        with desk.turns.turn():
            given.append(desk.found(slow, state))

    first, second = Thread(target=ask), Thread(target=ask)
    first.start()
    assert going.wait(30)
    second.start()
    go_on.set()
    first.join(30)
    second.join(30)
    assert given[0] is given[1]
    assert not given[0].hasty


def test_asked_again_in_quiet_it_is_ranked_as_ever_and_stays_so(desk, reread):
    state = SearchState(QUESTION)
    with crowd(desk.turns, 1):
        assert desk.found(reread, state).hasty
    found = desk.found(reread, state)
    assert not found.hasty
    assert ids(found.hits) == ids(reread.search(QUESTION, MOST_SHOWN))
    with crowd(desk.turns, 1):  # what is known already costs nothing
        assert desk.found(reread, state) is found


def test_a_library_that_reads_nothing_twice_is_never_hasty(desk, library):
    with crowd(desk.turns, 1):
        assert not desk.found(library, SearchState(QUESTION)).hasty


def test_what_is_asked_otherwise_or_of_another_version_is_searched_for_anew(
    desk, library, monkeypatch
):
    def found(**more):
        return desk.found(library, SearchState(QUESTION, **more))

    first = found()
    assert found() is first
    assert found(sort="newest", shown=20) is first  # shown otherwise, asked the same
    for more in ({"kind": "news article"}, {"ignored": ("expansion:bed",)}, {"year_to": 2016}):
        assert found(**more) is not first
    monkeypatch.setattr(type(library), "stamp", lambda _: "the next version")
    assert found() is not first


def opened(**params) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=300)
    page.query_params.update(params)
    return page.run()


def cited(page) -> list[str]:
    elements = page.get("bidi_component")
    shown = [one.proto for one in elements if one.proto.component_name == "pilcrow_cards"]
    every = [card for proto in shown for card in json.loads(proto.json)["cards"]]
    return [card["hit"]["citation"] for card in every]


def said(page) -> bool:
    return any(HASTY in one.value.replace("\\", "") for one in page.markdown)


def test_two_sessions_that_ask_the_same_search_once(library, monkeypatch):
    searched, search = [], Library.search

    def counting(self, *args, **more):
        searched.append(args)
        return search(self, *args, **more)

    monkeypatch.setattr(Library, "search", counting)
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    first, second = opened(q=QUESTION), opened(q=QUESTION)
    assert cited(first) == cited(second) != []
    assert len(searched) == 1


def test_what_a_library_holds_is_not_walked_through_after_every_run(library, monkeypatch):
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    gc.unfreeze()
    opened(q=QUESTION)
    try:
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


def test_the_page_says_that_it_was_hasty_and_asks_again(reread, monkeypatch):
    monkeypatch.setattr(shared_library, "_open", lambda folder: reread)
    monkeypatch.setattr(Turns, "waiting", 1)
    page = opened(q=QUESTION)
    assert said(page)
    hasty = cited(page)
    monkeypatch.setattr(Turns, "waiting", 0)
    page.run()
    assert said(page)  # nothing changes by itself under a reader's eyes
    assert cited(page) == hasty
    next(one for one in page.button if one.label == "Ask again").click().run()
    assert not said(page)
    assert cited(page)[0] == reread.search(QUESTION)[0].citation != hasty[0]
