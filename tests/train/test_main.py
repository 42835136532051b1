"""The command line: questions matched, both models tuned and loaded from where they ship."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from eval.runs import read_report
from index.encoder import find_model, load_encoder
from index.library import Library
from index.reranker import load_reranker
from ingest.model import Paragraph
from train import __main__ as command_line
from train.__main__ import main
from train.data import read_items

ITEMS = 8


@pytest.fixture(scope="module")
def library(built_corpus) -> Path:
    return built_corpus


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
def test_both_models_are_tuned_weighed_and_loaded(library, questions, tmp_path, capsys):
    shared = ["--library", str(library), "--questions", str(questions), "--hold", "1"]
    shared += ["--folds", "1"]
    encoder, figures = tmp_path / "encoder", tmp_path / "figures.json"
    recipe = json.dumps({"epochs": 1, "batch": 4})
    tuned = [*shared, "--figures", str(figures), "--out", str(encoder), "--recipe", recipe]
    assert main(["encoder", *tuned]) == 0
    assert load_encoder(find_model(str(encoder))).dim == 384
    assert not figures.exists()  # nothing was held back
    reranker = tmp_path / "reranker"
    recipe = json.dumps({"epochs": 1, "batch": 4, "tokens": 64})
    tuned = [*shared, "--base", str(encoder), "--out", str(reranker), "--recipe", recipe]
    assert main(["reranker", *tuned]) == 0
    assert "step" in capsys.readouterr().err
    weights = ["weights", str(library), "--questions", str(questions), "--dry-run"]
    assert main([*weights, "--rerankers", str(reranker), "--calibrate", str(reranker)]) == 0
    assert "points that a likeness" in capsys.readouterr().out
    line = json.loads((reranker / "calibration.json").read_text(encoding="utf-8"))
    plain = load_reranker(reranker)
    likeness = plain.likeness("beds", ["Beds.", "Staff."])
    found = plain.score("beds", ["Beds.", "Staff."])
    assert np.allclose(found, line["slope"] * likeness + line["intercept"], atol=1e-4)


@pytest.mark.slow
def test_a_set_is_measured_with_the_encoders_of_all_folds(
    library, questions, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(command_line, "QUESTIONS", questions)
    seeds = Path(command_line.__file__).parents[1] / "eval/questions/seeds.questions.jsonl"
    report = tmp_path / "report.json"
    models = ["--models", "models/encoder", "all-MiniLM-L6-v2"]
    options = ["--library", str(library), "--work", str(tmp_path / "work"), "--json", str(report)]
    assert main(["crossfit", str(seeds), *options, *models]) == 0
    assert read_report(report).means["all"]["nDCG@10"].mean > 0.8
    assert "nDCG@10" in capsys.readouterr().out


def test_a_setting_that_no_recipe_has_is_refused(library, capsys):
    assert main(["encoder", "--library", str(library), "--recipe", '{"layers": 3}']) == 2
    assert "temperature" in capsys.readouterr().err


def test_ctrl_c_is_one_sentence(monkeypatch, capsys):
    def stop():
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "_parser", stop)
    assert main([]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
