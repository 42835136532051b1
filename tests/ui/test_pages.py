"""What every page says of itself, whichever page it was opened from."""

import inspect
import re

import pytest

import ui.about
import ui.briefing
import ui.census
import ui.checker
import ui.document
import ui.holdings
import ui.quality
import ui.search
import ui.trail
from tests.ui.conftest import ROOT

PAGES = [
    *(ui.about.about_page, ui.briefing.briefing_page, ui.census.census_page),
    *(ui.checker.checker_page, ui.document.document_page, ui.holdings.holdings_page),
    *(ui.quality.quality_page, ui.search.search_page, ui.trail.trail_page),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_page_is_as_wide_wherever_one_comes_from(page):
    assert re.search(r'set_page_config\(.*layout="(?:wide|centered)"', inspect.getsource(page))


def test_these_are_all_pages():
    shown = re.findall(r"st\.Page\((\w+)", (ROOT / "app.py").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(page.__name__ for page in PAGES)
