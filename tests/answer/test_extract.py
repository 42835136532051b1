"""Sentences chosen from hits."""

from hypothesis import given
from hypothesis import strategies as st

from answer.asked import what_is_asked
from answer.extract import extract
from index.model import QueryPlan
from index.query import Knowledge
from tests.answer.hits import hit

KNOWLEDGE = Knowledge(vocabulary={"caseloads": 20, "children": 900, "visits": 90})
PLAN = QueryPlan("caseloads and visits", terms=("caseloads", "visits"))


def quoted(hits, plan=PLAN):
    return extract(plan, what_is_asked(plan, KNOWLEDGE, 1000), hits)


def texts(hits, plan=PLAN):
    return [sentence.text for sentence in quoted(hits, plan)]


def test_what_says_most_of_what_is_asked_comes_first():
    text = "The building is new and well kept. Caseloads are too high and visits are late."
    assert texts([hit(text, score=0.9)])[0] == "Caseloads are too high and visits are late."
    sentence = quoted([hit(text, score=0.9)])[0]
    assert sentence.citations == ("report#p1",)


def test_a_sentence_never_comes_without_the_one_it_leans_on():
    text = "Managers changed three times in one year. This led to high caseloads and late visits."
    assert texts([hit(text, score=0.9)]) == [
        "Managers changed three times in one year.",
        "This led to high caseloads and late visits.",
    ]


def test_what_takes_a_sentence_back_goes_with_it():
    text = (
        "Caseloads are low and visits are made. However, one team is struggling. "
        "The building is new and well kept. Staff have a canteen of their own."
    )
    assert texts([hit(text, score=0.9)])[:2] == [
        "Caseloads are low and visits are made.",
        "However, one team is struggling.",
    ]


def test_the_same_is_not_said_twice():
    hits = [
        hit("Caseloads are too high in every team, so visits are late.", 1, score=0.9),
        hit("Visits are late because caseloads are too high in every team.", 2, score=0.9),
        hit("Caseloads fell after a review of visits by an outside adviser.", 3, score=0.9),
    ]
    assert [sentence.citations for sentence in quoted(hits)] == [("report#p1",), ("report#p3",)]


def test_a_finding_goes_before_a_recommendation_unless_one_is_asked_for():
    hits = [
        hit("Reduce caseloads so that visits are made.", 1, score=0.9, recommendation=True),
        hit("Caseloads are high and many visits late.", 2, score=0.9),
    ]
    assert texts(hits)[0].startswith("Caseloads are high")
    plan = QueryPlan("what should they do about caseloads and visits", terms=PLAN.terms)
    assert texts(hits, plan)[0].startswith("Reduce caseloads")


def test_a_report_goes_before_an_article_that_tells_as_much():
    hits = [
        hit("High caseloads meant that visits came late.", 1, score=0.9, second_hand=True),
        hit("Caseloads are too heavy and statutory visits slip.", 2, score=0.9),
    ]
    assert texts(hits)[0].startswith("Caseloads are too heavy")


def test_figures_are_preferred_where_they_are_asked_for():
    text = (
        "Caseloads are a worry to managers and staff. Visits slipped in many teams. "
        "Caseloads stand at 27 children for each worker."
    )
    plan = QueryPlan("how many caseloads", terms=("caseloads",))
    found = texts([hit(text, score=0.9)], plan)
    assert "Caseloads stand at 27 children for each worker." in found


def test_change_is_told_from_both_inspections_the_earlier_first():
    hits = [
        hit("Caseloads are now low and visits frequent.", 1, score=0.9, year=2019),
        hit("Caseloads have come down since then.", 2, score=0.9, year=2019),
        hit("Caseloads were high and visits rare at that time.", 3, score=0.8, year=2016),
        hit("Caseloads and visits were talked of in the press.", 4, score=0.9, year=None),
    ]
    hits = [
        hits[0],
        hits[1],
        *(
            hit(one.text, one.rank, score=one.score, year=one.year, document_id=f"d{one.year}")
            for one in hits[2:]
        ),
    ]
    plan = QueryPlan("caseloads then and now", terms=PLAN.terms, change=True)
    years = [int(key.removeprefix("report#p")) for s in quoted(hits, plan) for key in s.citations]
    assert years[0] == 3
    assert set(years) == {1, 2, 3}


