"""A draft's citations, each kind of error made once in a small made-up library."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from answer.check import Checked, check
from answer.draft import Part
from answer.model import Place
from answer.places import Finder, Fit, Standing
from answer.shelf import Shelf
from tests.answer.made_up import HandMade, report

OVERALL = "overall effectiveness"
HOMES = (
    "In the last year ten care leavers were placed in bed and breakfast accommodation for between "
    "four and 34 weeks. Their pathway plans were not reviewed after the placement."
)
HEALTH = (
    "Health assessments of children in care are poor and often late. Dental checks rose from 42% "
    "in 2013-14 to 95% in 2014-15."
)
BOARD = "The safeguarding board has not monitored front-line practice with sufficient rigour."
FOSTER = "Foster carers receive good training, and the council supports 68 fostering households."
NEW_TEAM = "The leaving care team returned in-house in September 2017 and works with colleges."
MIND = "Mental health workers visit every children's home each week."


class WordEncoder:
    """A text's vector counts its longer words, so that cosines are known by hand."""

    name = "longer words"
    sha256 = "1" * 64
    dim = 512
    max_tokens = 500

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+", text)]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim, np.float32)
        for word in re.findall(r"[a-z]{4,}", text.lower()):
            vector[zlib.crc32(word.encode()) % self.dim] += 1
        return vector / (np.linalg.norm(vector) or 1)


LIBRARY = HandMade(
    report(
        "w16",
        "Wandsworth",
        date(2016, 2, 16),
        *(HOMES, HEALTH, BOARD, FOSTER),
        heading="The experiences and progress of care leavers",
        judgements={OVERALL: "inadequate"},
    ),
    report(
        "w18",
        "Wandsworth",
        date(2018, 7, 20),
        *(MIND, NEW_TEAM),
        judgements={OVERALL: "good", "experiences and progress of care leavers": "outstanding"},
    ),
    report("s19", "Slough", date(2019, 3, 4), "Caseloads are high in every team of the borough."),
    report(
        "news",
        "Wandsworth",
        date(2017, 1, 5),
        ("News", MIND),
        kind="news article",
        publisher="Care Weekly",
        title="Care improves",
        repeats="w16.pdf",
    ),
)


def checked(*texts: str, heading: str = "Wandsworth") -> Checked:
    parts = [Part("heading", heading, 1), *(Part("text", text) for text in texts)]
    return check(parts, LIBRARY, WordEncoder())


def faults(*texts: str) -> list[tuple[str, str | None]]:
    notes = {"superseded", "second_hand"}
    found = checked(*texts).findings
    return [(one.kind, one.suggestion) for one in found if one.kind not in notes]


RIGHT = [
    "Ten care leavers were placed in bed and breakfast accommodation (Wandsworth 2016, para 1).",
    "“Their pathway plans were not reviewed” after the placement (Wandsworth 2016, para 1).",
    "Wandsworth 2016, para 4, says that foster carers receive good training.",
    "The safeguarding board has “not monitored front-line practice” (Wandsworth, 2016: 3).",
    "The leaving care team returned in-house in September 2017 (para 2 of the 2018 report).",
    "Foster carers receive good training in Wandsworth ([link](?doc=w16&p=4)).",
]


@pytest.mark.parametrize(
    "text",
    [
        "“In September 2017:” (Wandsworth 2018, para 2) The committee should note that caseloads "
        "are high in every team of the borough.",
        "“Foster carers receive good training” (Wandsworth 2016, para 4) “in September 2017” "
        "(Wandsworth 2018, para 2).",
    ],
)
def test_a_quotation_of_few_words_is_a_claim_by_itself(text):
    assert faults(text) == []
    wrong = text.replace("September", "October")
    assert [kind for kind, _ in faults(wrong)] == ["altered_quotation"]


