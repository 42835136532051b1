"""What a question asks for."""

import pytest

from answer.asked import holds_wanted, missing, said_in, share, what_is_asked
from index.model import QueryPlan
from index.query import Knowledge

KNOWLEDGE = Knowledge(vocabulary={"children": 900, "caseloads": 20, "bed": 9, "breakfast": 8})


def asked(text="caseloads of children", terms=("caseloads", "children"), **more):
    return what_is_asked(QueryPlan(text, terms=terms, **more), KNOWLEDGE, 1000)


def test_a_rare_word_counts_for_more_than_a_common_one():
    question = asked()
    rare = share(question, [said_in("The caseload is high.")])
    common = share(question, [said_in("A child is seen.")])
    assert rare > 0.8
    assert 0 <= common < 0.2


def test_any_way_of_saying_it_counts_once():
    question = asked(terms=("b&b",), expansions={"b&b": ("bed and breakfast",)})
    assert share(question, [said_in("He lived in bed and breakfast accommodation.")]) == 1
    assert share(question, [said_in("Breakfast in bed.")]) == 0


def test_texts_say_it_between_them():
    question = asked()
    texts = [said_in("Caseloads vary."), said_in("Children wait.")]
    assert share(question, texts) == 1
    assert share(question, texts[:1]) < 1


def test_a_question_without_words_is_said_by_everything():
    assert share(asked(terms=()), [said_in("Anything.")]) == 1


def test_what_nobody_says_is_named_rarest_first():
    question = asked(terms=("children", "caseloads", "toboggans"))
    unsaid = missing(question, [said_in("Nothing of the kind.")])
    assert [concept.said[0] for concept in unsaid] == ["toboggans", "caseloads", "children"]
    assert missing(question, [said_in("Children have caseloads of toboggans.")]) == []


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many children were seen?", "figure"),
        ("what proportion of visits was late", "figure"),
        ("LAC reviews on time %", "figure"),
        ("When was the notice lifted?", "date"),
        ("What happens when children go missing?", None),
        ("Why are plans late?", None),
    ],
)
def test_figures_and_dates_are_known_when_asked_for(question, wanted):
    assert asked(question).wanted == wanted


def test_figures_in_digits_and_words_are_found():
    assert holds_wanted("figure", "About 16% were late.")
    assert holds_wanted("figure", "Fourteen children were seen.")
    assert not holds_wanted("figure", "Many children were seen.")
    assert holds_wanted("date", "It was lifted in July 2018.")
    assert not holds_wanted("date", "It may be lifted soon.")
    assert not holds_wanted(None, "In 2018 there were 16.")
