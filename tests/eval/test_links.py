"""Judged links followed anew."""

import json

import pytest

import eval.links
from eval.census import Share
from eval.errors import EvalError
from eval.links import JudgedLink, Rescored, read_links, rescore


def test_the_links_that_ship_can_be_read(corpus):
    links = read_links(corpus.parent / "tests" / "golden" / "links.jsonl")
    assert len(links) == 40
    assert sum(link.same_subject for link in links) >= 0.8 * len(links)
    authorities = {link.recommendation.split("-inspection")[0] for link in links}
    assert len(authorities) >= 25


def test_only_links_found_again_count(monkeypatch):
    link = JudgedLink("l1", "a#1", "b#1", same_subject=True)
    piles = iter(["same", "other", "dropped", "unread", "missing"])
    monkeypatch.setattr(eval.links, "_pile", lambda library, one: next(piles))
    found = rescore(None, [link] * 5)
    assert found == Rescored((link,), (link,), (link,), (link,), (link,))
    assert found.share == Share(1, 2)


@pytest.mark.parametrize(
    "line", ["{", json.dumps({"id": "l", "recommendation": "a", "found": "b", "same_subject": 1})]
)
def test_a_bad_line_is_refused(tmp_path, line):
    path = tmp_path / "links.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(EvalError, match="no judged links"):
        read_links(path)