@pytest.mark.parametrize("text", RIGHT)
def test_nothing_is_said_of_a_citation_that_bears_the_claim_out(text):
    assert checked(text).checked == 1
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "suggestion"),
    [
        (
            "Ten care leavers stayed in bed and breakfast accommodation for up to 43 weeks "
            "(Wandsworth 2016, para 1).",
            "changed_digit",
            "34",
        ),
        (
            "Dental checks fell from 95% in 2013-14 to 42% in 2014-15 (Wandsworth 2016, para 2).",
            "swapped_numbers",
            "42% where 95% stands, and the other way round",
        ),
        (
            "“Their pathway plans were not updated after the placement” (Wandsworth 2016, para 1).",
            "altered_quotation",
            "Their pathway plans were not reviewed after the placement",
        ),
        (
            "“The safeguarding board has not monitored front-line practice” "
            "(Wandsworth 2016, para 2).",
            "misattributed_quotation",
            "Wandsworth 2016, para 3",
        ),
        (
            "Foster carers receive good training from the council (Wandsworth 2016, para 3).",
            "wrong_paragraph",
            "Wandsworth 2016, para 4",
        ),
        (
            "Foster carers receive good training from the council (Wandsworth 2016, para 44).",
            "no_such_paragraph",
            "Wandsworth 2016, para 4",
        ),
        (
            "The leaving care team returned in-house in September 2017 (Wandsworth 2016, para 2).",
            "wrong_year",
            "Wandsworth 2018, para 2",
        ),
        (
            "Foster carers receive good training from the council (Wandsworth 2014, para 4).",
            "wrong_year",
            "Wandsworth 2016, para 4",
        ),
        (
            "Caseloads are high in every team of the borough (Wandsworth 2016, para 3).",
            "wrong_authority",
            "Slough 2019, para 1",
        ),
        (
            "Foster carers receive good training from the council (Merton 2016, para 4).",
            "wrong_authority",
            "Wandsworth 2016, para 4",
        ),
        (
            "Health assessments of children in care are good and timely (Wandsworth 2016, para 2).",
            "unsupported",
            None,
        ),
    ],
)
def test_each_kind_of_error_is_found_and_named(text, kind, suggestion):
    ((found, instead),) = faults(text)
    assert found == kind
    if suggestion is not None:
        assert (instead or "").rstrip(".") == suggestion


def test_a_finding_says_where_and_what_was_cited():
    text = "Foster carers receive good training from the council (Wandsworth 2016, para 3)."
    (found,) = [one for one in checked(text).findings if one.kind == "wrong_paragraph"]
    assert (found.where, found.cited) == (text, "Wandsworth 2016, para 3")
    assert found.paragraph_id == "w16#p3"
    assert FOSTER[:40] in found.message


def test_a_finding_tells_the_place_of_its_sentence_and_progress_the_share_done():
    parts = [
        Part("heading", "Wandsworth", 1),
        Part("text", "All is well. Eleven care leavers were placed in hotels (2016, para 99)."),
    ]
    told = []
    done = check(parts, LIBRARY, WordEncoder(), lambda *step: told.append(step))
    (found,) = done.findings
    assert found.place == Place(1, 13, len(parts[1].text))
    assert parts[1].text[found.place.start : found.place.end] == found.where
    total = sum(len(part.text) for part in parts)
    assert told == [(0, total), (len("Wandsworth"), total), (total, total)]


def test_a_check_ends_where_its_progress_raises():
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check([Part("text", RIGHT[0])], LIBRARY, WordEncoder(), stop)


def test_later_inspections_are_named_with_date_and_grades():
    found = [one for one in checked(RIGHT[0]).findings if one.kind == "superseded"]
    (note,) = found
    assert "Wandsworth 2018, published 20 July 2018, overall good" in note.message
    assert "experiences and progress of care leavers: outstanding" in note.message
    assert note.suggestion == "Wandsworth 2018"


def test_the_latest_inspection_is_superseded_by_none():
    assert checked(RIGHT[4]).findings == ()


def test_a_second_hand_source_is_noted_with_the_report_that_it_retells():
    text = "Mental health workers visit every children's home (Care Weekly, 5 January 2017)."
    (note,) = checked(text).findings
    assert (note.kind, note.suggestion) == ("second_hand", "Wandsworth 2016")


