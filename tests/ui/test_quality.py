"""The Quality page over a small library, without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from eval.kept import KeptRuns
from eval.sets import QuestionSets
from ui import library as shared_library
from ui import quality_kept
from ui.library import library_folder
from ui.quality_kept import Quality
from ui.quality_question import _judge
from ui.quality_run import Runner

APP = str(Path(__file__).parent.parent.parent / "app.py")
REPORT = "report.md"


def run_page():
    from ui.quality import quality_page

    quality_page()


def line(question_id, question, *judged, kind="theme"):
    relevant = [
        {"doc": doc, "number": number, "anchor": anchor, "page": None, "grade": grade}
        for doc, number, anchor, grade in judged
    ]
    return json.dumps({"id": question_id, "question": question, "kind": kind, "relevant": relevant})


LINES = (
    line("beds", "care leavers in bed and breakfast", (REPORT, "1", "Ensure that care leavers", 2)),
    line("risk", "risk assessments", (REPORT, "3", "Risk assessments have not", 2)),
    line("lost", "care plans", ("gone.pdf", None, "words of another library", 1)),
    line("none", "toboggans", kind="none"),
)


@pytest.fixture
def kept(library, monkeypatch) -> Quality:
    """What is kept beside the library, with one question set; nothing that ships."""
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    folder = library_folder() / "quality"
    runs = KeptRuns(folder / "runs", folder / "baselines")
    made = Quality(QuestionSets(folder / "questions", folder / "shipped"), runs, Runner(runs))
    monkeypatch.setattr(quality_kept, "_quality", lambda _: made)
    made.sets.add("small.jsonl", "\n".join(LINES).encode())
    return made


@pytest.fixture
def page(kept) -> AppTest:
    """The Quality page, not yet run."""
    return AppTest.from_function(run_page, default_timeout=60)


@pytest.fixture
def run_id(kept, library) -> str:
    return kept.runs.make(library, "small", kept.sets.read("small"))


def shown(page, name) -> list[dict]:
    elements = page.get("bidi_component")
    return [
        json.loads(one.proto.json)
        for one in elements
        if one.proto.component_name == f"pilcrow_{name}"
    ]


def tables(page) -> dict[str, list]:
    return {table["caption"]: table["rows"] for table in shown(page, "table")}


def press(page, label) -> None:
    next(button for button in page.button if button.label == label).click().run()


def addressed(page) -> dict[str, str]:
    said = page.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in said}


def plain(element) -> str:
    return element.value.replace("\\", "")


def visit(page, **address) -> None:
    page.query_params.clear()
    page.query_params.update(address)
    page.run()
    assert not page.exception


def test_the_page_is_in_the_navigation():
    source = Path(APP).read_text(encoding="utf-8")
    assert 'url_path="quality"' in source


def test_the_start_says_what_a_set_holds(page):
    visit(page)
    assert page.selectbox(key="question set").value == "small"
    assert "4 questions: 3 across authorities, 1 without an answer" in plain(page.markdown[0])
    assert tables(page) == {"0 runs": []}


def test_a_run_is_made_in_the_background_and_opened_when_it_is_done(page, kept):
    visit(page)
    page.text_input(key="run note").set_value("first try")
    press(page, "Run these questions")
    kept.runner._thread.join(60)
    page.run()
    (made,) = kept.runs.ids()
    assert addressed(page) == {"run": made}
    assert kept.runs.read(made).measured["name"] == "first try"
    assert not page.exception


def test_a_run_under_way_shows_how_far_it_is_and_can_be_stopped(page, kept, monkeypatch):
    monkeypatch.setattr(Runner, "working", True)
    stopped = []
    monkeypatch.setattr(Runner, "stop", lambda _: stopped.append(True))
    visit(page)
    assert next(one for one in page.button if one.label == "Run these questions").disabled
    press(page, "Stop")
    assert stopped


def test_why_a_run_failed_is_said(page, kept, monkeypatch):
    def fail(*_, **__):
        raise OSError("secret detail")

    monkeypatch.setattr(KeptRuns, "make", fail)
    visit(page)
    press(page, "Run these questions")
    kept.runner._thread.join(60)
    page.run()
    assert "could not be finished" in page.error[0].value
    assert "secret" not in page.error[0].value


def test_a_run_shows_its_figures_by_kind(page, run_id):
    visit(page, run=run_id)
    means = tables(page)["Means by kind of question, with 95 % intervals"]
    assert [(row[0], row[1]) for row in means] == [("All", "3"), ("Across authorities", "3")]
    assert page.get("arrow_vega_lite_chart") or page.get("vega_lite_chart")
    assert any("AUROC" in text.value for text in page.text)


def test_judged_paragraphs_that_the_library_lacks_are_told(page, run_id):
    visit(page, run=run_id)
    assert page.warning[0].value.startswith("1 judged paragraph is not in this library")
    assert tables(page)["Judged paragraphs that are not in this library"][0][1] == "gone.pdf"


def test_the_questions_can_be_chosen_by_kind_and_measure_and_the_address_says_so(page, run_id):
    visit(page, run=run_id)
    page.selectbox(key="question kind").select("none").run()
    page.selectbox(key="measure").select("R@5").run()
    assert addressed(page) == {"run": run_id, "kind": "none", "by": "R@5"}
    assert [row[0]["note"] for row in tables(page)["1 question, the worst by R@5 first"]] == [
        "none"
    ]


def test_two_runs_are_compared(page, run_id, kept, library):
    later = kept.runs.make(library, "small", kept.sets.read("small"), note="again")
    visit(page, run=later)
    page.selectbox(key="other run").select(run_id).run()
    assert addressed(page) == {"run": later, "with": run_id}
    rows = tables(page)["3 questions that both runs asked and that have an answer"]
    assert rows[0][3:] == ["0.000", "1.000", "0", "0", "3"]
    assert any(text.value == "No question changed by nDCG@10." for text in page.text)


def test_a_run_of_another_set_is_not_compared(page, run_id, kept, library):
    other = kept.sets.add("other.jsonl", LINES[0].encode())
    asked = kept.runs.make(library, other, kept.sets.read(other))
    visit(page, run=run_id, **{"with": asked})
    assert "another question set" in page.warning[0].value
    assert not any("both runs" in caption for caption in tables(page))


def test_a_question_shows_what_was_found_where_and_what_is_not_judged(page, run_id):
    visit(page, run=run_id, question="beds")
    (data,) = shown(page, "ranked")
    places = data["lists"][0]["places"]
    assert places[0]["citation"] == "Wandsworth 2016, para 1"
    assert places[0]["href"] == "document?doc=wandsworth-inspection-2016-02-16&p=1"
    assert [place["grade"] for place in places[:2]] == [2, None]
    assert data["judging"]


def test_a_question_that_the_other_run_did_not_ask_is_shown_alone(page, run_id, kept, library):
    short = kept.runs.make(library, "small", kept.sets.read("small")[:1])
    visit(page, run=run_id, question="risk", **{"with": short})
    assert len(shown(page, "ranked")[0]["lists"]) == 1
    assert not page.warning


def test_runs_without_a_question_in_common_show_their_own_figures(page, run_id, kept, library):
    none = kept.runs.make(library, "small", kept.sets.read("small")[3:])
    visit(page, run=run_id, **{"with": none})
    assert "share no question" in plain(page.warning[0])
    assert "Means by kind of question, with 95 % intervals" in tables(page)
    visit(page, run=none)
    assert any("nothing can be ranked" in text.value for text in page.text)


def test_what_is_missed_is_named_even_where_the_library_lacks_it(page, run_id):
    visit(page, run=run_id, question="lost")
    (missed,) = shown(page, "ranked")[0]["missed"]
    assert missed["citation"] == "gone.pdf, a paragraph without a number"
    assert "words of another library" in missed["text"]
    assert missed["href"] is None


def test_beside_another_run_each_place_says_where_it_was(page, run_id, kept, library):
    later = kept.runs.make(library, "small", kept.sets.read("small")[:1])
    visit(page, run=later, question="beds", **{"with": run_id})
    lists = shown(page, "ranked")[0]["lists"]
    assert [one["heading"] for one in lists] == ["Other run", "This run"]
    assert {place["moved"] for one in lists for place in one["places"]} == {""}


@pytest.mark.parametrize("address", [{"run": "nothing"}, {"run": ""}, {"set": "nothing"}])
def test_an_address_that_leads_nowhere_says_so_and_shows_the_start(page, address):
    visit(page, **address)
    said = [warning.value for warning in page.warning]
    assert bool(said) == any(address.values())
    assert bool(page.title) == ("run" not in address or not address["run"])


def test_a_question_that_was_not_asked_is_named(page, run_id):
    visit(page, run=run_id, question="unheard")
    assert "unheard" in page.warning[0].value


@pytest.fixture
def judge(kept, library, monkeypatch):
    """Does what a press on one of a place's buttons does; what is then said."""

    def judge(paragraph_id, grade, question="beds"):
        said = {"key": {"judged": {"paragraph_id": paragraph_id, "grade": grade}}}
        with monkeypatch.context() as patched:
            patched.setattr("streamlit.session_state", said)
            _judge(library, kept, "small", question, "key")
        return said["judged"]

    return judge


