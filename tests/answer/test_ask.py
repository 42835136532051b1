"""Questions put to the documents that ship."""

import pytest

from answer.ask import ask
from index.model import Filter

QUESTION = "what happened to care leavers in B&B accommodation?"


def test_an_answer_quotes_its_hits_word_for_word(shipped):
    answer = ask(shipped, QUESTION, top_k=3)
    assert answer.status == "answered"
    assert answer.reason is None
    texts = {hit.paragraph_id: hit.text for hit in answer.hits}
    assert 2 <= len(answer.sentences) <= 5
    for sentence in answer.sentences:
        assert all(sentence.text in texts[key] for key in sentence.citations)
    assert answer.sentences[0].citations == ("wandsworth-inspection-2016-02-16#p87",)


def test_hits_are_those_asked_for_and_those_cited(shipped):
    answer = ask(shipped, QUESTION, top_k=1)
    cited = {key for sentence in answer.sentences for key in sentence.citations}
    assert answer.hits[0].rank == 1
    assert {hit.paragraph_id for hit in answer.hits[1:]} <= cited
    assert len(ask(shipped, QUESTION, top_k=12).hits) >= 12


def test_what_changed_is_told_from_two_years(shipped):
    answer = ask(shipped, "Did Wandsworth care leavers' services improve from 2016 to 2018?")
    years = {hit.paragraph_id: hit.year for hit in answer.hits}
    told = [years[key] for sentence in answer.sentences for key in sentence.citations]
    assert told == sorted(told)
    assert len(set(told)) > 1


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("care leavers in bed and breakfast in Leeds", "No document about Leeds is in this"),
        ("adoption in Wandsworth in 2009", "2019, none of 2009."),
        ("Wandsworth 2016 para 999", "The documents asked about have no paragraph 999."),
        ("drone deliveries of toboggans", "Nothing found on drone deliveries of toboggans;"),
        ("Do drones deliver toboggans?", "none mentions “toboggans” or “drones”"),
        ('"no such words"', "exact words “no such words”"),
        ("?!", "no word that could be looked for"),
        ("", "no word that could be looked for"),
    ],
)
def test_what_is_not_answered_says_why(shipped, question, reason):
    answer = ask(shipped, question)
    assert answer.status == "no_answer"
    assert answer.sentences == ()
    assert reason in answer.reason
    assert 0 <= answer.confidence < 0.5


def test_paragraphs_asked_for_by_their_numbers_are_quoted_in_their_order(shipped):
    answer = ask(shipped, "What do paras 87-89 of Wandsworth 2016 say?")
    cited = [key for sentence in answer.sentences for key in sentence.citations]
    assert list(dict.fromkeys(cited)) == [
        f"wandsworth-inspection-2016-02-16#p{number}" for number in (87, 88, 89)
    ]


def test_a_grade_is_told_from_the_cover(shipped):
    answer = ask(shipped, "overall effectiveness of Wandsworth 2016")
    assert (answer.status, answer.sentences, answer.reason) == ("answered", (), None)
    assert "Wandsworth 2016, overall effectiveness: inadequate" in answer.note


def test_a_cover_outside_the_filters_tells_nothing(shipped):
    answer = ask(shipped, "overall effectiveness of Wandsworth", filters=Filter(year_from=2017))
    assert "2016" not in (answer.note or "")


def test_a_kind_of_report_in_passing_is_noted_and_a_page_is_quoted(shipped):
    passing = "caseloads of Wandsworth social workers before the area SEND inspection"
    assert ask(shipped, passing).note.endswith(
        "no report of an area SEND inspection in Wandsworth."
    )


def test_a_filter_that_fits_nothing_is_the_reason(shipped):
    answer = ask(shipped, QUESTION, filters=Filter(year_from=2030))
    assert answer.reason == "The filters leave no document to look in; take one off."


def test_a_part_taken_off_is_answered_without(shipped):
    question = "adoption in Wandsworth in 2009"
    assert ask(shipped, question).status == "no_answer"
    assert ask(shipped, question, ignore={"year:2009"}).status == "answered"


def test_every_paragraph_cited_is_among_the_hits(shipped):
    """Also one that leads into a list and was found by nothing else."""
    answer = ask(shipped, "effectiveness of the independent reviewing officers", top_k=1)
    held = {hit.paragraph_id for hit in answer.hits}
    assert {key for sentence in answer.sentences for key in sentence.citations} <= held
