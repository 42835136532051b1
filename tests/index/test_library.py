"""The one door: search, reading on, facets, several threads and processes."""

import shutil
import threading
from contextlib import closing
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import library as library_module
from index.build import remove
from index.dense import DenseIndex, HeldVectors
from index.errors import LibraryError, MissingLibraryError
from index.library import Library
from index.model import Filter
from index.schema import FILE_NAME
from index.search import CHARACTERS_VARIABLE, MOST_CHARACTERS, SearchConfig
from ingest.model import Paragraph
from tests.index.conftest import KeywordEncoder, Shelf, numbered

HOTELS = "Care leavers lived in hotels for weeks."
CASES = "Social workers have too many cases."
PLANS = "Plans for children are written late."


@pytest.fixture
def two(shelf: Shelf) -> Shelf:
    """Two reports that say the same of two authorities, the newer of Bexley."""
    bullet = Paragraph(
        "see-children", None, "bullet", "What next?", "See children more often.",
        label="1st bullet under 'What next?'",
    )  # fmt: skip
    advice = numbered(4, "House care leavers well.", recommendation=True, heading="Advice")
    shelf.put(
        shelf.document("hackney.pdf", HOTELS, CASES, PLANS, advice, title="Inspection"),
        shelf.document(
            "bexley.pdf", HOTELS, CASES, bullet, authority="Bexley", kind="focused visit",
            file_date=date(2018, 8, 20),
        ),
    )  # fmt: skip
    return shelf


def found(library: Library, question: str, **filters: object) -> list[str]:
    return [hit.paragraph_id for hit in library.search(question, filters=Filter(**filters))]


HACKNEY, BEXLEY = "hackney-inspection-2016-09-21", "bexley-focused-visit-2018-08-20"


def test_the_paragraph_with_the_words_asked_for_is_first(two):
    assert found(two.open(), "children plans late")[0] == f"{HACKNEY}#p3"


def test_headings_are_those_over_paragraphs_without_a_number_in_the_newest_version(two):
    with closing(two.open()) as library:
        assert library.headings() == {"What next?"}  # "Advice" stands over a numbered one
        added = Paragraph("more", None, "bullet", "Findings", "Plans are late.", label="1st bullet")
        two.put(two.document("kent.pdf", added, authority="Kent"))
        assert library.headings() == {"What next?", "Findings"}


def test_what_is_said_of_a_subject_stands_before_its_name_alone(shelf):
    scope = Paragraph(
        "hotels", None, "bullet", "Areas covered by the visit", "Care leavers in hotels.",
        label="1st bullet under 'Areas covered by the visit'",
    )  # fmt: skip
    finding = numbered(
        2,
        "Care leavers in hotels were alone: care leavers in hotels saw nobody, and no adviser"
        " of care leavers in hotels knew.",
    )
    shelf.put(shelf.document("hackney.pdf", scope, finding))
    assert found(shelf.open(), "care leavers in hotels")[0].endswith("#p2")


def test_equal_paragraphs_stand_in_the_order_of_their_ids(two):
    assert found(two.open(), "care leavers hotels weeks")[:2] == [f"{BEXLEY}#p1", f"{HACKNEY}#p1"]


def test_the_authority_that_is_named_comes_first(two):
    hits = found(two.open(), "care leavers hotels weeks in Hackney")
    assert hits[0] == f"{HACKNEY}#p1"
    assert f"{BEXLEY}#p1" in hits


def test_the_year_that_is_named_comes_first(two):
    assert found(two.open(), "care leavers hotels weeks in 2016")[0] == f"{HACKNEY}#p1"
    assert found(two.open(), "care leavers hotels weeks in 2018")[0] == f"{BEXLEY}#p1"


def test_a_filter_binds_every_hit_and_empties_no_page(two):
    library = two.open()
    for filters in (
        {"authority": "bexley"},
        {"authority": "BEXLEY"},
        {"year_from": 2017},
        {"year_to": 2017, "document_id": BEXLEY},
        {"kind": "Focused visit"},
        {"kind": "focused-visit"},
        {"kind": "focused visit", "authority": "Hackney"},
    ):
        hits = found(library, "children plans late", **filters)
        allowed = {HACKNEY: False, BEXLEY: len(filters) == 1}
        assert {hit.split("#")[0] for hit in hits} == {key for key in allowed if allowed[key]}


