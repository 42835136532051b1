"""Plans checked by hand; the library is imagined."""

from dataclasses import replace

import pytest

from index.query import Dated, Knowledge, concepts, encoded_text, learn_glossary, plan_query

NAMES = (
    "Bath and North East Somerset",
    "Bedford",
    "East Riding of Yorkshire",
    "Hammersmith and Fulham",
    "Herefordshire",
    "Leicester",
    "Leicestershire",
    "Lincolnshire",
    "Medway",
    "North Tyneside",
    "Reading",
    "Richmond upon Thames",
    "Rutland",
    "South Tyneside",
    "St Helens",
    "Surrey",
    "Wandsworth",
    "West Northamptonshire",
)
WORDS = """agency bed beds breakfast care carers case children foster good independent leavers
north officers police reading reviewing same social south staff support survey the visitors workers
assessments assessment supervision"""
KNOWLEDGE = Knowledge(
    authorities=dict.fromkeys(NAMES, 1),
    years={2016: 3, 2019: 2},
    glossary={
        "iro": ("independent reviewing officer",),
        "HOME": ("housing opportunities made easier",),
    },
    vocabulary=dict.fromkeys(WORDS.split(), 5),
    ordinary=frozenset({"churn", "midway"}),
)


def plan(question):
    return plan_query(question, KNOWLEDGE)


@pytest.mark.parametrize(
    ("question", "authorities"),
    [
        ("agency staff in Wandsworth", ("Wandsworth",)),
        ("Wandsworth's agency staff", ("Wandsworth",)),
        ("agency staff wandswoth", ("Wandsworth",)),
        ("B&NES care leavers", ("Bath and North East Somerset",)),
        ("care leavers in Bath & NE Somerset", ("Bath and North East Somerset",)),
        ("bath-and-north-east-somerset", ("Bath and North East Somerset",)),
        ("richmond care leavers", ("Richmond upon Thames",)),
        ("EHCPs in West Northants", ("West Northamptonshire",)),
        ("H&F caseloads", ("Hammersmith and Fulham",)),
        ("Hammersmth and Fulham caseloads", ("Hammersmith and Fulham",)),
        ("the East Riding", ("East Riding of Yorkshire",)),
        ("St. Helen's staff", ("St Helens",)),
        ("Saint Helens staff", ("St Helens",)),
        ("Leics agency staff", ("Leicestershire",)),
        ("leicester and rutland compared", ("Leicester", "Rutland")),
        ("London Borough of Wandsworth", ("Wandsworth",)),
        ("agency workers in Reading", ("Reading",)),
        ("Reading agency staff 2019", ("Reading",)),
        ("LBHF caseloads", ("Hammersmith and Fulham",)),
        ("N. Tyneside caseloads", ("North Tyneside",)),
    ],
)
def test_an_authority_is_found_in_full_in_short_and_misspelt(question, authorities):
    assert plan(question).authorities == authorities


@pytest.mark.parametrize(
    "question",
    [
        "emergency beds for teenagers",
        "a bed for the night",
        "reading support for children",
        "Reading support for children",
        "survey of parents",
        "midway through the year",
        "Surrey Police and county lines",
        "north lincolnshire hospital",
    ],
)
def test_a_false_friend_is_no_authority(question):
    assert plan(question).authorities == ()


@pytest.mark.parametrize(
    "question",
    [
        "Leeds and Medway caseloads",
        "caseloads: Medway 2016 vs Leeds 2016",
        "caseloads in Medway, Leeds",
        "Medway compared with Leeds on caseloads",
    ],
)
def test_an_absent_place_beside_one_that_is_held_is_no_word_to_look_for(question):
    found = plan(question)
    assert (found.authorities, found.absent) == (("Medway",), ("Leeds",))
    assert "leeds" not in found.terms


def test_a_place_that_something_is_said_of_is_looked_for():
    assert "leeds" in plan("Medway children placed in Leeds").terms