def test_what_the_question_does_not_name_is_left_out():
    hits = [
        hit("Caseloads are high and many visits late.", 1, score=1.8),
        hit("Caseloads elsewhere are low and visits timely.", 2, score=0.9),
        hit("Staff told inspectors of the strain.", 3, score=1.7),
    ]
    assert all(sentence.citations != ("report#p2",) for sentence in quoted(hits))


def test_there_are_at_most_five_sentences_three_of_one_paragraph():
    text = " ".join(
        f"Caseloads and visits of the {word} team." for word in ["red", "blue", "green"]
    )
    hits = [
        hit(f"{text} In {place} caseloads and visits differ much.", rank, score=0.9)
        for rank, place in enumerate(("Ashford", "Brook", "Cole", "Dale"), 1)
    ]
    cited = [key for sentence in quoted(hits) for key in sentence.citations]
    assert len(cited) <= 5
    assert max(map(cited.count, cited)) <= 3


def test_an_item_of_a_list_is_valued_with_what_leads_into_it():
    plan = QueryPlan("How many children had visits?", terms=("children", "visits"))
    items = [
        hit("in the north there were 14", 1, kind="bullet", score=0.9),
        hit("in the south there were 15", 2, kind="bullet", score=0.9),
    ]
    leads = {
        "report#p1": hit("Of meetings held by managers:", 8),
        "report#p2": hit("Of children who had visits:", 9),
    }
    asked = what_is_asked(plan, KNOWLEDGE, 1000)
    assert extract(plan, asked, items, leads)[0].citations == ("report#p2",)
    assert extract(plan, asked, items)[0].citations == ("report#p1",)


def test_a_list_of_what_inspectors_looked_at_goes_after_findings():
    items = [
        hit("the effectiveness of visits and caseloads", 1, kind="bullet", score=0.9),
        hit("Caseloads are high and visits are late.", 2, score=0.88),
    ]
    leads = {"report#p1": hit("During this visit, inspectors reviewed:", 8)}
    found = extract(PLAN, what_is_asked(PLAN, KNOWLEDGE, 1000), items, leads)
    assert found[0].citations == ("report#p2",)


def test_another_figure_is_new_where_one_is_asked_for():
    plan = QueryPlan("How many visits were late?", terms=("visits",))
    hits = [
        hit("Five visits to children were late.", 1, score=0.9),
        hit("Six visits to children were late.", 2, score=0.9),
    ]
    assert [one.citations for one in quoted(hits, plan)] == [("report#p1",), ("report#p2",)]
    assert [one.citations for one in quoted(hits)] == [("report#p1",)]


def test_paragraphs_asked_for_by_their_numbers_stand_in_the_order_of_the_question():
    plan = QueryPlan("paras 9, 7 and 8", paragraphs=("9", "7", "8"))
    hits = [
        hit(f"This is what stands in {word} of them.", int(number), number=number, score=0.9)
        for number, word in (("7", "seven"), ("8", "eight"), ("9", "nine"))
    ]
    assert [one.citations[0] for one in quoted(hits, plan)] == [
        "report#p9",
        "report#p7",
        "report#p8",
    ]


def test_what_the_best_sentence_leans_on_stays_before_it():
    text = (
        "Staff have a canteen of their own. Managers changed three times. "
        "This led to high caseloads and late visits. The building is well kept."
    )
    assert texts([hit(text, score=0.9)])[:2] == [
        "Managers changed three times.",
        "This led to high caseloads and late visits.",
    ]


def test_no_hits_give_no_sentences():
    assert quoted([]) == ()


_WORDS = st.sampled_from(
    [
        "caseloads",
        "visits",
        "children",
        "However,",
        "This",
        "They",
        "e.g.",
        "St.",
        "25.",
        "plans.",
        "late.",
        "(p.",
        "3)",
        "“Yes.”",
        "•",
        "2016:",
        "team;",
        "A",
        "B.",
        "Mr",
        "Smith",
        "of",
        "these",
        "including:",
        "therefore",
    ]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=60).map(" ".join)


@given(st.lists(_TEXT, min_size=1, max_size=6), st.booleans())
def test_every_sentence_stands_in_its_paragraph_word_for_word(paragraphs, change):
    hits = [hit(text, rank, score=0.9, year=2010 + rank) for rank, text in enumerate(paragraphs, 1)]
    plan = QueryPlan("caseloads and visits", terms=PLAN.terms, change=change)
    held = {one.paragraph_id: one.text for one in hits}
    found = quoted(hits, plan)
    assert len(found) <= 5
    assert len(set(found)) == len(found)
    for sentence in found:
        (cited,) = sentence.citations
        assert sentence.text in held[cited]
