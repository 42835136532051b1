"""One authority's inspections in their order, and what became of what was recommended."""

from dataclasses import replace
from datetime import date

import pytest

from answer.errors import AnswerError
from answer.judgement_line import LEVELS, grades
from answer.markdown import markdown_text
from answer.trail import Link, _recommends, inspections, next_inspection, recommendations, trail
from answer.trail_output import NOTHING_NEAR, trail_lines, trail_object, trail_paper
from ingest.model import Document

REPORT = "wandsworth-inspection-2016-02-16"


def graded(**judgements):
    named = {key.replace("_", " "): grade for key, grade in judgements.items()}
    return grades(Document("a.pdf", "a", "0", (), judgements=named))


def test_inspections_come_earliest_first_and_without_what_retells_them(shipped):
    cards = inspections(shipped, "WANDSWORTH")
    dates = [card.document.inspection_end for card in cards]
    assert dates == sorted(dates)
    assert not any(card.document.second_hand for card in cards)
    assert len(cards) == 3


@pytest.mark.parametrize(("said", "hint"), [("Wandswerth", "Did you mean Wandsworth?"), ("X", "")])
def test_an_authority_that_is_not_held_is_named_with_the_nearest(shipped, said, hint):
    with pytest.raises(AnswerError, match="holds no inspection") as error:
        inspections(shipped, said)
    assert hint in str(error.value)


def test_each_inspection_answers_from_its_own_paragraphs(shipped):
    found = trail(shipped, "Wandsworth", "care leavers in bed and breakfast", links=False)
    for stop in found.stops:
        assert {hit.document_id for hit in stop.hits} <= {stop.card.document.document_id}
    assert any("bed and breakfast" in hit.text for hit in found.stops[0].hits)
    assert found.links == ()


def test_an_inspection_that_says_nothing_of_it_does_not_answer_with_its_greeting(shipped):
    asked = "care leavers in bed and breakfast"
    found = trail(shipped, "Wandsworth", asked, links=False)
    said = [hit for stop in found.stops for hit in stop.hits]
    assert said
    assert not any(hit.kind == "boilerplate" for hit in said)
    assert all(hit.coverage > 0 or hit.similarity > 0.3 for hit in said)


def test_without_a_question_there_are_judgements_alone(shipped):
    found = trail(shipped, "Wandsworth", links=False)
    assert not any(stop.hits for stop in found.stops)
    assert {grade.line for grade in found.stops[0].grades} >= {"overall", "care-leavers"}


def test_judgements_of_all_frameworks_lie_on_the_same_lines():
    old = graded(
        overall_effectiveness="inadequate",
        children_who_need_help_and_protection="requires improvement",
        experiences_and_progress_of_care_leavers="good",
    )
    new = graded(
        overall_effectiveness="good",
        the_experiences_and_progress_of_children_who_need_help_and_protection="outstanding",
        the_experiences_and_progress_of_children_in_care_and_care_leavers=(
            "requires improvement to be good"
        ),
    )
    assert {one.line: LEVELS[one.level] for one in old} == {
        "overall": "inadequate",
        "help-and-protection": "requires improvement",
        "care-leavers": "good",
    }
    assert {one.line: LEVELS[one.level] for one in new} == {
        "overall": "good",
        "help-and-protection": "outstanding",
        "children-in-care": "requires improvement",
        "care-leavers": "requires improvement",
    }


def test_recommendations_are_not_the_findings_they_were_made_of(shipped):
    found = recommendations(shipped, REPORT)
    assert len(found) >= 5
    assert not any(one.paragraph.text.rstrip(". ").endswith("(Recommendation.)") for one in found)
    finding = shipped.paragraph(f"{REPORT}#p87")
    assert finding.paragraph.text.endswith("(Recommendation.)")
    assert not _recommends(finding)


def test_the_next_inspection_is_of_the_same_kind(shipped):
    cards = inspections(shipped, "Wandsworth")
    assert next_inspection(cards, cards[0].document.document_id) is None
    later = replace(
        cards[0],
        document=replace(cards[0].document, document_id="later", published=date(2020, 1, 1)),
    )
    assert next_inspection([*cards, later], cards[0].document.document_id) is later


def test_progress_counts_and_can_stop(shipped):
    steps = []
    trail(shipped, "Wandsworth", "homes", progress=lambda done, total: steps.append((done, total)))
    assert steps[0] == (0, 3)
    assert steps[-1] == (3, 3)


def test_json_text_and_paper_name_every_inspection(shipped):
    found = trail(shipped, "Wandsworth", "care leavers")
    names = [stop.card.name for stop in found.stops]
    assert [one["name"] for one in trail_object(found)["inspections"]] == names
    text = "\n".join(trail_lines(found))
    paper = markdown_text(trail_paper(found, shipped.info(), date(2026, 11, 22)))
    assert all(name in text and name in paper for name in names)
    assert "| Overall | inadequate |" in paper


def test_the_paper_says_which_inspections_a_pair_joins_and_how_far_to_trust_it(shipped):
    found = trail(shipped, "Wandsworth", links=False)
    first, second = found.stops[0].card, found.stops[-1].card
    (advice, *_) = recommendations(shipped, REPORT)
    (hit, *_) = shipped.search("care leavers", 1)
    joined = [Link(advice, second.document.document_id, near) for near in (hit, None)]
    paper = trail_paper(replace(found, links=tuple(joined)), shipped.info(), date(2026, 11, 22))
    text = markdown_text(paper)
    assert "34 were on the same subject" in text
    assert f"Recommended in {first.name}, next inspected in {second.name}" in text
    assert f"Nearest to it in {second.name}:" in text
    assert NOTHING_NEAR in text