def test_kinds_of_which_there_is_no_document_are_told():
    known = replace(
        KNOWLEDGE, dated=(Dated("Medway", 2016, (2016,), "inspection"),), authorities={"Medway": 1}
    )
    assert plan_query("the focused visit to Medway", known).absent_kinds == ("focused visit",)
    held = replace(known, dated=(Dated("Medway", 2016, (2016,), "focused visit"),))
    assert plan_query("the focused visit to Medway", held).absent_kinds == ()


def test_words_that_documents_write_as_one_are_found_written_as_two():
    known = replace(KNOWLEDGE, vocabulary={"caseloads": 9, "bedrooms": 2})
    assert plan_query("high case loads", known).expansions["case loads"] == ("caseloads",)
    assert "bed rooms" not in plan_query("bed rooms", known).expansions
    assert "case, loads" not in plan_query("a case, loads of it", known).expansions


def test_a_place_that_the_library_does_not_hold_is_said_to_be_absent():
    found = plan("social workers in Hertfordshire")
    assert (found.authorities, found.absent) == ((), ("Hertfordshire",))
    for typed in ("North East Lincolnshire", "NE Lincs", "N.E. Lincolnshire", "ne lincolnshire"):
        assert plan(f"caseloads in {typed}").authorities == (), typed
    assert plan("caseloads in NE Lincs").absent == ("North East Lincolnshire",)
    assert plan("caseloads in London").absent == ()


def test_a_place_that_the_library_does_not_hold_is_looked_up_as_words():
    assert "hertfordshire" in plan("agency staff shared with Hertfordshire").terms


def test_one_compass_point_is_not_taken_for_another():
    assert plan("missing children in North Tyneside").authorities == ("North Tyneside",)
    assert plan("missing children in South Tyneside").authorities == ("South Tyneside",)


def test_a_misspelt_name_is_told_to_the_user():
    assert plan("agency staff wandswoth").corrections == {"wandswoth": "Wandsworth"}


@pytest.mark.parametrize(
    ("question", "years", "interval"),
    [
        ("Bedford 2019", (2019,), (None, None)),
        ("Bedford since 2016", (2016,), (2016, None)),
        ("what followed the 2016 joint inspection", (2016,), (2016, None)),
        ("between 2016 and its next inspection", (2016,), (2016, None)),
        ("Bedford before 2018", (2018,), (None, 2018)),
        ("then and now (2015 to 2017)", (2015, 2017), (2015, 2017)),
        ("between 2015 and 2017", (2015, 2017), (2015, 2017)),
        ("2015 vs 2019", (2015, 2019), (None, None)),
        ("in 2015/16", (2015, 2016), (None, None)),
        ("caseloads of 1800 children", (), (None, None)),
        ("Bedford 2016-02-16", (2016,), (None, None)),
        ("Bedford 2016-02", (2016,), (None, None)),
        ("Bedford 2015-16", (2015, 2016), (None, None)),
        ("Bedford 16/02/2016", (2016,), (None, None)),
        ("Bedford2016", (2016,), (None, None)),
    ],
)
def test_years_are_found(question, years, interval):
    found = plan(question)
    assert (found.years, (found.year_from, found.year_to)) == (years, interval)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Wandsworth 2016 para 87", "87"),
        ("paragraph 87 of the 2016 report", "87"),
        ("¶87", "87"),
        ("Paras 12", "12"),
        ("recommendation 6 Wandsworth", "6"),
        ("para. 3.12a", "3.12a"),
        ("Wandsworth p87", None),
        ("Wandsworth2016: 87", "87"),
        ("p87", None),
        ("Wandsworth page 12", None),
        ("16 and 17 year olds", None),
        ("parents of 3 children", None),
    ],
)
def test_a_cited_paragraph_is_found(question, number):
    assert plan(question).paragraph == number


def test_a_citation_leaves_no_words_to_look_up():
    found = plan("Wandsworth 2016 para 87")
    assert (found.authorities, found.years, found.terms) == (("Wandsworth",), (2016,), ())


