"""Findings held against what drafts were planted with."""

import json

import pytest

from answer.model import Finding
from eval.drafts import Expected, read_expected, score, stray, tally, wilson
from eval.errors import EvalError

SENTENCE = "Ten children wait (para 7), and eleven do not (para 8)."


def expected(citation: str, **more: object) -> Expected:
    values = {
        "id": f"01-{citation}",
        "draft": "a.md",
        "library": "corpus",
        "sentence": SENTENCE,
        "citation": citation,
        "correct": False,
        "kind": "wrong_paragraph",
        "better": ("9",),
        "superseded": False,
    }
    return Expected(**values | more)


def finding(cited: str, kind: str = "wrong_paragraph", suggestion: str | None = None) -> Finding:
    return Finding(kind, "", SENTENCE, cited, None, suggestion)


def test_a_finding_counts_for_the_citation_that_it_is_about():
    first, second = score([expected("para 7"), expected("para 8")], [finding("para 8")])
    assert (first.told, len(second.told)) == ([], 1)


def test_a_finding_may_give_more_or_less_of_the_citation():
    wanted = expected("(Wandsworth, 2016: 7)", sentence="Ten wait (Wandsworth, 2016: 7).")
    told = Finding("unsupported", "", "Ten wait (Wandsworth, 2016: 7).", "Wandsworth, 2016: 7")
    assert score([wanted], [told])[0].told == [told]


def test_it_is_named_well_with_kind_and_better_paragraph():
    def named(kind: str, suggestion: str) -> bool:
        return score([expected("para 7")], [finding("para 7", kind, suggestion)])[0].named_well

    assert named("wrong_paragraph", "Wandsworth 2016, para 9")
    assert not named("unsupported", "Wandsworth 2016, para 9")
    assert not named("wrong_paragraph", "Wandsworth 2016, para 19")


def test_a_note_is_neither_a_find_nor_a_false_alarm():
    wanted = [expected("para 7"), expected("para 8", correct=True, superseded=True)]
    scored = score(wanted, [finding("para 7", "superseded"), finding("para 8", "superseded")])
    counted = tally(scored, 0)
    assert (counted.found, counted.false_alarms, counted.superseded_named) == (0, 0, 1)


def test_a_finding_on_words_that_are_no_citation_is_a_false_alarm():
    told = Finding("unsupported", "", "See section 47.", "section 47")
    assert stray([told, finding("para 7")], [expected("para 7")]) == [told]
    assert tally([], 1).false_alarms == 1


def test_figures_come_with_wilson_intervals():
    assert wilson(95, 100) == pytest.approx((0.888, 0.978), abs=0.001)
    assert (
        tally(score([expected("para 7")], [finding("para 7")]), 0)
        .lines()[0]
        .startswith("errors found: 1 of 1, 100.0% (")
    )


def test_a_file_that_is_no_list_of_expectations_is_refused(tmp_path):
    path = tmp_path / "expected.jsonl"
    with pytest.raises(EvalError, match="cannot be read"):
        read_expected(path)
    path.write_text(json.dumps({"id": "1"}), encoding="utf-8")
    with pytest.raises(EvalError, match="holds no list"):
        read_expected(path)


def test_the_mark_of_a_note_is_no_part_of_the_sentence():
    wanted = expected("Wandsworth 2016, para 7", sentence="Ten children wait.[^12]")
    told = Finding(
        "unsupported", "", "Ten children wait. (Wandsworth 2016, para 7)", "Wandsworth 2016, para 7"
    )
    assert score([wanted], [told])[0].told == [told]
