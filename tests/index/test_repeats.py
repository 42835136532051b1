"""Which hits are one passage said again, by cases told by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Hit
from index.repeats import group_repeats, says_again

BEDS = "Ten care leavers lived in bed and breakfast accommodation without any risk assessment."
LATE = "Children who go missing are offered a return interview, but too often it comes too late."
KNOWN = "Social workers know the children on their caseloads well and see them regularly."


def hit(rank, text, document_id="ashford-2016", **known):
    fields = {"authority": "Ashford", "second_hand": False, "recommendation": False} | known
    return Hit(
        rank=rank,
        score=1 / rank,
        doc=f"{document_id}.pdf",
        document_id=document_id,
        paragraph_id=f"{document_id}#p{rank}",
        number=str(rank),
        label=f"para {rank}",
        citation=f"{document_id}, para {rank}",
        full_citation="",
        heading=None,
        page_start=None,
        page_end=None,
        text=text,
        highlights=(),
        kind="numbered",
        title=None,
        year=None,
        document_kind="inspection",
        **fields,
    )


def grouped(*hits):
    return [[one.hit.rank, *(other.rank for other in one.repeats)] for one in group_repeats(hits)]


def test_a_sentence_said_again_in_one_document_stands_once():
    hits = (hit(1, f"{BEDS} It is unsafe."), hit(2, LATE), hit(3, f"{KNOWN} {BEDS}"))
    assert grouped(*hits) == [[1, 3], [2]]


def test_case_quotes_and_hyphens_make_no_difference():
    assert says_again(BEDS, BEDS.replace("care leavers", "‘Care-Leavers’"))


def test_a_second_hand_source_is_shown_only_where_nothing_official_says_it():
    article = hit(1, BEDS, "news", second_hand=True)
    report = hit(4, BEDS)
    other = hit(2, LATE, "news", second_hand=True)
    assert grouped(article, other, report) == [[4, 1], [2]]


def test_a_source_is_known_by_the_report_it_repeats_even_without_a_place():
    page = hit(2, BEDS, "page", second_hand=True, authority=None, repeats="ashford-2016.pdf")
    assert grouped(hit(1, BEDS), page) == [[1, 2]]


def test_the_same_words_of_two_inspections_are_two_findings():
    assert grouped(hit(1, BEDS), hit(2, BEDS, "ashford-2019")) == [[1], [2]]
    brook = hit(2, BEDS, "brook-2016", authority="Brook")
    assert grouped(hit(1, BEDS), brook) == [[1], [2]]
    nowhere = hit(2, BEDS, "news", second_hand=True, authority=None)
    assert grouped(hit(1, BEDS, authority=None), nowhere) == [[1], [2]]


def test_a_finding_and_the_recommendation_made_of_it_both_stand():
    assert grouped(hit(1, BEDS), hit(2, BEDS, recommendation=True)) == [[1], [2]]


def test_two_paragraphs_that_a_web_page_runs_together_stay_two():
    page = hit(1, f"{BEDS} {LATE}", "page", second_hand=True)
    assert grouped(page, hit(2, BEDS), hit(3, LATE)) == [[2, 1], [3]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The previous inspection of safeguarding was in May 2012. It was judged to be good.",
            "The previous inspection of services for looked after children was in May 2012. It was "
            "judged to be good.",
        ),
        (
            "44 children ceased to be looked after and moved on to independent living",
            "40 children ceased to be looked after and are now living in shared houses",
        ),
        ("Requires improvement to be good.", "Requires improvement to be good."),
        (BEDS, f"{BEDS[:40]} {LATE} {KNOWN}"),
    ],
)
def test_what_is_merely_alike_is_no_repeat(one, other):
    assert not says_again(one, other)


texts = st.lists(st.sampled_from([BEDS, LATE, KNOWN, "Good."]), min_size=1, max_size=3)


@given(st.lists(st.tuples(texts, st.sampled_from(["a", "b"]), st.booleans()), max_size=8))
def test_no_hit_is_lost_and_none_shown_twice(entries):
    hits = [
        hit(rank, " ".join(said), name, second_hand=second)
        for rank, (said, name, second) in enumerate(entries, 1)
    ]
    ranks = [rank for group in grouped(*hits) for rank in group]
    assert sorted(ranks) == list(range(1, len(hits) + 1))