def test_quoted_words_are_a_phrase():
    assert plan('what of "foster  carers" and “care leavers”').phrases == (
        "foster carers",
        "care leavers",
    )


def test_a_quoted_citation_is_no_phrase():
    found = plan('what does "Wandsworth 2016, para 87" say?')
    assert (found.phrases, found.paragraph, found.topic) == ((), "87", "what does say?")
    assert plan('foster carers in "Wandsworth 2016"').phrases == ()
    assert plan('"para 87" of "the last resort" in Bedford').phrases == ("the last resort",)
    assert plan('"2016" in Bedford').phrases == ("2016",)


def test_lay_words_get_what_documents_say():
    expansions = plan("kids in B&B leaving care").expansions
    assert expansions["b and b"] == ("bed and breakfast",)
    assert "children" in expansions["kids"]
    assert "care leavers" in expansions["leaving care"]


def test_abbreviations_are_spelt_out_and_long_forms_shortened():
    assert plan("are IROs good").expansions["iros"] == ("independent reviewing officer",)
    assert plan("independent reviewing officers").expansions == {
        "independent reviewing officers": ("iro",)
    }


def test_the_documents_forms_are_added_to_those_known_of_an_abbreviation():
    knowledge = Knowledge(glossary={"rhi": ("return home chat",)})
    forms = plan_query("the RHI", knowledge).expansions["rhi"]
    assert {"return home interview", "return home chat"} <= set(forms)


def test_an_abbreviation_that_is_also_a_word_needs_its_capitals():
    assert "home" not in plan("help at home").expansions
    assert plan("the HOME scheme").expansions["home"] == ("housing opportunities made easier",)
    assert "send" not in plan("they send letters").expansions


def test_spelling_follows_the_vocabulary():
    found = plan("independant visitors and supervison")
    assert found.corrections == {"independant": "independent", "supervison": "supervision"}
    assert found.terms == ("independent", "visitors", "supervision")


@pytest.mark.parametrize("word", ["churn", "braces", "caring", "orthodontist", "carers"])
def test_a_word_that_is_no_slip_stays(word):
    assert plan(word).corrections == {}


def test_the_topic_leaves_out_place_and_year():
    assert plan("Did Bedford still use agency staff in 2019?").topic == (
        "Did still use agency staff?"
    )
    assert plan("Wandsworth").topic == "Wandsworth"


@pytest.mark.parametrize(
    "question",
    [
        "has it got better since 2016",
        "agency staff 2015 vs 2017",
        "foster carers then and now",
        "Is Bedford less dependent on agency staff than it was",
        "Did caseloads in Bedford go up or down?",
        "has the number of foster carers risen or fallen",
        "turnover between the last two inspections",
        "Is Bedford improving?",
    ],
)
def test_a_question_about_change_is_known(question):
    assert plan(question).change


@pytest.mark.parametrize(
    "question",
    [
        "What did Bedford need to improve in 2018?",
        "Bedford 2018 what must get better",
        "what has to get better in Bedford",
        "how to become better",
        "Is improving practice a priority in Bedford?",
    ],
)
def test_what_needs_to_improve_asks_for_no_change(question):
    assert not plan(question).change


@pytest.mark.parametrize(
    "question",
    [
        "compare Bedford and Rutland on foster carers",
        "Bedford vs Rutland 2016",
        "Does Bedford have fewer agency staff than in Rutland?",
        "Bedford 2016 and Rutland 2016",
    ],
)
def test_a_comparison_of_places_asks_for_no_change(question):
    assert not plan(question).change


def test_a_change_in_two_places_is_one():
    assert plan("has it got better in Bedford and Rutland since 2016").change
    assert plan("compare Bedford and Rutland then and now").change