def test_a_filter_keeps_matches_that_a_thousand_others_outrank(shelf):
    better = [numbered(n, f"Hotels hotels hotels {n}.") for n in range(1, 301)]
    shelf.put(
        shelf.document("hackney.pdf", *better),
        shelf.document("bexley.pdf", HOTELS, authority="Bexley"),
    )
    hits = shelf.open().search("hotels", top_k=1, filters=Filter(authority="Bexley"))
    assert [hit.authority for hit in hits] == ["Bexley"]


def test_recommendations_and_kinds_of_paragraph_can_be_asked_for(two):
    library = two.open()
    assert found(library, "care leavers", paragraph_kind="recommendation") == [f"{HACKNEY}#p4"]
    assert found(library, "care leavers", paragraph_kind="bullet") == [f"{BEXLEY}#see-children"]
    assert found(library, "care leavers", paragraph_kind="Bullet") == [f"{BEXLEY}#see-children"]
    assert found(library, "care leavers", paragraph_kind="summary") == []


def test_a_typed_citation_finds_its_paragraph_first(two):
    library = two.open()
    assert found(library, "Hackney 2016 para 3")[0] == f"{HACKNEY}#p3"
    assert found(library, "Hackney, paragraph 2 care leavers hotels")[0] == f"{HACKNEY}#p2"
    assert found(library, "para 1")[:2] == [f"{BEXLEY}#p1", f"{HACKNEY}#p1"]


def test_a_citation_of_a_number_that_is_not_there_finds_no_such_number(two):
    hits = two.open().search("Hackney 2016 para 99")
    assert hits
    assert all(hit.number != "99" for hit in hits)


def test_a_quoted_phrase_binds_every_hit_word_for_word(two):
    library = two.open()
    assert found(library, '"for children are"') == [f"{HACKNEY}#p3"]
    assert found(library, '"plan for children are"') == []  # the same stems, other words
    assert found(library, '"children for plans"') == []
    assert found(library, '"leavers lived" "for weeks"', authority="Hackney") == [f"{HACKNEY}#p1"]


def test_a_phrase_matches_whatever_its_quotation_marks_and_case(shelf):
    shelf.put(shelf.document("a.pdf", "The council’s plan is new.", "Nothing."))
    assert len(shelf.open().search("“The Council's plan”")) == 1


def test_scores_fall_with_the_ranks(two):
    hits = two.open().search("Hackney 2016 para 3 care leavers hotels")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_hit_says_all_that_is_needed_to_cite_it(two):
    hit = two.open().search("Hackney 2016 para 4")[0]
    assert (hit.citation, hit.label, hit.number) == ("Hackney 2016, para 4", "para 4", "4")
    assert hit.full_citation == "Hackney: Inspection, 21 September 2016, paragraph 4"
    assert (hit.heading, hit.recommendation, hit.kind) == ("Advice", True, "numbered")
    assert hit.highlights == ()


def test_highlights_are_sentences_of_the_text(two):
    hit = two.open().search("late plans")[0]
    assert hit.highlights == (PLANS,)


@pytest.mark.parametrize("question", ["", "   ", "?!", "“”", "\x00", "🏠"])
def test_a_question_without_a_word_finds_nothing(two, question):
    assert two.open().search(question) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60) | st.sampled_from(['" OR NEAR(', "text:*", "a AND", "'); DROP --"]))
def test_no_question_breaks_the_search(two, question):
    library = two.open()
    for hit in library.search(f"children {question}"):
        assert hit.rank >= 1
    library.close()


def test_half_a_character_of_broken_input_reaches_no_encoder(two, monkeypatch):
    asked = []
    monkeypatch.setattr(
        KeywordEncoder, "encode_query", lambda self, text: asked.append(text) or self.vector(text)
    )
    assert found(two.open(), "children \udcff plans late \x00 \ud83d")[0] == f"{HACKNEY}#p3"
    assert asked[0].encode("utf-8")


def test_of_a_very_long_question_the_beginning_is_asked(two):
    library = two.open()
    question = "children plans late " * 6000
    assert found(library, question)[0] == f"{HACKNEY}#p3"
    assert library.plan(question).text == question[:MOST_CHARACTERS]


def test_how_much_of_a_question_is_asked_is_a_setting(two, monkeypatch):
    monkeypatch.setenv(CHARACTERS_VARIABLE, "8")
    assert two.open().plan("children plans late").text == "children"


def test_no_more_hits_than_asked_for(two):
    library = two.open()
    assert len(library.search("children", top_k=2)) == 2
    assert library.search("children", top_k=0) == []


