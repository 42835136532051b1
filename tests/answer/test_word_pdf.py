"""A Word file as another program than ours sees it: LibreOffice makes a PDF of it."""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from typing import get_args

import pypdfium2
import pytest

from answer.briefing import Briefing, briefing_paper, collect, entry_for, plain
from answer.paper import Citations
from answer.word import word_file

pytestmark = pytest.mark.slow

REPORT = "wandsworth-inspection-2016-02-16"
SECONDS = 180
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice; without it a user's run skips and CI fails."""
    found = shutil.which("soffice")
    if found is None:
        reason = "no LibreOffice; install libreoffice-writer to see the Word files as PDF"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def pages_of(office, content, folder) -> list[str]:
    """The words of each page that LibreOffice prints."""
    (folder / "paper.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "paper.docx")], check=True, timeout=SECONDS)
    pdf = pypdfium2.PdfDocument(folder / "paper.pdf")
    try:
        return [plain(page.get_textpage().get_text_bounded()) for page in pdf]
    finally:
        pdf.close()


@pytest.mark.parametrize("citations", get_args(Citations))
def test_another_program_prints_a_briefing_whole(shipped, office, tmp_path, citations):
    first = replace(
        entry_for(shipped, f"{REPORT}#p87"), heading="Where they live", note="My own words."
    )
    entries = (first, *(entry_for(shipped, f"{REPORT}#p{number}") for number in range(88, 100)))
    briefing = Briefing("Ann", "Care leavers", entries)
    paper = briefing_paper(
        briefing,
        collect(shipped, briefing),
        shipped.documents(),
        shipped.info(),
        date(2026, 11, 28),
    )
    pages = pages_of(office, word_file(paper, citations), tmp_path)
    whole = " ".join(pages)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in page
    for said in ("Where they live", "My own words.", "Sources", "Rights", "Crown copyright 2016"):
        assert said in whole
    for entry in entries:
        assert re.search(rf"{re.escape(entry.citation)}\b", whole)
    if citations == "footnotes":  # each stands at the foot of the page that its mark is on
        assert re.search(r"1 Wandsworth 2016, para 87\. .*page 1 of", pages[0])
