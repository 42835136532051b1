"""The command line: questions matched, both models tuned and loaded from where they ship."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.encoder import find_model, load_encoder
from index.library import Library
from index.reranker import load_reranker
from ingest.model import Paragraph
from train import __main__ as command_line
from train.__main__ import main
from train.data import read_items

ITEMS = 8


@pytest.fixture(scope="module")
def library(corpus, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    build([corpus], folder)
    return folder


def long_paragraphs(library: Path) -> Iterator[tuple[str, Paragraph]]:
    opened = Library.open(library)
    for card in opened.documents():
        for cited in opened.paragraphs(card.document.document_id):
            if cited.paragraph.kind == "numbered" and len(cited.paragraph.text.split()) > 40:
                yield card.document.doc, cited.paragraph
    opened.close()


@pytest.fixture(scope="module")
def questions(library, tmp_path_factory) -> Path:
    """Questions that quote the paragraphs' own words, which is enough to try the commands on."""
    folder = tmp_path_factory.mktemp("questions")
    lines = [
        json.dumps(
            {
                "id": f"t{at}",
                "doc": doc,
                "text": paragraph.text,
                "questions": [" ".join(paragraph.text.split()[10:16])],
            }
        )
        for at, (doc, paragraph) in zip(range(ITEMS), long_paragraphs(library), strict=False)
    ]
    (folder / "sources.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command_line, "BARRED", ())  # the corpus is of the authority barred
        out = folder / "questions.jsonl"
        code = main(
            ["data", str(folder / "sources.jsonl"), "--library", str(library), "--out", str(out)]
        )
    assert code == 0
    return out


def test_questions_are_matched_to_paragraphs(questions):
    assert len(read_items(questions)) == ITEMS


def test_the_barred_authority_is_left_out(library, questions, tmp_path, capsys):
    sources, out = questions.parent / "sources.jsonl", tmp_path / "none.jsonl"
    assert main(["data", str(sources), "--library", str(library), "--out", str(out)]) == 0
    assert read_items(out) == []
    assert "left out" in capsys.readouterr().err


@pytest.mark.slow
def test_both_models_are_tuned_measured_and_loaded(library, questions, tmp_path, capsys):
    figures = tmp_path / "figures.json"
    shared = ["--library", str(library), "--questions", str(questions), "--hold", "1"]
    shared += ["--folds", "1", "--figures", str(figures)]
    encoder = tmp_path / "encoder"
    recipe = json.dumps({"epochs": 1, "batch": 4})
    assert main(["encoder", *shared, "--out", str(encoder), "--recipe", recipe]) == 0
    assert load_encoder(find_model(str(encoder))).dim == 384
    assert not figures.exists()  # nothing was held back
    reranker = tmp_path / "reranker"
    recipe = json.dumps({"batch": 4, "rest": 2, "tokens": 64})
    tuned = [*shared, "--base", str(encoder), "--out", str(reranker), "--per-paragraph", "1"]
    assert main(["reranker", *tuned, "--recipe", recipe]) == 0
    assert load_reranker(str(reranker)).score("beds", ["Beds.", "Staff."]).shape == (2,)
    assert "step" in capsys.readouterr().err


def test_a_setting_that_no_recipe_has_is_refused(library, capsys):
    assert main(["encoder", "--library", str(library), "--recipe", '{"layers": 3}']) == 2
    assert "temperature" in capsys.readouterr().err


def test_a_file_without_calibration_is_refused(library, tmp_path, capsys):
    path = tmp_path / "figures.json"
    path.write_text("{}", encoding="utf-8")
    assert main(["reranker", "--library", str(library), "--calibration", str(path)]) == 2
    assert "--hold" in capsys.readouterr().err