def test_neighbours_stand_in_reading_order(two):
    library = two.open()
    near = library.neighbours(f"{HACKNEY}#p2")
    assert [one.paragraph.number for one in near] == ["1", "2", "3"]
    ends = library.neighbours(f"{HACKNEY}#p1", before=3, after=0)
    assert [one.paragraph.number for one in ends] == ["1"]
    whole = library.paragraphs(BEXLEY)
    assert [one.paragraph.number for one in whole] == ["1", "2", None]
    assert whole[2].citation == "Bexley 2018 focused visit, 1st bullet under 'What next?'"


def test_one_paragraph_is_found_by_its_id(two):
    one = two.open().paragraph(f"{BEXLEY}#see-children")
    assert one.paragraph.text == "See children more often."


@pytest.mark.parametrize("wrong", ["nowhere#p1", f"{HACKNEY}#p99", HACKNEY, ""])
def test_an_unknown_paragraph_is_a_sentence_not_a_crash(two, wrong):
    with pytest.raises(LibraryError, match="There is no"):
        two.open().paragraph(wrong)


def test_a_document_and_its_file_come_back(two):
    library = two.open()
    assert library.original(HACKNEY) == (two.files / "hackney.pdf").read_bytes()
    assert len(library.document(HACKNEY).paragraphs) == 4
    card = library.card(HACKNEY)
    assert (card.name, card.paragraphs) == ("Hackney 2016", 4)
    assert card.kinds == {"numbered": 4, "recommendation": 1}


def test_facets_count_what_the_other_filters_leave(two):
    library = two.open()
    every = library.facets()
    assert every.authorities == {"Bexley": 1, "Hackney": 1}
    assert every.years == {2016: 1, 2018: 1}
    assert every.kinds == {"focused visit": 1, "inspection": 1}
    assert every.paragraph_kinds == {"bullet": 1, "numbered": 6, "recommendation": 1}
    left = library.facets(Filter(authority="Bexley"))
    assert left.authorities == every.authorities
    assert left.years == {2018: 1}
    assert left.paragraph_kinds == {"bullet": 1, "numbered": 2}


def test_a_change_by_another_process_is_seen_by_the_next_call(two):
    library = two.open()
    assert library.info().documents == 2
    two.put(two.document("dudley.pdf", "Foster carers are praised.", authority="Dudley"))
    assert library.info().documents == 3
    assert library.search("foster carers praised", top_k=1)[0].authority == "Dudley"
    remove(["dudley.pdf"], two.folder)
    assert all(hit.authority != "Dudley" for hit in library.search("foster carers praised"))


def test_within_one_version_a_thread_sees_that_version_and_others_the_newest(two):
    library, elsewhere = two.open(), []
    with library.one_version():
        before = library.stamp(), library.facets(), found(library, "foster carers")
        two.put(two.document("dudley.pdf", "Foster carers are praised.", authority="Dudley"))
        with library.one_version():
            assert (library.stamp(), library.facets()) == before[:2]
        assert found(library, "foster carers") == before[2]
        thread = threading.Thread(target=lambda: elsewhere.append(library.info().documents))
        thread.start()
        thread.join(30)
    assert elsewhere == [library.info().documents] == [3]
    assert library.stamp() != before[0]
    assert library.facets() != before[1]


def test_an_uncommitted_change_is_not_seen(two):
    library = two.open()
    store = two.store()
    store.delete(store.files()[0].row)
    assert library.info().documents == 2
    assert found(library, "children plans late")[0] == f"{HACKNEY}#p3"
    store.connection.close()


def test_another_library_in_the_same_place_is_read_anew(two, tmp_path):
    library = two.open()
    (tmp_path / "other").mkdir()
    other = Shelf(tmp_path / "other")
    other.encoder = two.encoder
    other.put(other.document("dudley.pdf", "Foster carers are praised.", authority="Dudley"))
    library.close()
    shutil.rmtree(two.folder)
    with pytest.raises(MissingLibraryError):
        library.info()
    shutil.copytree(other.folder, two.folder)
    assert [hit.authority for hit in library.search("care leavers")] == ["Dudley"]


def test_vectors_are_taken_from_the_tables_where_their_file_is_missing_or_wrong(two):
    expected = found(two.open(), "children plans")
    (path,) = two.folder.glob("passages-*.faiss")
    wrong = DenseIndex.exact(HeldVectors(np.array([1]), np.ones((1, 256), np.float32)))
    wrong.save(path)
    assert found(two.open(), "children plans") == expected
    path.unlink()
    assert found(two.open(), "children plans") == expected


