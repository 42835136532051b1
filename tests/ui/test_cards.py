from dataclasses import replace

from ui.cards import context_data, hit_data, repeat_data


def test_the_paragraphs_around_a_hit_come_in_reading_order_without_it(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    around = context_data(library, hit)
    assert [one["label"] for one in around["before"]] == ["para 1", "para 2"]
    assert [one["label"] for one in around["after"]] == ["para 4", "para 5"]
    assert around["after"][0]["href"].endswith("&p=4")


def test_the_first_paragraph_has_none_before_it(library):
    hit = next(one for one in library.search("bed and breakfast") if one.number == "1")
    assert context_data(library, hit)["before"] == []


def test_a_heading_that_the_label_names_is_not_said_twice(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    named = replace(hit, number=None, label="3rd paragraph under 'Findings'")
    assert hit_data(library, hit)["heading"] == "Findings"
    assert hit_data(library, named)["heading"] is None


def test_a_card_links_to_its_very_paragraph(library):
    for hit in library.search("care leavers", top_k=50):
        name = hit.number or hit.paragraph_id.partition("#")[2]
        assert hit_data(library, hit)["href"] == f"document?doc={hit.document_id}&p={name}"


def test_a_repeat_can_be_opened_and_cited(library):
    hit = next(one for one in library.search("risk assessments") if one.number == "3")
    assert repeat_data(replace(hit, second_hand=True)) == {
        "citation": "Wandsworth 2016, para 3",
        "href": f"document?doc={hit.document_id}&p=3",
        "second_hand": True,
    }
