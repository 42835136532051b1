"""What is done on the entries of a briefing, by several readers and in pages that are not new."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from answer.briefing import Entry
from answer.briefings import Briefings, Taken
from ui import briefing_entries, briefing_form
from ui.briefing_entries import _act, _taken, follow, in_places
from ui.briefing_form import Typed, _keep, typed_over
from ui.further_address import BriefingState

MINE = BriefingState("Ann", "One")


@pytest.fixture
def session(monkeypatch):
    """The session of a reader, without a browser."""
    state = {}
    address = SimpleNamespace(from_dict=state.update, to_dict=dict)
    page = SimpleNamespace(session_state=state, query_params=address)
    monkeypatch.setattr(briefing_entries, "st", page)
    monkeypatch.setattr(briefing_form, "st", page)
    return state


@pytest.fixture
def kept(tmp_path):
    return Briefings(tmp_path)


@pytest.fixture
def three(kept):
    return [
        kept.add("Ann", "One", Entry(0, f"a#p{n}", f"A 2016, para {n}", f"Text {n}."))
        for n in (1, 2, 3)
    ]


def entry(kept, entry_id):
    return next(one for one in kept.read("Ann", "One").entries if one.id == entry_id)


def order(kept):
    return [one.id for one in kept.read("Ann", "One").entries]


def typed(seen, **fields):
    boxes = {"heading": seen.heading, "note": seen.note, "quote": seen.quote or ""}
    return {seen.id: Typed(("Ann", "One"), seen, boxes | fields)}


def test_what_was_taken_out_stands_in_its_place_whatever_went_beside_it():
    one, two, three = (Entry(number, "", "", "") for number in (1, 2, 3))
    assert in_places([3, 4], [Taken(one, 2), Taken(two, 3)]) == [1, 2, 3, 4]
    assert in_places([3, 4], [Taken(two, 3), Taken(one, 3)]) == [1, 2, 3, 4]
    assert in_places([4], [Taken(three, None)]) == [4, 3]


def test_up_in_a_page_that_is_old_is_up_from_where_the_entry_stands(kept, three, session):
    _act(kept, MINE, {"id": str(three[2]), "value": "first"})
    _act(kept, MINE, {"id": str(three[1]), "value": "up"})
    assert order(kept) == [three[2], three[1], three[0]]
    assert session["entry said"] == "Now at place 2 of 3."
    _act(kept, MINE, {"id": str(three[2]), "value": "last"})
    assert session["entry said"] == "Now at place 3 of 3."


def test_each_of_two_that_were_removed_can_be_put_back(kept, three, session):
    for entry_id in three[:2]:
        _act(kept, MINE, {"id": str(entry_id), "value": "remove"})
    assert len(_taken(MINE)) == 2
    assert _taken(replace(MINE, name="Two")) == []
    for entry_id in three[:2]:
        _act(kept, MINE, {"id": str(entry_id), "value": "back"})
    assert order(kept) == three
    assert _taken(MINE) == []


def test_what_is_done_to_an_entry_that_is_gone_is_said_beside_the_list(kept, three, session):
    kept.remove("Ann", "One", three[1])
    _act(kept, MINE, {"id": str(three[1]), "value": "up"})
    assert "removed meanwhile" in session["entry said"]


def test_only_what_was_typed_is_written(kept, three, session):
    seen = entry(kept, three[0])
    kept.annotate("Ann", "One", seen.id, note="Theirs, from another window")
    session["typed over entries"] = typed(seen, heading="Mine")
    _keep(kept, MINE, seen, "place")
    assert session["entry said"] == "Kept."
    now = entry(kept, seen.id)
    assert (now.heading, now.note) == ("Mine", "Theirs, from another window")


def test_where_both_wrote_the_same_both_are_shown_before_one_is_written_over(kept, three, session):
    seen = entry(kept, three[0])
    kept.annotate("Ann", "One", seen.id, note="Theirs", heading="Theirs too")
    session["typed over entries"] = typed(seen, note="Mine")
    session["place 1"] = 3
    _keep(kept, MINE, seen, "place 1")
    assert "Your words before it: “Theirs”" in session[f"refused of entry {seen.id}"]
    assert entry(kept, seen.id).note == "Theirs"
    _keep(kept, MINE, seen, "place 1")
    now = entry(kept, seen.id)
    assert (now.heading, now.note) == ("Theirs too", "Mine")
    assert order(kept)[2] == seen.id


def test_what_was_typed_is_held_until_it_is_kept_or_given_up(kept, three, session):
    seen = entry(kept, three[0])
    session["typed over entries"] = typed(seen, note="  ")
    assert typed_over(seen.id) is None
    session["typed over entries"] = typed(seen, note="Not kept yet")
    kept.delete("Ann", "One")
    _keep(kept, MINE, seen, "place")
    assert typed_over(seen.id).changes == {"note": "Not kept yet"}


def test_lines_of_a_note_are_words_that_were_typed(kept, three, session):
    seen = replace(entry(kept, order(kept)[0]), note="One. Two.")
    held = typed(seen, note="One.\n\nTwo.")
    assert held[seen.id].changes == {"note": "One.\n\nTwo."}


def test_putting_back_twice_and_under_another_name(kept, three, session):
    first = order(kept)[0]
    _act(kept, MINE, {"id": str(first), "value": "remove"})
    session["typed over entries"] = typed(entry(kept, order(kept)[0]), note="Mine.")
    kept.rename("Ann", "One", "Two")
    follow(MINE, "Two")
    renamed = replace(MINE, name="Two")
    _act(kept, renamed, {"id": str(first), "value": "back"})
    _act(kept, renamed, {"id": str(first), "value": "back"})
    assert kept.read("Ann", "Two").entries[0].id == first
    assert [one.where for one in session["typed over entries"].values()] == [("Ann", "Two")]
