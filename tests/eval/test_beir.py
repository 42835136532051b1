import json

import pytest

from eval.beir import export_beir, import_beir
from eval.errors import EvalError
from eval.questions import read_questions, resolve
from index.model import CitedParagraph
from ingest.model import Document, Paragraph


@pytest.fixture
def folder(tmp_path, questions, documents):
    cited = [
        CitedParagraph(document.paragraph_id(p), document.document_id, p, "Ashford 2016", "")
        for document in documents
        for p in document.paragraphs
    ]
    export_beir(questions, resolve(questions, documents), cited, tmp_path / "beir")
    return tmp_path / "beir"


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_export_holds_corpus_queries_and_qrels(folder):
    corpus = read(folder / "corpus.jsonl")
    assert corpus[0]["_id"] == "ashford-2016-02-16#p1"
    assert corpus[0]["title"] == "Ashford 2016: Findings"
    assert [query["_id"] for query in read(folder / "queries.jsonl")] == ["q1", "q2", "q3"]
    assert (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines() == [
        "query-id\tcorpus-id\tscore",
        "q1\tashford-2016-02-16#p1\t2",
        "q1\tashford-2016-02-16#s1\t1",
        "q2\tashford-2016-02-16#p2\t2",
    ]


def test_an_import_gives_documents_and_questions_that_belong_together(folder, tmp_path):
    documents, path = import_beir(folder, tmp_path / "out")
    questions = read_questions(path)
    assert [(q.id, q.kind, len(q.judgements)) for q in questions] == [
        ("q1", "scoped", 2),
        ("q2", "theme", 1),
        ("q3", "none", 0),
    ]
    built = [
        Document(
            doc=file.name,
            document_id=file.stem,
            sha256="",
            paragraphs=(Paragraph("a", None, "prose", None, file.read_text(encoding="utf-8")),),
        )
        for file in sorted(documents.iterdir())
    ]
    assert len(built) == 5
    assert resolve(questions, built).unresolved == ()


def test_ids_that_make_the_same_file_name_are_kept_apart(tmp_path):
    (tmp_path / "qrels").mkdir()
    ids = ("a/1", "a 1", "A 1", "..")  # some disks do not tell A from a
    rows = [{"_id": key, "text": key} for key in ids]
    text = "".join(json.dumps(row | {"title": "t"}) + "\n" for row in rows)
    (tmp_path / "corpus.jsonl").write_text(text)
    (tmp_path / "queries.jsonl").write_text('{"_id": "q", "text": "?"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta 1\t1\n")
    documents, path = import_beir(tmp_path, tmp_path / "out")
    assert sorted(file.name for file in documents.iterdir()) == [
        "A-1-3.txt",
        "a-1-2.txt",
        "a-1.txt",
        "entry.txt",
    ]
    assert read_questions(path)[0].judgements[0].doc == "a-1-2.txt"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EvalError, match=r"corpus\.jsonl"):
        import_beir(tmp_path, tmp_path / "out")


def test_a_bad_line_is_named(folder, tmp_path):
    (folder / "queries.jsonl").write_text("{}\n")
    with pytest.raises(EvalError, match=r"queries\.jsonl holds a line"):
        import_beir(folder, tmp_path / "out")