def test_the_order_in_which_documents_came_in_makes_no_difference(tmp_path):
    rankings = []
    for name in ("there", "back"):
        (tmp_path / name).mkdir()
        shelf = Shelf(tmp_path / name)
        documents = [
            shelf.document("a.pdf", HOTELS, CASES, PLANS),
            shelf.document("b.pdf", CASES, HOTELS, authority="Bexley"),
            shelf.document("c.pdf", PLANS, HOTELS, authority="Dudley"),
        ]
        for document in documents if name == "there" else reversed(documents):
            shelf.put(document)
        rankings.append(found(shelf.open(), "care leavers hotels plans"))
    assert rankings[0] == rankings[1]


def test_threads_search_while_another_process_writes(two):
    library = two.open()
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                hits = library.search("care leavers hotels weeks in Hackney", top_k=1)
                assert [hit.paragraph_id for hit in hits] == [f"{HACKNEY}#p1"]
                assert library.original(HACKNEY)
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        two.put(
            two.document(f"dudley-{number}.pdf", f"Foster carers {number}.", authority="Dudley")
        )
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert library.info().documents == 7


def test_opening_loads_no_model(two, monkeypatch):
    loaded = []
    monkeypatch.setattr(library_module, "find_model", lambda **_: None)
    monkeypatch.setattr(library_module, "load_encoder", loaded.append)
    library = Library.open(two.folder)
    assert library.info().documents == 2
    assert library.plan("care leavers in Hackney").authorities == ("Hackney",)
    assert loaded == []


def test_the_encoder_is_loaded_once_by_the_first_search(two, monkeypatch):
    loaded = []

    class Model:
        name, sha256 = "keywords", two.encoder.sha256

    def load(model):
        loaded.append(model)
        return two.encoder

    monkeypatch.setattr(library_module, "find_model", lambda **_: Model)
    monkeypatch.setattr(library_module, "load_encoder", load)
    library = Library.open(two.folder)
    library.search("care leavers")
    library.search("plans")
    assert loaded == [Model]


def test_a_damaged_file_is_said_to_be_damaged(two):
    library = two.open()
    library.close()
    path = two.folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged"):
        two.open().search("care leavers")


def test_a_search_without_a_part_of_the_plan_looks_elsewhere_too(two):
    library = Library.open(two.folder, two.encoder)
    question = "care leavers in Hackney"
    assert library.search(question)[0].authority == "Hackney"
    assert not library.plan(question, {"authority:hackney"}).authorities
    scores = {hit.score >= 1 for hit in library.search(question, ignore={"authority:hackney"})}
    assert scores == {False}, "nothing goes before the rest when no authority is named"


def test_coverage_tells_how_much_of_the_question_is_mentioned(two: Shelf) -> None:
    library = two.open()
    whole = library.search("care leavers in hotels")[0].coverage
    half = library.search("care leavers in submarines")[0].coverage
    none = library.search("toboggans and submarines")[0].coverage
    assert 1 >= whole > 0.6 > half > none == 0


def test_similarity_tells_how_near_a_text_is_to_the_question(two: Shelf) -> None:
    library = two.open()
    hits = library.search("care leavers in hotels")
    own = library.search(hits[0].text)[0].similarity
    near, nothing = hits[0].similarity, library.search("submarines")[0].similarity
    assert 1.001 > own > near > nothing >= 0


def test_a_citation_alone_leaves_no_word_unmentioned(two: Shelf) -> None:
    assert two.open().search("Hackney 2016 para 2")[0].coverage == 1


def test_what_is_found_first_draws_its_like_after_it(shelf: Shelf) -> None:
    texts = ("Dogs bark loudly.", HOTELS, "Nurses lived with leavers for weeks.")
    shelf.put(shelf.document("hackney.pdf", *texts))
    config = SearchConfig(feedback=0.0)
    with closing(Library.open(shelf.folder, shelf.encoder, config)) as plain:
        assert [hit.number for hit in plain.search("hotels")] == ["2", "1", "3"]
    config = SearchConfig(feedback=0.4, feedback_from=1)
    with closing(Library.open(shelf.folder, shelf.encoder, config)) as fed:
        assert [hit.number for hit in fed.search("hotels")] == ["2", "3", "1"]
