"""What the pages How many, Over time, Briefing and Check a draft are made of, without a browser."""

import threading
from dataclasses import replace

import pytest

from answer.check import Checked
from answer.draft import Part
from answer.errors import AnswerError
from answer.judgement_line import LINES, Grade
from answer.model import Finding, Place
from answer.trail import Stop, trail
from ingest.errors import ReadError
from ui.draft_data import draft_data
from ui.drafts import KEPT, Drafts
from ui.further_address import (
    BriefingState,
    CheckState,
    CountState,
    TrailState,
    briefing_link,
    check_link,
    collect_link,
    read_briefing,
    read_check,
    read_count,
    read_trail,
    write_briefing,
    write_check,
    write_count,
    write_trail,
)
from ui.further_charts import judgement_chart, judgement_text, share_chart, share_text
from ui.passage_data import cited_card, hit_card
from ui.tasks import Task, Tasks

SHARES = {"2016": (3, 10), "2019": (0, 4)}


@pytest.mark.parametrize(
    "state",
    [
        CountState(),
        CountState("bed & breakfast", 0.35, "East Sussex", "inspection", 2016, 2019),
        CountState('"county lines"'),
    ],
)
def test_every_count_has_an_address(state):
    assert read_count(write_count(state)) == state


@pytest.mark.parametrize("line", ["2", "-1", "nan", "x", ""])
def test_a_line_that_cannot_be_drawn_is_the_usual_one(line):
    assert read_count({"line": line}).line == CountState().line


@pytest.mark.parametrize("year", ["201", "20166", "²⁰¹⁶", "x"])
def test_a_year_that_is_none_is_left_out(year):
    assert read_count({"year_from": year}).year_from is None


def test_every_trail_and_briefing_has_an_address():
    asked = TrailState("East Sussex", "care leavers?")
    assert read_trail(write_trail(asked)) == asked
    mine = BriefingState("Ann O'Neill", "B & B", "a-2016#p1", 12, "footnotes")
    assert read_briefing(write_briefing(mine)) == mine
    assert briefing_link(BriefingState()) == "briefing"
    assert collect_link("a-2016#p1") == "briefing?add=a-2016%23p1"


def test_charts_say_in_words_what_they_draw():
    drawn = share_chart(SHARES, dark=False)["data"]["values"]
    assert {(one["name"], one["what"], one["reports"]) for one in drawn} == {
        ("2016", "Say it", 3),
        ("2016", "Do not", 7),
        ("2019", "Say it", 0),
        ("2019", "Do not", 4),
    }
    assert share_text(SHARES) == "Reports that say it. 2016: 3 of 10, 2019: 0 of 4."


def test_judgements_are_drawn_for_inspections_that_have_some(library):
    card = library.documents()[0]
    judged = replace(card, document=replace(card.document, judgements={"x": "good"}))
    stops = [Stop(card, ()), Stop(judged, (Grade("care-leavers", 2, "care leavers", "good"),))]
    chart = judgement_chart(stops, dark=True)
    assert chart["encoding"]["x"]["axis"]["values"] == ["2016-02-16"]
    (value,) = chart["data"]["values"]
    assert value == {
        "day": "2016-02-16",
        "inspection": card.name,
        "line": "care-leavers",
        "subject": "Care leavers",
        "level": 2,
        "grade": "good",
    }
    assert judgement_text(stops).endswith("Care leavers good.")


def test_lines_of_one_grade_run_apart_and_near_their_grade_in_colours_of_their_own(library):
    card = library.documents()[0]
    every = tuple(Grade(line, 2, line, "good") for line in LINES)
    chart = judgement_chart([Stop(card, every)], dark=False)
    levels = [value["level"] for value in chart["data"]["values"]]
    assert len(set(levels)) == len(LINES)
    assert all(abs(level - 2) < 0.3 for level in levels)
    line, point = (layer["encoding"] for layer in chart["layer"])
    for way in (chart["encoding"]["color"], line["strokeDash"], point["shape"]):
        assert len({str(one) for one in way["scale"]["range"]}) == len(LINES)


