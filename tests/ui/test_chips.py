from index.model import QueryPlan
from index.parts import without
from ui.address import SearchState, search_link
from ui.chips import chip_groups

PLAN = QueryPlan(
    "kids in Surrey",
    authorities=("Surrey",),
    phrases=("too late",),
    expansions={"kids": ("children",)},
)


def groups(state: SearchState, plan: QueryPlan = PLAN) -> dict[str, list[dict]]:
    shown = chip_groups(plan, without(plan, state.ignored), state)
    return {group["heading"]: group["chips"] for group in shown}


def test_a_question_taken_word_for_word_has_no_chips():
    assert groups(SearchState("care"), QueryPlan("care", terms=("care",))) == {}


def test_what_says_no_more_than_the_question_has_no_chip():
    plan = QueryPlan("B and B", expansions={"b and b": ("B and B",)})
    assert groups(SearchState("B and B"), plan) == {}


def test_each_part_has_a_chip_that_leads_to_the_search_without_it():
    state = SearchState("kids in Surrey", kind="inspection", shown=30)
    surrey, kids, phrase = groups(state)["Understood as"]
    assert (surrey["text"], surrey["act"]) == ("Surrey", "Take off")
    assert surrey["href"] == search_link(
        SearchState("kids in Surrey", kind="inspection", ignored=("authority:surrey",))
    )
    assert kids["text"] == "kids, also children"
    assert (phrase["text"], phrase["href"]) == ("the exact words “too late”", None)


def test_what_was_taken_off_can_be_put_back():
    state = SearchState("kids in Surrey", ignored=("authority:surrey", "expansion:kids"))
    shown = groups(state)
    assert [chip["text"] for chip in shown["Understood as"]] == ["the exact words “too late”"]
    surrey, kids = shown["Left out"]
    assert (surrey["text"], surrey["act"]) == ("Surrey", "Put back")
    assert surrey["href"] == search_link(SearchState("kids in Surrey", ignored=("expansion:kids",)))
    assert kids["href"] == search_link(SearchState("kids in Surrey", ignored=("authority:surrey",)))


def test_a_filter_that_is_set_can_be_taken_off_too():
    state = SearchState("kids", year_from=2016, year_to=2019)
    assert [chip["text"] for chip in groups(state)["Filters"]] == ["from 2016", "to 2019"]
    assert groups(state)["Filters"][0]["href"] == search_link(SearchState("kids", year_to=2019))
