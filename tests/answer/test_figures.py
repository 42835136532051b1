"""Figures in digits and words, and whether two sentences say the same ones of the same things."""

import pytest

from answer.figure_check import mismatches
from answer.figures import figures, same
from answer.verify import split_sentences
from ingest.reading import read_file
from ingest.sources import SourceFile


@pytest.mark.parametrize(
    ("text", "value", "sort"),
    [
        ("Twenty-nine young people", 29, "number"),
        ("2,849 assessments", 2849, "number"),
        ("ninety-one per cent of adopters", 91, "percent"),
        ("54.1% of them", 54.1, "percent"),
        ("a third of the plans", 1 / 3, "share"),
        ("four fifths of the cases", 0.8, "share"),
        ("in 2014–15", 2014, "years"),
        ("since 2016,", 2016, "year"),
        ("by October.", 10, "month"),
        ("£1.5 million", 1_500_000, "number"),
        ("one hundred and five visits", 105, "number"),
        ("an eight-week group", 8, "number"),
        ("Ninety-four visits in a hundred are made", 94, "percent"),
        ("nine in ten plans", 0.9, "share"),
        ("One practitioner in two had too much to do", 0.5, "share"),
        ("one in five children", 0.2, "share"),
        ("1 in 5 children", 0.2, "share"),
        ("one in 5 children", 0.2, "share"),
        ("There is only one known arrangement", 1, "number"),
    ],
)
def test_figures_are_read_however_they_are_written(text, value, sort):
    (found,) = figures(text)
    assert (found.value, found.sort) == (pytest.approx(value), sort)


def test_a_share_may_be_a_rough_one():
    (found,) = figures("Nearly nine in ten plans are in time.")
    assert found.about


def test_words_that_only_look_like_figures_are_none():
    assert figures("No one may say that they may go; one of them did.") == []


@pytest.mark.parametrize(
    "text", ["two incidents in three months", "five children in two homes", "three in two years"]
)
def test_two_counts_are_no_share(text):
    assert [one.sort for one in figures(text)] == ["number", "number"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12%", "twelve per cent", True),
        ("12%", "12 children", False),
        ("a third", "34%", True),
        ("a third", "24%", False),
        ("nearly 100", "97", True),
        ("100", "97", False),
        ("2014-15", "2014", True),
    ],
)
def test_the_same_amount_is_the_same_in_words_and_digits(one, other, alike):
    assert same(figures(one)[0], figures(other)[0]) is alike


def told(claim: str, *sources: str, known: str = "") -> list[tuple[str, str | None, str]]:
    return [
        (one.claimed, one.found, one.kind) for one in mismatches(claim, sources, figures(known))
    ]


SOURCE = "The share of visits made in time rose from 42% in 2013-14 to 95% in 2014-15."


def test_a_changed_digit_is_told_with_the_figure_that_stands_there():
    assert told("Visits made in time rose to 59% in 2014-15.", SOURCE) == [
        ("59%", "95%", "changed_digit")
    ]


def test_figures_said_of_each_other_are_told():
    claim = "Visits made in time fell from 95% in 2013-14 to 42% in 2014-15."
    assert ("95%", "42%", "swapped_numbers") in told(claim, SOURCE)


def test_figures_exchanged_over_two_sentences_are_told():
    sources = [
        "Children waited 573 days on average between entering care and adoption.",
        "This does not meet the national threshold of 547 days.",
    ]
    claim = (
        "Children waited 547 days on average between entering care and adoption, against a "
        "national threshold of 573."
    )
    assert told(claim, *sources) == [("547", "573", "swapped_numbers")]


def test_figures_told_in_another_order_are_right():
    assert told("In 2014-15, 95% of visits were made in time, up from 42%.", SOURCE) == []


def test_ages_joined_by_and_are_not_taken_for_exchanged():
    source = "Homeless 17- and 16-year-olds wait."
    assert told("Homeless 16- and 17-year-olds have to wait.", source) == []


def test_a_small_number_of_the_writers_own_counting_is_let_pass():
    assert (
        told("One of the four things to improve is the timeliness of plans.", "Plans are late.")
        == []
    )


def test_a_small_number_said_of_the_same_is_not():
    source = "At the time of the inspection, four care leavers were living in hostels."
    assert told("Six care leavers were living in hostels.", source) == [
        ("Six", "four", "changed_digit")
    ]