def test_the_words_for_a_moment_are_not_looked_up():
    assert plan("foster carers at the most recent Bedford inspection").terms == (
        "foster",
        "carers",
    )
    assert plan("first visits at Rutland's last inspection").terms == ("first", "visits")
    assert plan("Bedford foster carers at the last inspection").topic == "foster carers"
    assert "last" in plan("what has changed since the last inspection").terms


def test_the_words_for_a_kind_are_not_looked_up_where_there_is_one():
    dated = [Dated("Bedford", 2019, {2019}, "focused visit")]
    known = replace(KNOWLEDGE, dated=dated)
    asked = "agency staff at the Bedford focused visit"
    assert plan_query(asked, known).terms == ("agency", "staff")
    assert "visit" in plan_query("agency staff at the Rutland focused visit", known).terms
    assert "visit" in plan_query("Bedford since the focused visit", known).terms


def test_kinds_and_moments_of_inspections_are_known():
    assert plan("the 2019 focused visit").kinds == ("focused visit",)
    assert plan("the JTAI").kinds == ("joint targeted area inspection",)
    assert plan("the last inspection of Rutland").moment == "latest"
    assert plan("since the first inspection").moment == "first"
    assert plan("the latest joint inspection").moment == "latest"
    for other in (
        "last social worker left",
        "the last two inspections",
        "agency staff",
        "better than the last inspection",
        "at first visits were late",
    ):
        assert plan(other).moment is None, other


@pytest.mark.parametrize(
    "question",
    [
        "the latest Bedford inspection",
        "last inspection of Bedford",
        "Bedford's last inspection",
        "most recent Bedford inspection",
        "the last Bedford report",
        "Bath & NE Somerset's latest full Ofsted report",
        "latest wandswoth children's services inspection",
        "the last London Borough of Wandsworth focused visit",
        "the most recent focused visit to Rutland",
        "Rutland last Ofsted",
        "latest JTAI",
        "what is Bedford's latest?",
        "last Hertfordshire inspection",
    ],
)
def test_the_latest_inspection_is_known_with_a_place_or_a_kind_between(question):
    assert plan(question).moment == "latest"


def test_the_first_inspection_is_known_with_a_place_between():
    assert plan("the first Bedford inspection").moment == "first"


def test_an_empty_library_plans_all_the_same():
    found = plan_query("what happened to care leavers?", Knowledge())
    assert found.terms == ("happened", "care", "leavers")


def test_a_question_of_small_words_keeps_them():
    assert plan("what was it like").terms == ("what", "was", "it", "like")


def test_the_glossary_is_learnt_from_brackets():
    texts = [
        "The independent reviewing officers (IROs) and the multi-agency safeguarding hub (MASH).",
        "Education, health and care (EHC) plans; the Children and Family Court Advisory and "
        "Support Service (Cafcass); strength and vision (2016) and so on (see annex).",
        "IRO (independent reviewing officer) caseloads; a look at home (HOME)",
    ]
    assert learn_glossary(texts) == {
        "ehc": ("education, health and care",),
        "iro": ("independent reviewing officer",),
        "mash": ("multi-agency safeguarding hub",),
    }


def test_an_abbreviation_that_texts_use_as_a_word_keeps_its_capitals():
    texts = ["information technology (IT) is slow, and it is old"]
    assert learn_glossary(texts) == {"IT": ("information technology",)}


def test_concepts_hold_a_word_with_what_documents_say_for_it():
    found = concepts(plan("kids leaving care in B&B"))
    assert ("kids", "children", "young people") in found
    assert ("leaving care", "care leavers") in found
    assert ("b and b", "bed and breakfast") in found


def test_a_misspelt_word_is_looked_up_spelt_right():
    found = concepts(plan("supervison"))
    assert found[0][0] == "supervision"
    assert not any("supervison" in forms for forms in found)


def test_an_encoder_reads_the_topic_and_the_documents_words():
    assert encoded_text(plan("are IROs good in Bedford?")) == (
        "are IROs good? independent reviewing officer"
    )