def test_an_authority_with_one_inspection_has_nothing_to_follow(library):
    found = trail(library, "Wandsworth", "care leavers")
    assert len(found.stops) == 1
    assert found.links == ()


def test_a_card_leads_to_its_paragraph_and_to_a_briefing(library):
    (hit,) = library.search("return interviews", 1)
    cited = library.paragraph(hit.paragraph_id)
    for shown in (hit_card(library, hit), cited_card(library, cited)):
        assert shown["citation"] == hit.citation
        assert shown["href"].startswith("document?doc=")
        assert shown["collect"] == collect_link(hit.paragraph_id)
    assert hit_card(library, hit) | {"highlights": []} == cited_card(library, cited)


def test_a_task_tells_how_far_it_is_and_keeps_its_result():
    def work(progress):
        progress(1, 4)
        return "done"

    task = Task(work)
    task.wait(10)
    assert (task.result, task.share, task.failed) == ("done", 0.25, "")


def test_a_task_that_is_cancelled_stops_at_its_next_step():
    begun, go_on = threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        go_on.wait(10)
        progress(1, 2)
        return "too late"

    task = Task(work)
    begun.wait(10)
    task.stop()
    go_on.set()
    task.wait(10)
    assert task.result is None
    assert task.failed == ""


@pytest.mark.parametrize(
    ("error", "said"), [(AnswerError("No such thing."), "No such thing."), (OSError(), "window")]
)
def test_a_task_that_fails_says_why(error, said):
    def work(progress):
        raise error

    task = Task(work)
    task.wait(10)
    assert said in task.failed


def test_what_was_done_is_not_done_again_and_what_failed_when_it_is_asked_anew():
    done = []

    def work(progress):
        done.append(1)
        if len(done) == 1:
            raise AnswerError("Not yet.")
        return len(done)

    held = Tasks()
    for _ in range(2):  # a page that watches it asks again and again
        task = held.of("key", work)
        task.wait(10)
    assert task.failed == "Not yet."
    held.forget("key")
    for _ in range(2):
        task = held.of("key", work)
        task.wait(10)
    assert task.result == 2
    assert len(done) == 2


def test_what_one_reader_cancels_is_begun_anew_for_another():
    held = Tasks()
    first = held.of("key", lambda progress: 1)
    first.stop()
    second = held.of("key", lambda progress: 2)
    second.wait(10)
    assert second.result == 2


def test_a_draft_has_an_address_for_a_while():
    held = Drafts()
    first = held.hold("a.md", b"One (para 7).")
    assert held.of(first.key) is first
    assert held.hold("a.md", b"One (para 7).").key == first.key
    for number in range(KEPT):
        held.hold("b.md", f"Another {number}.".encode())
    assert held.of(first.key) is None
    with pytest.raises(ReadError, match="empty"):
        held.hold("c.md", b" ")


@pytest.mark.parametrize("name", ["a\0b.md", "x" * 300 + ".md", "\ud800.md", "../../up.md"])
def test_a_draft_may_be_called_anything(name):
    assert Drafts().hold(name, b"One (para 7).").parts


@pytest.mark.parametrize("only", [False, True])
def test_a_draft_stands_beside_its_findings(only):
    parts = [Part("heading", "Title", 1), Part("text", "Fine. Wrong (para 1)."), Part("text", "x")]
    wrong = Finding("wrong_figure", "No.", "Wrong (para 1).", "para 1", place=Place(1, 6, 21))
    old = replace(wrong, kind="superseded", message="Later.")
    shown = draft_data(None, parts, Checked((wrong, old, old), 1), only)
    assert [row["text"] for row in shown["rows"]] == [
        part.text for part in parts if not only or part is parts[1]
    ]
    row = shown["rows"][0 if only else 1]
    assert [(one["number"], one["span"]) for one in row["findings"]] == [(1, [6, 21])]
    assert row["notes"] == [{"message": "Later.", "cited": ["para 1"]}]


def test_every_draft_has_an_address():
    state = CheckState("abc", only=True)
    assert read_check(write_check(state)) == state
    assert check_link(CheckState()) == "check"