def test_a_document_named_in_heading_or_text_is_carried_forward():
    parts = [
        Part("heading", "Wandsworth", 1),
        Part("text", "This note is about the report of July 2018."),
        Part("text", "The leaving care team returned in-house in September 2017 (para 2)."),
        Part("heading", "The inspection published in 2016", 2),
        Part("text", "Foster carers receive good training from the council (para 4)."),
    ]
    done = check(parts, LIBRARY, WordEncoder())
    assert [one.kind for one in done.findings] == ["superseded"]
    assert [one.paragraph_id for one in done.findings] == ["w16#p4"]


def test_ibid_leads_to_the_paragraph_cited_before():
    done = checked(f"{RIGHT[0]} Their pathway plans were not reviewed (ibid.).")
    assert done.checked == 2
    assert [one.paragraph_id for one in done.findings] == ["w16#p1", "w16#p1"]


def test_support_may_be_spread_over_the_paragraphs_cited():
    text = (
        "Ten care leavers were placed in bed and breakfast, and foster carers receive good "
        "training (Wandsworth 2016, paras 1 and 4)."
    )
    assert faults(text) == []


def test_a_block_quotation_is_held_word_for_word():
    parts = [Part("quotation", f"{BOARD.replace('rigour', 'vigour')} (Wandsworth 2016, para 3)")]
    (found,) = [f for f in check(parts, LIBRARY, WordEncoder()).findings if f.kind != "superseded"]
    assert found.kind == "altered_quotation"
    assert "'vigour' for 'rigour'" in found.message


def test_words_that_look_like_citations_are_not_checked():
    done = checked("An enquiry under section 47 of the Act (the Jay Report, 2014) took 12 days.")
    assert (done.checked, done.findings) == (0, ())


def test_what_search_finds_first_is_no_wrong_place():
    fit = Fit((), likeness=0.3, coverage=0.2, wrong_figures=0.0, missing_names=0.0)
    rival = Fit((), likeness=0.45, coverage=0.4, wrong_figures=0.0, missing_names=0.0)
    assert Standing(fit, rival, first=False).elsewhere
    assert not Standing(fit, rival, first=True).elsewhere
    unlike = replace(fit, likeness=0.1)
    assert Standing(unlike, rival, first=True).elsewhere


def test_a_place_is_read_in_pairs_of_sentences_where_its_sentences_come_near_the_best():
    claim = "Teams visited children weekly, leaders listened carefully."
    both = "Teams visited children weekly. Leaders listened carefully."
    less = "Teams visited children weekly, leaders listened sometimes."
    library = HandMade(report("leeds", "Leeds", date(2016, 2, 16), less, both))
    finder = Finder(Shelf(library), WordEncoder())
    (card,) = library.documents()
    places = library.paragraphs(card.document.document_id)
    best = finder.best_of(claim, [(place, "") for place in places])
    assert [place.paragraph.text for place in best.paragraphs] == [both]
    assert best.likeness == pytest.approx(1.0)
    assert finder.best_of(claim, []) is None


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("para 1", "Wandsworth 2016, para 1 has 34."),
        ("paras 1 and 2", "Wandsworth 2016, paras 1 and 2 have 34."),
        ("paras 1-3", "Wandsworth 2016, paras 1 to 3 have 34."),
        ("paras 1, 2 or 4", "Wandsworth 2016, paras 1, 2 and 4 have 34."),
    ],
)
def test_several_paragraphs_are_spoken_of_in_the_plural(place, said):
    text = "Ten care leavers stayed in bed and breakfast accommodation for up to 43 weeks"
    (one,) = [
        finding
        for finding in checked(f"{text} (Wandsworth 2016, {place}).").findings
        if finding.kind == "changed_digit"
    ]
    assert one.message.endswith(said)


def test_either_of_two_paragraphs_may_bear_a_claim_out():
    assert (
        faults("Foster carers receive good training (Wandsworth 2016, paras 3 or 4).")
        == faults("Foster carers receive good training (Wandsworth 2016, paras 3/4).")
        == []
    )
