import json
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import library as shared_library
from ui.about import facts_table

ROOT = Path(__file__).parents[2]


def run_page():
    from ui.about import about_page

    about_page()


@pytest.fixture
def page(library, monkeypatch) -> AppTest:
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    return AppTest.from_function(run_page, default_timeout=60).run()


def test_it_says_what_runs_here(page, library):
    elements = page.get("bidi_component")
    (table,) = (
        json.loads(one.proto.json)
        for one in elements
        if one.proto.component_name == "pilcrow_table"
    )
    said = dict(table["rows"])
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert said["Version"] == version["project"]["version"]
    assert said["Library"].startswith("2 documents, ")
    assert library.info().model in said["Model that finds by meaning"]
    assert said["Model that puts the best first"] == "none"


def test_the_model_that_puts_the_best_first_is_named_by_its_folder(library, monkeypatch):
    monkeypatch.setattr(type(library), "reranker_folder", lambda self: "/somewhere/models/reranker")
    assert ["Model that puts the best first", "models/reranker"] in facts_table(library)["rows"]


def test_documents_without_noted_rights_are_said_to_have_none_noted(page):
    assert any("No rights are noted" in one.value for one in page.markdown)
    assert any("2 documents" in one.value for one in page.markdown)


def test_all_that_is_promised_has_its_heading(page):
    headings = [one.value for one in page.header]
    assert headings == ["What it cannot do", "Help", "Accessibility", "Rights"]
