"""How pieces of documents are judged: by the paragraphs that they hold."""

import pytest

from bench.peers.few import chosen_documents
from bench.peers.judge import Judge, grams, holds
from bench.peers.report import Measured, behind, missed
from eval.model import Judgement, Question
from ingest.model import Document, Paragraph

TEXTS = {
    "a": "Care leavers lived in bed and breakfast accommodation for up to fourteen weeks.",
    "b": "Social workers have caseloads that are far too high for safe practice in all teams.",
    "c": "Return interviews after going missing are offered late and are rarely recorded well.",
}


@pytest.fixture
def judge():
    paragraphs = tuple(Paragraph(key, None, "prose", None, text) for key, text in TEXTS.items())
    document = Document("r.pdf", "r", "0" * 64, paragraphs)
    relevant = (
        Judgement("r.pdf", TEXTS["b"], 1),
        Judgement("r.pdf", TEXTS["c"], 2),
    )
    return Judge([document], [Question("q", "?", "theme", relevant)])


def found(*texts, doc="r.pdf"):
    return {"q": [(doc, text) for text in texts]}


def test_line_ends_signs_and_capitals_cannot_differ():
    assert grams("Care leavers,\nlived in B&B") == grams("care LEAVERS lived in b - b!")


def test_a_piece_holds_what_it_has_half_of_and_what_it_is_half_of():
    whole = grams(" ".join(TEXTS.values()))
    words = TEXTS["a"].split()
    assert holds(whole, grams(TEXTS["a"]))
    assert holds(grams(" ".join(words[2:])), grams(TEXTS["a"]))
    assert not holds(grams(" ".join(words[-6:]) + " " + TEXTS["c"]), grams(TEXTS["a"]))
    assert not holds(grams("Findings"), grams(TEXTS["a"]))


def test_the_paragraphs_themselves_in_the_right_order_are_perfect_both_ways(judge):
    lists = found(TEXTS["c"], TEXTS["b"])
    assert judge.read(lists) == pytest.approx(1)
    assert judge.kind(lists) == pytest.approx(1)


def test_a_long_piece_costs_whoever_reads_it_and_nothing_where_it_is_judged_kindly(judge):
    lists = found(" ".join(TEXTS.values()))
    assert judge.kind(lists) == pytest.approx(1)
    assert judge.read(lists) < 0.8


def test_pieces_that_hold_nothing_take_places_and_repeats_take_none(judge):
    late = found("nothing of the kind stands anywhere in here at all", TEXTS["c"], TEXTS["b"])
    assert judge.kind(late) < judge.kind(found(TEXTS["c"], TEXTS["b"]))
    again = found(TEXTS["c"], TEXTS["c"], TEXTS["b"])
    assert judge.read(again) == judge.kind(again) == pytest.approx(1)


def test_the_same_words_in_another_document_are_no_hit(judge):
    assert judge.kind(found(TEXTS["c"], doc="other.pdf")) == 0


def row(name, quality, seconds):
    build = {"seconds": seconds, "megabytes": 1, "pieces": 1}
    ask = {"each": [seconds], "first": seconds, "megabytes": 1}
    return Measured(name, build, ask, quality, quality, 1.0)


def test_where_a_peer_is_ahead_is_said():
    told = behind([row("general", 0.9, 2.0), row("txtai", 0.5, 1.0)])
    assert [line.split(": ")[0] for line in told] == [
        f"Pilcrow, general model (2) is behind in {measure}" for measure in ("time to build",)
    ] + [
        "Pilcrow, general model (2e+03) is behind in time of a question",
        "Pilcrow, general model (2) is behind in time to the first answer",
    ]
    assert behind([row("general", 0.9, 1.0), row("txtai", 0.5, 1.0)]) == []


def test_the_targets_are_those_of_the_same_model():
    assert len(missed([row("general", 0.4, 2.0), row("txtai", 0.5, 1.0)])) == 4
    assert (
        missed([row("general", 0.9, 1.0), row("shipped", 0.4, 9.0), row("txtai", 0.5, 1.5)]) == []
    )


def test_few_documents_serve_whole_questions_only():
    def question(key, *docs):
        return Question(key, "?", "theme", tuple(Judgement(doc, "words", 2) for doc in docs))

    questions = [question("a", "1", "2", "3"), question("b", "4"), question("c", "4", "5")]
    assert chosen_documents(questions, 2) == {"4", "5"}
    assert chosen_documents(questions, 5) == {"1", "2", "3", "4", "5"}
    assert chosen_documents(questions, 0) == set()
