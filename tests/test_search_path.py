"""What answers a question does without PyTorch, whose import alone takes seconds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import build
from index.encoder import find_model, load_encoder
from index.reranker import load_reranker

ROOT = Path(__file__).parent.parent
QUESTION = "Where did care leavers live?"
REPORT = """# Inspection

1. Care leavers lived in bed and breakfast accommodation for up to fourteen weeks.

2. Social workers know their children well and visit them often.
"""
HEAVY = ("torch", "transformers", "sentence_transformers", "openvino_telemetry")
LOADED = f"""
import json, sys
print(json.dumps([name for name in {HEAVY} if sys.modules.get(name)]), file=sys.stderr)
"""
COMMAND = """
import sys
from {module}.__main__ import main
assert main(sys.argv[1:]) == 0
"""
PAGE = """
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("app.py", default_timeout=300).run()
page.text_input(key="question").set_value({question!r})
next(button for button in page.button if button.label == "Search").click().run()
assert not page.exception
shown = [one.proto.json for one in page.get("bidi_component")]
print(sum("bed and breakfast" in text for text in shown))
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Path:
    """A small library of the default model, whose graphs are prepared already."""
    folder = tmp_path_factory.mktemp("search-path")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    build([folder / "report.md"], folder / "library", encoder=load_encoder(find_model()))
    load_reranker()
    return folder / "library"


def loaded_by(code: str, library: Path, *arguments: str) -> tuple[str, list[str]]:
    """What a process prints that runs the code, and which heavy modules it has loaded then."""
    done = subprocess.run(
        [sys.executable, "-c", code + LOADED, *arguments],
        cwd=ROOT,
        env={**os.environ, "PILCROW_LIBRARY": str(library)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, json.loads(done.stderr.splitlines()[-1])


@pytest.mark.parametrize(("module", "verb"), [("index", "search"), ("answer", "ask")])
def test_a_question_on_the_command_line_is_answered_without_pytorch(library, module, verb):
    code = COMMAND.format(module=module)
    said, loaded = loaded_by(code, library, verb, QUESTION, "--library", str(library))
    assert "bed and breakfast" in said
    assert loaded == []


@pytest.mark.slow
def test_a_question_on_the_page_is_answered_without_pytorch(library):
    said, loaded = loaded_by(PAGE.format(question=QUESTION), library)
    assert int(said) > 0
    assert loaded == []


def test_a_process_that_does_load_pytorch_is_found_out(library):
    assert loaded_by("import torch\n", library)[1] == ["torch"]
