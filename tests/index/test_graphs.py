"""Models as graphs: made once, checked, kept, found damaged, and done without."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import encoder as encoder_module
from index import export as export_module
from index import graphs, likeness
from index.encoder import (
    GENERAL_MODEL,
    OWN_MODEL,
    GraphEncoder,
    SentenceEncoder,
    find_model,
    load_encoder,
)
from index.errors import ModelError
from index.likeness import SAMPLE, overlap, trial
from index.reranker import TorchTokens, load_reranker

TEXTS = [*SAMPLE, "", "¶ 87 — “care leavers”", "sc\u0065\u0301ne 児童", "word " * 400]


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Path:
    """An empty folder for graphs."""
    monkeypatch.setenv("PILCROW_CACHE", str(tmp_path / "graphs"))
    return tmp_path / "graphs"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, np.ndarray]:
    """A folder with the graph of our encoder, and the vectors that it gave."""
    folder = tmp_path_factory.mktemp("made") / "graphs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILCROW_CACHE", str(folder))
        return folder, load_encoder(find_model(OWN_MODEL)).encode(TEXTS[:3])


@pytest.fixture(scope="module", params=[OWN_MODEL, GENERAL_MODEL])
def pair(request):
    """A shipped model both ways."""
    model = find_model(request.param)
    return load_encoder(model), SentenceEncoder(model)


def test_a_shipped_model_gives_the_vectors_that_pytorch_gives(pair):
    graph, pytorch = pair
    assert isinstance(graph, GraphEncoder)
    assert (graph.name, graph.sha256) == (pytorch.name, pytorch.sha256)
    assert (graph.dim, graph.max_tokens) == (pytorch.dim, pytorch.max_tokens)
    ours, theirs = graph.encode(TEXTS), pytorch.encode(TEXTS)
    assert (ours * theirs).sum(axis=1).min() >= 0.999
    for text, vector in zip(TEXTS[:4], theirs, strict=False):
        assert graph.encode_query(text) @ vector >= 0.999


def test_tokens_stand_where_pytorch_puts_them(pair):
    graph, pytorch = pair
    for text in TEXTS:
        assert list(graph.token_spans(text)) == list(pytorch.token_spans(text))


def test_a_text_has_one_vector_whatever_stands_beside_it(pair):
    graph, _ = pair
    alone = np.stack([graph.encode([text])[0] for text in TEXTS])
    assert np.abs(alone - graph.encode(TEXTS)).max() <= 1e-6  # 5e-4 where padding differs


def test_once_made_it_is_loaded_without_pytorch_and_sends_nothing(kept, caplog):
    with caplog.at_level(logging.WARNING):
        load_encoder(find_model(OWN_MODEL))
    assert [record.message.split(" for ")[0] for record in caplog.records] == [
        "Preparing models/encoder"
    ]
    code = (
        "import sys; from index.encoder import find_model, load_encoder;"
        "load_encoder(find_model('models/encoder')).encode_query('a');"
        "print([m for m in ('torch', 'openvino_telemetry') if sys.modules.get(m)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
    assert [path.name for path in kept.iterdir() if path.name.startswith("making-")] == []


@pytest.mark.parametrize("name", ["graph.xml", "graph.bin", "tokenizer.json", "traits.json"])
def test_a_changed_byte_is_said_and_the_graph_made_again(made, kept, caplog, name):
    former, first = made
    shutil.copytree(former, kept)
    (folder,) = kept.iterdir()
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 0x10
    (folder / name).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        again = load_encoder(find_model(OWN_MODEL))
    assert "is damaged" in caplog.text
    assert np.array_equal(again.encode(TEXTS[:3]), first)


def test_without_openvino_the_model_runs_in_pytorch_and_says_so(kept, caplog, monkeypatch):
    for module in (encoder_module, export_module):
        monkeypatch.setattr(module, "available", lambda: False)
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder(find_model(OWN_MODEL))
    assert isinstance(encoder, SentenceEncoder)
    assert len(caplog.records) == 1
    assert "OpenVINO is not installed" in caplog.text
    assert not kept.exists()


def test_a_graph_that_fails_the_check_is_not_used(kept, caplog, monkeypatch):
    monkeypatch.setattr(likeness, "LEAST_OVERLAP", 1.1)
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder(find_model(OWN_MODEL))
    assert isinstance(encoder, SentenceEncoder)
    assert "finds other passages than PyTorch (top-10 overlap" in caplog.text
    assert list(kept.iterdir()) == []


def test_a_reranker_that_finds_other_passages_is_not_run_as_a_graph(kept, caplog, monkeypatch):
    monkeypatch.setattr(likeness, "LEAST_OVERLAP", 1.1)
    with caplog.at_level(logging.WARNING):
        assert isinstance(load_reranker()._tokens, TorchTokens)
    assert "finds other passages than PyTorch (top-10 overlap" in caplog.text
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("cosine", "shared", "said"),
    [(0.9989, 1.0, "vectors differ"), (1.0, 0.979, "finds other"), (np.nan, 1.0, "vectors differ")],
)
def test_two_ways_that_are_too_far_apart_are_told_apart(cosine, shared, said):
    likeness.require_alike(0.999, 0.98)
    with pytest.raises(ModelError, match=said):
        likeness.require_alike(cosine, shared)


def test_the_overlap_counts_what_both_find_among_their_first_ten():
    scores = np.arange(40, dtype=np.float32)[None, :]
    other = scores.copy()
    other[0, [30, 29]] = other[0, [29, 30]]  # the tenth and the eleventh change places
    assert overlap(scores, scores) == 1
    assert overlap(scores, other) == pytest.approx(0.9)


def test_the_trial_is_large_enough_for_a_ranking_to_tell():
    passages, questions = trial()
    assert len(passages) > 50
    assert len(questions) > 20
    assert len(set(passages)) == len(passages)


def test_where_nothing_can_be_kept_it_still_runs(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PILCROW_CACHE", str(tmp_path / "file"))
    assert isinstance(load_encoder(find_model(OWN_MODEL)), GraphEncoder)


def test_the_folder_for_graphs_is_outside_the_program(monkeypatch):
    monkeypatch.delenv("PILCROW_CACHE", raising=False)
    root = Path(graphs.__file__).parent.parent
    for platform in ("linux", "darwin", "win32"):
        monkeypatch.setattr(sys, "platform", platform)
        assert not graphs.cache_folder().is_relative_to(root)


def test_a_missing_own_model_is_said_with_the_other_choice(tmp_path, monkeypatch):
    monkeypatch.setattr(encoder_module, "_ROOT", tmp_path)
    with pytest.raises(ModelError, match="--model all-MiniLM-L6-v2"):
        find_model()