def test_the_documents_own_dates_need_not_stand_in_the_paragraph():
    claim = "By May 2019 turnover had come down."
    assert told(claim, "Turnover has come down since January.", known="11 May 2019") == []


def test_a_fall_is_seen_from_what_it_started_at_however_that_is_said():
    source = "Reports at conferences went up from a low base of 20% to a current figure of 47%."
    assert told("Reports at 47% of conferences are there now, up from 20%.", source) == []


def test_a_rise_to_a_lower_figure_is_told():
    source = "There were 370 episodes, a sharp rise from the 89 of the year before."
    assert told("Episodes rose from 370 to 89.", source) == [("370", "89", "swapped_numbers")]


def test_now_and_before_are_told_apart_though_no_other_word_is_shared():
    sources = [
        "Last year it was put at 61 in 10,000.",
        "That is up from 48, which is a rate of 57.",
    ]
    assert told("It stands at 57, where it had been 61.", *sources) == [
        ("57", "61", "swapped_numbers")
    ]
    assert told("It stands at 61, where it had been 57.", *sources) == []


def test_from_and_to_the_wrong_way_round_are_told_where_nothing_says_rise_or_fall():
    source = "The share seen in time has risen from 42% in 2013–14 to 95% in 2014–15."
    claim = "The share seen in time went from {} to {} within a year."
    assert told(claim.format("95%", "42%"), source) == [("95%", "42%", "swapped_numbers")]
    assert told(claim.format("42%", "95%"), source) == []


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("Children under seven may not join the scheme.", "five"),
        ("Children under five may not join the scheme.", None),
        ("The scheme was set up three years before.", "a year"),
        ("The scheme was set up a year before.", None),
        ("The scheme now runs two weeks less.", None),
    ],
)
def test_small_ages_and_times_are_held_against_their_like(claim, found):
    source = (
        "The scheme for children under the age of five was set up almost a year ago, for 28 weeks."
    )
    assert [one[1] for one in told(claim, source)] == ([found] if found else [])


def test_the_only_one_is_a_count_that_another_may_be_held_against():
    source = "Currently, there is only one known private fostering arrangement."
    assert told("Three private fostering arrangements were known.", source) == [
        ("Three", "one", "changed_digit")
    ]


@pytest.mark.parametrize(
    "text", ["half a year", "half an hour", "a year and a half", "half the year"]
)
def test_half_of_a_time_is_no_share(text):
    assert figures(f"They waited {text} for a place.") == []


def test_all_but_a_share_is_the_rest_of_it():
    assert told("All but three in a hundred took part.", "97% took part.") == []
    assert told("All but a tenth took part.", "90% took part.") == []
    assert told("All but five per cent took part.", "97% took part.") == [
        ("five per cent", "97%", "changed_digit")
    ]


def test_a_number_is_not_known_because_it_is_the_day_of_a_date():
    source = "The council recruited nine new carers last year."
    assert told("Nineteen new carers were recruited.", source, known="19 May 2017") == [
        ("Nineteen", "nine", "changed_digit")
    ]
    assert told("By 19 May nine carers were recruited.", source, known="19 May 2017") == []


PART = "Panels found that 214 plans out of 590 looked at so far need no social worker."


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Of 590 plans that panels looked at, 214 need no social worker.", False),
        ("Panels that went through 590 plans saw no need for a social worker in 214.", False),
        ("Of 214 plans that panels looked at, 590 need no social worker.", True),
    ],
)
def test_a_part_and_its_whole_may_be_told_in_any_order(claim, wrong):
    assert bool(told(claim, PART)) is wrong


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Proceedings take 26 weeks in place of 31.", False),
        ("Proceedings take 31 weeks in place of 26.", True),
        ("Quicker: 26 weeks after 31.", False),
        ("Slower: 31 weeks after 26.", True),
    ],
)
def test_what_came_in_place_of_what_is_told_from_the_other_way_round(claim, wrong):
    source = "Their length came down from the 2013-14 figure of 31 weeks to 26 weeks."
    assert bool(told(claim, source)) is wrong


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("In writing 71% of them did well, against 64% across the country.", False),
        ("In writing 64% of them did well, against 71% across the country.", True),
    ],
)
def test_own_figures_are_told_from_those_of_the_country(claim, wrong):
    source = (
        "Results show that 71% of children in care made the expected progress in writing, which "
        "was above the national figure for children in care (64%)."
    )
    assert bool(told(claim, source)) is wrong


