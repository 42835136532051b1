"""A small library whose documents try to be more than text."""

import hashlib
import re

import numpy as np
import pytest

from index.build import build
from index.library import Library

NASTY = (
    "<script>alert(1)</script> **bold** $x^2$ :red[red] [link](http://evil.example) :smile: "
    "<img src=x onerror=alert(2)> Care leavers were placed in bed and breakfast accommodation."
)
REPORT = """# Inspection of children's services

## Recommendations

1. Ensure that care leavers in bed and breakfast accommodation are moved swiftly.

2. Improve the oversight of casework.

## Findings

3. Risk assessments have not taken place for care leavers in such accommodation.

4. Children who go missing are offered return interviews, but too late.

5. Social workers know their children well.
""" + "".join(
    f"\n{number}. Care plans of team {number} are up to date.\n" for number in range(6, 15)
)
NEWS = f"""Council told to <b>do</b> **better** :smile:

{NASTY}
"""
SOURCES = """
["report.md"]
title = "Inspection of children's services"
publisher = "Ofsted"
authority = "Wandsworth"
kind = "inspection"
published = 2016-02-16

["news.txt"]
title = "Council told to <b>do</b> **better** :smile:"
publisher = "The Paper"
authority = "Wandsworth"
kind = "news article"
published = 2018-07-23
repeats = "report.md"
"""


class KeywordEncoder:
    """One axis for each word, by its hash: texts that share words are near each other."""

    name, sha256, dim, max_tokens = "keywords", "0" * 64, 256, 200

    def token_spans(self, text):
        return [match.span() for match in re.finditer(r"\S+", text)]

    def encode(self, texts):
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text):
        vector = np.full(self.dim, 1e-3, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[hashlib.md5(word.encode()).digest()[0]] += 1  # noqa: S324 (spreads words)
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="session")
def library(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("small")
    documents = folder / "documents"
    documents.mkdir()
    for name, text in (("report.md", REPORT), ("news.txt", NEWS), ("sources.toml", SOURCES)):
        (documents / name).write_text(text, encoding="utf-8")
    encoder = KeywordEncoder()
    build([documents], folder / "library", encoder=encoder)
    return Library.open(folder / "library", encoder)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> None:
    """No test opens or builds the library of whoever runs the tests."""
    monkeypatch.setenv("PILCROW_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("PILCROW_CORPUS", str(tmp_path / "corpus"))
