import json

import pytest

from eval.__main__ import main
from eval.errors import EvalError
from eval.written import NOT_HELD, check_written, read_written, written_text
from index.build import build
from index.library import Library
from tests.answer.conftest import CountingEncoder

REPORT = """# Inspection of services

1. Ten care leavers were living in bed and breakfast accommodation.

2. Social workers visit children in care regularly.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("small")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    build([folder / "report.md"], folder / "library", encoder=CountingEncoder())
    return Library.open(folder / "library", CountingEncoder())


@pytest.fixture
def first(library) -> str:
    (card,) = library.documents()
    return library.paragraphs(card.document.document_id)[0].paragraph_id


def answer(*sentences, status="written", reason=None) -> dict:
    written = [
        {"text": text, "citations": list(citations), "supported": True}
        for text, *citations in sentences
    ]
    return {
        "id": "q1",
        "status": "answered",
        "written": {"status": status, "reason": reason, "sentences": written},
    }


def test_each_sentence_is_held_against_what_it_cites_anew(library, first):
    report = check_written(
        [
            answer(
                ("Ten care leavers were living in bed and breakfast accommodation.", first),
                ("Twelve care leavers were living in bed and breakfast accommodation.", first),
                ("Social workers visit children.",),
                ("Social workers visit children.", "elsewhere#p1"),
            )
        ],
        library,
    )
    assert (report.supported, report.unsupported) == (1, 3)
    assert report.outcomes[0].reason is None
    assert "“Twelve”" in report.outcomes[1].reason
    assert report.outcomes[2].reason == "cites no paragraph"
    assert report.outcomes[3].reason == NOT_HELD


def test_answers_that_were_not_written_are_counted_with_their_reason(library, first):
    true = ("Ten care leavers were living in bed and breakfast accommodation.", first)
    failed = answer(status="fallback", reason="It did not answer.")
    report = check_written([answer(true), failed, failed], library)
    assert (report.answers, report.written) == (3, 1)
    assert report.fallbacks == {"It did not answer.": 2}
    assert written_text(report).splitlines() == [
        "1 of 3 answers written; 1 of 1 sentences supported by what they cite.",
        "  not written, 2 times: It did not answer.",
    ]


@pytest.mark.parametrize(
    "line",
    ["nonsense", "[]", '{"status": "answered"}', '{"written": {"sentences": [{"text": 1}]}}'],
)
def test_a_line_that_is_no_written_answer_is_named(tmp_path, line):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(answer()) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(EvalError, match="Line 3 of"):
        read_written(path)


def test_the_command(library, first, tmp_path, capsys):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(answer(("So it is.",))) + "\n", encoding="utf-8")
    assert main(["written", str(path), "--library", str(library.folder), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["supported"], report["unsupported"]) == (0, 1)
    assert main(["written", str(path), "--library", str(library.folder)]) == 0
    assert "q1: cites no paragraph: So it is." in capsys.readouterr().out
