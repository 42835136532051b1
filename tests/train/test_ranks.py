import gzip
import json

import pytest

from answer.budget import OWN_RANKS, ranks_text
from train.ranks import count_pieces, learn, main, make_ranks, read_words


def test_the_commonest_pair_is_merged_first_and_ties_by_what_sorts_first():
    tokens = learn({b"abab": 2, b"cd": 3, b"ce": 3}, 259)
    assert tokens[:256] == [bytes([byte]) for byte in range(256)]
    assert tokens[256:] == [b"ab", b"cd", b"ce"]


def test_a_merged_pair_is_counted_as_one_from_then_on():
    assert learn({b"aaab": 4, b"aab": 1}, 300)[256:] == [b"aa", b"ab", b"aaab", b"aab"]


def test_learning_stops_when_nothing_is_left_to_merge():
    assert len(learn({b"abc": 1}, 1000)) == 258


def test_a_word_that_the_list_lacks_is_not_learnt():
    pieces = count_pieces(["Ofsted visited 12 homes."], ["visited", "homes"])
    assert b"Ofsted" not in pieces
    assert pieces[b" visited"] > pieces[b" homes"] > 0
    assert pieces[b"12"] == pieces[b"."] == 1


def test_the_word_list_holds_whole_english_words_in_their_order(tmp_path):
    places = {f"[unused{number}]": number for number in range(1996)}
    places |= {"the": 1996, "##ing": 1997, "café": 1998, "a": 1999, "of": 2000, "and": 2001}
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"vocab": places}}), encoding="utf-8")
    assert read_words(path) == ["the", "of", "and"]
    assert read_words(path, most=2) == ["the", "of"]


def test_the_same_texts_give_the_same_file(tmp_path, monkeypatch):
    monkeypatch.setattr("train.ranks.make_ranks", lambda: ranks_text([b"a", b"b"]))
    for name in ("first", "second"):
        main(["--out", str(tmp_path / name)])
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.slow
def test_the_ranks_that_ship_are_those_that_the_command_makes():
    assert make_ranks() == gzip.decompress(OWN_RANKS.read_bytes())
