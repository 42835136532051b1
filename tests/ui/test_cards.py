from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from eval.questions import resolve
from eval.sets import QuestionSets
from index.build import build
from index.library import Library
from index.model import Filter
from tests.ui.conftest import KeywordEncoder
from ui import cards as cards_module
from ui.address import SearchState, search_link
from ui.card_data import context_data, hit_data, repeat_data
from ui.cards import Done
from ui.found import in_order
from ui.judging import NOT_RELEVANT, RELEVANT, SET, Judging, grade_of


def test_the_paragraphs_around_a_hit_come_in_reading_order_without_it(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    around = context_data(library, hit)
    assert [one["label"] for one in around["before"]] == ["para 1", "para 2"]
    assert [one["label"] for one in around["after"]] == ["para 4", "para 5"]
    assert around["after"][0]["href"].endswith("&p=4")


def test_the_first_paragraph_has_none_before_it(library):
    hit = next(one for one in library.search("bed and breakfast") if one.number == "1")
    assert context_data(library, hit)["before"] == []


def test_a_heading_that_the_label_names_is_not_said_twice(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    named = replace(hit, number=None, label="3rd paragraph under 'Findings'")
    assert hit_data(library, hit)["heading"] == "Findings"
    assert hit_data(library, named)["heading"] is None


def test_a_card_links_to_its_very_paragraph(library):
    for hit in library.search("care leavers", top_k=50):
        name = hit.number or hit.paragraph_id.partition("#")[2]
        assert hit_data(library, hit)["href"] == f"document?doc={hit.document_id}&p={name}"


def test_a_repeat_can_be_opened_and_cited(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    assert repeat_data(replace(hit, second_hand=True)) == {
        "citation": "Wandsworth 2016, para 3",
        "href": f"document?doc={hit.document_id}&p=3",
        "second_hand": True,
    }


OF_2016 = {
    "overall effectiveness": "inadequate",
    "children who need help and protection": "inadequate",
    "children looked after and achieving permanence": "requires improvement",
    "experiences and progress of care leavers": "inadequate",
}
OF_2018 = OF_2016 | {
    "overall effectiveness": "requires improvement",
    "experiences and progress of care leavers": "good",
}
LEAVERS = "The graded judgement about the experiences and progress of care leavers is that it is"


@pytest.fixture(scope="module")
def two_inspections(tmp_path_factory) -> Library:
    """Two reports on one authority whose grades differ from part to part."""
    folder = tmp_path_factory.mktemp("two")
    sources = ""
    for name, published, judged in (
        ("first.md", "2016-02-16", OF_2016),
        ("second.md", "2018-07-20", OF_2018),
    ):
        grade = judged["experiences and progress of care leavers"]
        text = (
            "# Inspection\n\n## Recommendations\n\n1. Improve oversight.\n\n"
            f"## {LEAVERS} {grade}\n\n2. Care leavers in lodgings were visited rarely.\n"
        )
        (folder / name).write_text(text, encoding="utf-8")
        table = ", ".join(f'"{label}" = "{said}"' for label, said in judged.items())
        sources += f'["{name}"]\nauthority = "Anyshire"\nkind = "inspection"\n'
        sources += f"published = {published}\njudgements = {{ {table} }}\n"
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    encoder = KeywordEncoder()
    build([folder], folder / "library", encoder=encoder)
    return Library.open(folder / "library", encoder)


def hit_of(library, number, year):
    hits = library.search("care leavers lodgings oversight", top_k=50)
    return next(hit for hit in hits if (hit.number, hit.year) == (number, year))


def test_a_card_knows_the_judgement_of_its_part_and_what_came_later(two_inspections):
    data = hit_data(two_inspections, hit_of(two_inspections, "2", 2016))
    assert data["standing"] == {
        "label": "Experiences and progress of care leavers",
        "grade": "inadequate",
    }
    (later,) = data["later"]
    assert later["text"] == "July 2018, requires improvement overall; care leavers: good"
    assert later["href"] == "document?doc=anyshire-inspection-2018-07-20&p=2"
    newest = hit_data(two_inspections, hit_of(two_inspections, "2", 2018))
    assert (newest["standing"]["grade"], newest["later"]) == ("good", [])


def test_a_paragraph_of_no_judged_part_is_given_the_overall_grade_by_its_name(two_inspections):
    data = hit_data(two_inspections, hit_of(two_inspections, "1", 2016))
    assert data["standing"] == {"label": "Overall effectiveness", "grade": "inadequate"}
    assert [one["text"] for one in data["later"]] == ["July 2018, requires improvement overall"]


def test_filters_by_part_and_by_its_judgement_leave_only_what_fits(two_inspections):
    def found(**filters):
        hits = two_inspections.search("care leavers oversight", 50, Filter(**filters))
        return sorted((hit.year, hit.number) for hit in hits)

    assert found(subject="care-leavers") == [(2016, "2"), (2018, "2")]
    assert found(subject="care-leavers", judgement="good") == [(2018, "2")]
    assert found(judgement="inadequate") == [(2016, "2")]
    assert found(subject="adoption") == []


def test_dates_order_the_hits_and_leave_those_of_one_date_best_first(two_inspections):
    hits = two_inspections.search("care leavers", top_k=50)
    newest = in_order(two_inspections, hits, "newest")
    assert [hit.year for hit in newest] == [2018, 2018, 2016, 2016]
    assert [hit.year for hit in in_order(two_inspections, hits, "oldest")] == [2016] * 2 + [
        2018
    ] * 2
    ranks = [hit.rank for hit in newest]
    assert ranks[:2] == sorted(ranks[:2])
    assert in_order(two_inspections, hits, "best") == hits


@pytest.fixture
def judged(tmp_path) -> Judging:
    none = tmp_path / "none"
    return Judging(QuestionSets(tmp_path / "sets", none), QuestionSets(tmp_path / "waiting", none))


def test_what_is_found_relevant_becomes_a_question_to_be_measured(
    two_inspections, judged, tmp_path
):
    search = SearchState("what about care leavers?")
    good, bad = hit_of(two_inspections, "2", 2016), hit_of(two_inspections, "1", 2018)
    judged.judge(two_inspections, search, bad.paragraph_id, NOT_RELEVANT)
    sets = QuestionSets(tmp_path / "sets", tmp_path / "none")
    assert sets.names() == []  # it would count as a question without an answer
    judged.judge(two_inspections, search, good.paragraph_id, RELEVANT)
    (question,) = sets.read(SET)
    assert question.text == search.question
    documents = [two_inspections.document(hit.document_id) for hit in (good, bad)]
    assert resolve([question], documents).qrels[question.id] == {
        good.paragraph_id: RELEVANT,
        bad.paragraph_id: NOT_RELEVANT,
    }
    assert [grade_of(judged.question(search), hit) for hit in (good, bad)] == [
        RELEVANT,
        NOT_RELEVANT,
    ]
    assert grade_of(judged.question(SearchState("another question")), good) is None
    judged.judge(two_inspections, search, good.paragraph_id, None)
    assert (sets.names(), grade_of(judged.question(search), good)) == ([], None)
    assert grade_of(judged.question(search), bad) == NOT_RELEVANT


def test_several_who_judge_one_question_at_once_lose_nothing(two_inspections, judged):
    search = SearchState("what about care leavers?")
    hits = two_inspections.search(search.question, top_k=50)
    for _ in range(5):
        for grades in ((RELEVANT, NOT_RELEVANT), (NOT_RELEVANT, RELEVANT)):
            given = {hit.paragraph_id: grades[place % 2] for place, hit in enumerate(hits)}

            def judge(one, given=given):
                judged.judge(two_inspections, search, one, given[one])

            with ThreadPoolExecutor(len(given)) as people:
                list(people.map(judge, given))
            question = judged.question(search)
            assert {hit.paragraph_id: grade_of(question, hit) for hit in hits} == given


@pytest.fixture
def session(judged, monkeypatch):
    """The session of a reader whose judgements are kept apart from those of others."""
    state = {}
    monkeypatch.setattr(cards_module, "st", SimpleNamespace(session_state=state))
    monkeypatch.setattr(cards_module, "judging", lambda: judged)
    return state


@pytest.mark.parametrize(
    ("later", "said"),
    [
        (SearchState("care leavers", sort="newest"), "Kept as relevant to this question."),
        (SearchState("lodgings"), "Kept as relevant to “care leavers”."),
    ],
)
def test_a_card_judged_while_another_list_is_on_its_way_counts_for_what_it_was_shown_for(
    two_inspections, judged, session, later, said
):
    before = SearchState("care leavers")
    hit = hit_of(two_inspections, "2", 2016)
    told = Done(search_link(before), judged={hit.paragraph_id: "relevant"})
    cards_module._do(two_inspections, later, told)
    assert grade_of(judged.question(before), hit) == RELEVANT
    assert session["said on cards"] == {hit.paragraph_id: said}
    assert cards_module._done(search_link(later)) == Done(search_link(later))


def test_a_judgement_of_what_is_gone_is_said_not_to_be_kept(two_inspections, session):
    search = SearchState("care leavers")
    told = Done(search_link(search), judged={"gone#p1": "relevant"})
    cards_module._do(two_inspections, search, told)
    assert session["said on cards"]["gone#p1"].startswith("Not kept. ")
    assert cards_module._done(search_link(search)).judged == {}


def test_where_no_part_is_about_the_subject_the_link_leads_to_what_names_it(corpus, tmp_path):
    encoder = KeywordEncoder()
    build([corpus], tmp_path / "library", encoder=encoder)
    library = Library.open(tmp_path / "library", encoder)
    hit = next(one for one in library.search("Wandsworth 2016 para 87") if one.number == "87")
    (later,) = hit_data(library, hit)["later"]
    assert later["second_hand"]
    _, _, name = later["href"].partition("&p=")
    document_id = later["href"].partition("doc=")[2].partition("&")[0]
    found = library.paragraph(f"{document_id}#{unquote(name)}").paragraph
    assert "care leavers" in found.text.lower()
