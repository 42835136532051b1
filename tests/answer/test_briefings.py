"""Briefings are kept: through restarts, in their order, and while several people write."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from answer.briefing import Entry
from answer.briefings import MOST_ENTRIES, Briefings
from answer.errors import AnswerError, ChangedError


def entry(number: int) -> Entry:
    return Entry(0, f"a-2016#p{number}", f"A 2016, para {number}", f"Text {number}.")


def ids(briefings: Briefings, name: str = "One") -> list[str]:
    return [one.paragraph_id for one in briefings.read("Ann", name).entries]


@pytest.fixture
def briefings(tmp_path: Path) -> Briefings:
    return Briefings(tmp_path)


@pytest.fixture
def three(briefings: Briefings) -> list[int]:
    return [briefings.add("Ann", "One", entry(number)) for number in (1, 2, 3)]


def test_a_briefing_is_there_for_the_next_process(briefings, three, tmp_path):
    again = Briefings(tmp_path).read("Ann", "One")
    assert [one.id for one in again.entries] == three
    assert again.entries[0].text == "Text 1."


def test_each_person_has_briefings_of_their_own(briefings, three):
    briefings.make("Bob", "One")
    assert briefings.read("Bob", "One").entries == ()
    assert briefings.of("Cy") == []


def test_names_are_the_same_in_any_case_and_spacing(briefings, three):
    briefings.add(" ann ", "ONE", entry(4))
    assert len(ids(briefings)) == 4
    assert briefings.of("ANN") == ["One"]


def test_names_in_any_script_differ(briefings):
    for name in ("Приют", "Дом"):
        briefings.make("Ирина", name)
    assert set(briefings.of("Ирина")) == {"Приют", "Дом"}


@pytest.mark.parametrize("name", ["", "  ", "n" * 81])
def test_a_name_of_nothing_or_of_a_page_is_refused(briefings, name):
    with pytest.raises(AnswerError, match="1 to 80"):
        briefings.make("Ann", name)


@pytest.mark.parametrize(
    ("place", "order"), [(1, "312"), (2, "132"), (3, "123"), (99, "123"), (-5, "312")]
)
def test_an_entry_moves_to_a_place(briefings, three, place, order):
    briefings.move("Ann", "One", three[2], place)
    assert [one[-1] for one in ids(briefings)] == list(order)


def test_what_is_written_beside_an_entry_can_be_changed_one_by_one(briefings, three):
    briefings.annotate("Ann", "One", three[0], note="A note")
    briefings.annotate("Ann", "One", three[0], heading="Homes")
    first = briefings.read("Ann", "One").entries[0]
    assert (first.note, first.heading) == ("A note", "Homes")


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(briefings, three):
    seen = briefings.read("Ann", "One").entries[0]
    briefings.annotate("Ann", "One", seen.id, note="Theirs", seen=seen)
    briefings.annotate("Ann", "One", seen.id, heading="Mine", seen=seen)
    briefings.annotate("Ann", "One", seen.id, note="Theirs", quote="Text", seen=seen)
    with pytest.raises(ChangedError) as refused:
        briefings.annotate("Ann", "One", seen.id, note="Mine", heading="Mine too", seen=seen)
    assert refused.value.theirs == {"note": "Theirs", "heading": "Mine"}
    with pytest.raises(ChangedError, match="'Text'"):
        briefings.annotate("Ann", "One", seen.id, quote="1.", seen=seen)
    now = briefings.read("Ann", "One").entries[0]
    assert (now.note, now.heading, now.quote) == ("Theirs", "Mine", "Text")


def test_a_step_up_is_one_from_where_the_entry_now_stands(briefings, three):
    fourth = briefings.add("Ann", "One", entry(4))
    briefings.remove("Ann", "One", three[0])  # elsewhere
    briefings.move("Ann", "One", three[1], 99)
    assert briefings.step("Ann", "One", fourth, -1) == (1, 3)
    assert [one[-1] for one in ids(briefings)] == ["4", "3", "2"]
    assert briefings.step("Ann", "One", fourth, -1) == (1, 3)
    assert briefings.step("Ann", "One", fourth, 1) == (2, 3)


def test_what_was_taken_out_is_put_back_where_it_stood_in_any_order(briefings, three):
    briefings.annotate("Ann", "One", three[0], note="A note")
    before = briefings.read("Ann", "One").entries
    taken = [briefings.remove("Ann", "One", entry_id) for entry_id in three]
    for one in [taken[1], taken[0], taken[2], taken[2]]:
        briefings.restore("Ann", "One", one)
    assert briefings.read("Ann", "One").entries == before


def test_a_briefing_is_renamed_but_not_to_another_ones_name(briefings, three):
    briefings.make("Ann", "Two")
    briefings.rename("Ann", "One", " ONE ")
    assert set(briefings.of("Ann")) == {"ONE", "Two"}
    with pytest.raises(AnswerError, match="another briefing called 'two'"):
        briefings.rename("Ann", "one", "two")
    briefings.rename("Ann", "one", "Three")
    assert len(ids(briefings, "Three")) == 3


def test_an_entry_is_taken_out_and_its_id_not_given_again(briefings, three):
    briefings.remove("Ann", "One", three[2])
    assert len(ids(briefings)) == 2
    assert briefings.add("Ann", "One", entry(4)) > three[2]
    with pytest.raises(AnswerError, match="removed meanwhile"):
        briefings.remove("Ann", "One", three[2])


def test_an_entry_of_another_briefing_is_out_of_reach(briefings, three):
    briefings.make("Ann", "Two")
    with pytest.raises(AnswerError, match="no entry"):
        briefings.remove("Ann", "Two", three[0])


def test_a_briefing_is_forgotten_with_its_entries(briefings, three, tmp_path):
    briefings.delete("Ann", "One")
    assert briefings.of("Ann") == []
    with pytest.raises(AnswerError, match="no briefing called 'One'"):
        briefings.read("Ann", "One")
    with sqlite3.connect(tmp_path / "briefings" / "briefings.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    connection.close()


def test_a_briefing_has_an_end(briefings, monkeypatch):
    monkeypatch.setattr("answer.briefings.MOST_ENTRIES", 2)
    for number in (1, 2):
        briefings.add("Ann", "One", entry(number))
    with pytest.raises(AnswerError, match="begin another"):
        briefings.add("Ann", "One", entry(3))
    assert MOST_ENTRIES >= 200


def test_a_file_that_is_no_database_is_named(tmp_path):
    (tmp_path / "briefings").mkdir()
    (tmp_path / "briefings" / "briefings.sqlite").write_text("not a database " * 100)
    with pytest.raises(AnswerError, match=r"briefings\.sqlite cannot be used"):
        Briefings(tmp_path).of("Ann")


def _collect_many(folder: Path, first: int) -> None:
    for number in range(first, first + 10):
        Briefings(folder).add("Ann", "One", entry(number))


def test_several_processes_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_collect_many, args=(tmp_path, n)) for n in (0, 100, 200)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    found = ids(Briefings(tmp_path))
    assert len(set(found)) == len(found) == 30


@pytest.mark.parametrize("broken", ["\udcff", "Ann \ud800"])
def test_what_is_no_text_is_refused_and_nothing_is_kept_of_it(briefings, three, broken):
    for use in (
        lambda: briefings.make(broken, "One"),
        lambda: briefings.of(broken),
        lambda: briefings.annotate("Ann", "One", three[0], note=broken, heading="New"),
    ):
        with pytest.raises(AnswerError, match="no text and cannot be kept"):
            use()
    assert briefings.read("Ann", "One").entries[0].heading == ""