def test_a_judgement_is_kept_and_the_figures_follow_it(page, run_id, kept, judge):
    visit(page, run=run_id, question="beds")
    before = tables(page)["What this question scores"]
    place = shown(page, "ranked")[0]["lists"][0]["places"][3]
    assert judge(place["id"], 2) == f"Kept. {place['citation']}: answers it."
    assert len(kept.sets.read("small")[0].judgements) == 2
    visit(page, run=run_id, question="beds")
    assert shown(page, "ranked")[0]["lists"][0]["places"][3]["grade"] == 2
    assert tables(page)["What this question scores"] != before
    visit(page, run=run_id)
    assert "judgements of today" in plain(page.markdown[0])


def test_a_judgement_that_cannot_be_kept_says_why(kept, run_id, judge):
    assert judge("nothing#p1", 2).startswith("Not kept. ")
    first = kept.runs.read(run_id).outcomes[0].found[0].paragraph_id
    assert "no question 'unheard'" in judge(first, 2, question="unheard")


def test_a_run_whose_set_was_removed_can_be_read_but_not_judged(page, run_id, kept):
    kept.sets.remove("small")
    kept.sets.add("other.jsonl", LINES[0].encode())
    visit(page, run=run_id, question="beds")
    assert page.info[0].value.startswith("The question set of this run is not here any more")
    assert not shown(page, "ranked")[0]["judging"]


def test_a_run_and_a_set_can_be_removed(page, run_id, kept):
    visit(page, run=run_id)
    press(page, "Remove it")
    assert kept.runs.ids() == []
    assert addressed(page) == {}


def test_an_uploaded_set_is_chosen_and_a_bad_one_is_explained(page, kept):
    visit(page)
    page.file_uploader(key="upload").set_value(("mine.jsonl", LINES[0].encode(), "")).run()
    assert addressed(page) == {"set": "mine"}
    assert page.success[0].value.startswith("“mine")
    page.file_uploader(key="upload").set_value(("bad.jsonl", b"not json", "")).run()
    assert "line 1" in page.error[0].value
    assert not page.exception