def test_numbers_in_words_say_of_what_a_share_is_as_those_in_digits_do():
    source = "In May, 41% of reports took longer than 30 days and just 4% were completed in 5."
    assert told("Of reports, 4% were done within five days and 41% took over 30.", source) == []
    assert told("Of reports, 41% were done within five days and 4% took over 30.", source)


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("It took 388 days, 24 fewer than in the period before.", False),
        ("It took 388 days, a fall by 24.", False),
        ("It took 388 days, 34 fewer than in the period before.", True),
    ],
)
def test_by_how_much_two_figures_differ_need_not_be_printed(claim, wrong):
    source = "It took 388 days to place a child, an improvement from 412 days in the years before."
    assert bool(told(claim, source)) is wrong


def test_a_count_goes_with_the_figure_that_follows_it_though_another_has_its_noun():
    source = "Since then 64 tenants have stayed for longer than two years, and 15 in excess of 30."
    assert told("Fifteen tenants had stayed for upwards of 30 years.", source) == []


def test_a_share_in_words_and_one_in_figures_may_be_exchanged():
    source = "Reports were on time in 80% of first and 98% of review meetings."
    assert told("At first meetings (98%) and in eight out of ten reviews they were.", source)
    assert told("At first meetings (80%) and in 98% of reviews they were.", source) == []


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Ninety-four per cent are in suitable homes on the latest data, up from 88%.", False),
        ("Eighty-eight per cent are in suitable homes on the latest data, up from 94%.", True),
    ],
)
def test_how_things_are_now_is_told_from_how_they_were(claim, wrong):
    source = (
        "The council offers good homes, with 88% of leavers in suitable ones at 19, the most "
        "recent data showing an improvement at 94%."
    )
    assert bool(told(claim, source)) is wrong


@pytest.mark.parametrize(
    "claim",
    [
        "Between 3rd and 14th March 2016 inspectors came.",
        "They came on 14 Mar 2016.",
        "On March 14, 2016 they came.",
        "They came on the 14th.",
        "It is in the Top 100 Councils review.",
    ],
)
def test_the_documents_days_and_names_are_known_however_they_are_written(claim):
    known = "Top 100 Councils review, 3 March 2016 to 14 March 2016"
    assert told(claim, "Nothing is said of days here.", known=known) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        (
            "Inspectors read the files of 12 children and of 15 care leavers.",
            "Inspectors read the files of 15 care leavers and of 12 children.",
        ),
        (
            "It has a budget of 12 million and a deficit of 15 million.",
            "It has a deficit of 15 million and a budget of 12 million.",
        ),
        ("Now 12 of the 15 posts are filled.", "There are now 15 posts, of which 12 are filled."),
        (
            "The target was met by 80% of teams, and 20% missed it.",
            "80% of teams did so, but 20% failed the target.",
        ),
        (
            "Two areas stand out: 12 of the 18 cases were closed.",
            "12 of the 18 cases were closed within five weeks.",
        ),
    ],
)
def test_the_same_in_another_order_is_no_exchange(claim, source):
    assert told(claim, source) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Seen by 24 workers.", "It took 388 days, down from 412 days. Seen by 30 workers."),
        ("It fell by 20%.", "It fell by 35%. It is 80% here and 60% there."),
        ("They waited 20 days longer.", "They waited 35 days longer. It is 80% and 60% there."),
        ("30 more were adopted.", "45 more were adopted. There were 50 teams and 20 panels."),
    ],
)
def test_what_two_figures_happen_to_differ_by_bears_nothing_out(claim, source):
    assert told(claim, source)


@pytest.mark.slow
def test_every_sentence_is_borne_out_by_its_own_paragraph(corpus):
    for path in sorted(corpus.glob("*.txt")):
        for paragraph in read_file(SourceFile(path)).paragraphs:
            sentences = split_sentences([paragraph.text])
            assert not any(mismatches(one, sentences) for one in sentences), paragraph.text


@pytest.mark.parametrize("text", ["In Auguſt 2019", "sıx of them", "hundred " * 200])
def test_letters_that_only_look_alike_and_endless_numbers_end_nothing(text):
    figures(text)
