"""What a question asks for."""

from answer.asked import gives, missing, said_in, share, what_is_asked
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


def test_what_is_to_be_counted_is_known_in_every_way_of_saying_it():
    question = asked(
        "How many kids in care are there?", terms=("kids",), expansions={"kids": ("children",)}
    )
    assert question.wanted == "figure"
    assert worth(question, "There are 456 children in care.") == 1
    assert worth(question, "Fourteen kids were seen.") == 1
    assert 0 < worth(question, "It has 12 offices.") < 1
    assert worth(question, "Children are safe.") == 0


def worth(question, text):
    return gives(question, text, said_in(text).order)
