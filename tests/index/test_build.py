"""Files become a library, and only what changed is read and encoded again."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index import build as build_module
from index import changes, embed, nearest, schema, update
from index.build import BuildConfig, Progress, add, build, outdated, remove
from index.encoder import Model
from index.errors import LibraryError, ModelError
from index.library import Library
from index.passages import PassageConfig
from index.schema import open_reader
from index.terminal import report_lines
from ingest import isolation

REPORT = """Inspection of Hackney children's services

Inspection findings

1. Care leavers live in good homes. Staff know them well and visit them often.

2. Social workers have too many cases and children wait for their plans.
"""


class Build:
    """A folder of reports and the library made from it."""

    def __init__(self, root: Path, encoder) -> None:
        self.papers = root / "papers"
        self.papers.mkdir()
        self.folder = root / "library"
        self.encoder = encoder
        self.config = BuildConfig(jobs=1)
        self.progress: list[Progress] = []

    def write(self, name: str, text: str) -> Path:
        path = self.papers / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *paths: Path, change=build, **more):
        options = {"encoder": self.encoder, "config": self.config} | more
        self.encoder.encoded.clear()
        return change(paths or [self.papers], self.folder, listener=self.progress.append, **options)

    def library(self) -> Library:
        return Library.open(self.folder, self.encoder)

    def ids(self) -> dict[str, str]:
        cards = self.library().documents()
        return {card.document.doc: card.document.document_id for card in cards}


@pytest.fixture
def made(tmp_path, keyword_encoder) -> Build:
    made = Build(tmp_path, keyword_encoder)
    made.write("hackney-2016-09-21.txt", REPORT)
    made.write("bexley-2018-08-20.txt", REPORT.replace("Hackney", "Bexley").replace("1.", "1. The"))
    return made


def test_a_folder_becomes_a_library(made):
    report = made.run()
    assert sorted(made.ids()) == ["bexley-2018-08-20.txt", "hackney-2016-09-21.txt"]
    assert len(report.added) == 2
    assert report.version == made.library().info().version == 1
    assert report.failed == ()
    hit = made.library().search("social workers cases", top_k=1)[0]
    assert (hit.number, hit.year) == ("2", 2018)


def test_what_has_not_changed_is_neither_read_nor_encoded(made, monkeypatch):
    made.run()
    monkeypatch.setattr(isolation._Worker, "read", None)
    report = made.run()
    assert made.encoder.encoded == []
    assert (len(report.unchanged), report.version) == (2, 1)


def test_a_folder_that_moved_has_not_changed(made, tmp_path):
    made.run()
    (tmp_path / "elsewhere").mkdir()
    moved = shutil.copytree(made.papers, tmp_path / "elsewhere" / made.papers.name)
    report = made.run(moved)
    assert (len(report.unchanged), made.encoder.encoded) == (2, [])


def test_a_changed_file_replaces_its_paragraphs_and_encodes_only_what_is_new(made):
    made.run()
    ids = made.ids()
    made.write("hackney-2016-09-21.txt", REPORT.replace("too many cases", "a fair load"))
    report = made.run()
    assert report.replaced == (ids["hackney-2016-09-21.txt"],)
    assert [text for text in made.encoder.encoded if "fair load" in text] == made.encoder.encoded
    texts = [one.paragraph.text for one in made.library().paragraphs(report.replaced[0])]
    assert not any("too many cases" in text for text in texts)
    assert any("a fair load" in text for text in texts)
    assert made.ids() == ids


def test_a_better_reader_keeps_ids_and_vectors(made, monkeypatch):
    made.run()
    ids = made.ids()
    for module in (changes, update):
        monkeypatch.setattr(module, "READER_VERSION", "better")
    report = made.run()
    assert len(report.replaced) == 2
    assert made.ids() == ids
    assert made.encoder.encoded == []


def test_a_reader_that_finds_another_authority_in_the_same_file_keeps_its_id(made, monkeypatch):
    made.run()
    ids = made.ids()
    read_files = build_module.read_files

    def elsewhere(files, jobs):
        for outcome in read_files(files, jobs):
            yield replace(outcome, document=replace(outcome.document, authority="Dudley"))

    monkeypatch.setattr(build_module, "read_files", elsewhere)
    monkeypatch.setattr(changes, "READER_VERSION", "better")
    made.run()
    assert made.ids() == ids
    assert {card.document.authority for card in made.library().documents()} == {"Dudley"}


def test_another_report_of_the_same_day_takes_no_id_away(made):
    made.run()
    ids = made.ids()
    made.write("hackney-letter-2016-09-21.txt", REPORT.replace("often", "never"))
    made.run()
    after = made.ids()
    assert {doc: after[doc] for doc in ids} == ids
    assert len(set(after.values())) == 3


def test_a_file_that_is_gone_leaves_the_library(made):
    made.run()
    (made.papers / "bexley-2018-08-20.txt").unlink()
    report = made.run()
    assert len(report.removed) == 1
    assert [*made.ids()] == ["hackney-2016-09-21.txt"]
    assert all(hit.authority == "Hackney" for hit in made.library().search("social workers"))


def test_a_report_under_another_name_keeps_its_id_when_corrected(made):
    made.run()
    ids = made.ids()
    (made.papers / "hackney-2016-09-21.txt").unlink()
    made.write("hackney corrected 2016-09-21.txt", REPORT.replace("often", "rarely"))
    made.run()
    assert made.ids()["hackney corrected 2016-09-21.txt"] == ids["hackney-2016-09-21.txt"]


def test_add_leaves_the_others_as_they_are(made, tmp_path):
    made.run()
    path = tmp_path / "dudley-2016-04-05.txt"
    path.write_text(REPORT.replace("Hackney", "Dudley"), encoding="utf-8")
    report = made.run(path, change=add)
    assert (len(report.added), len(made.ids())) == (1, 3)
    assert len(made.run(path, change=add).unchanged) == 1


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_built(made):
    made.write("letter.pdf", "<html>Not found</html>")
    report = made.run()
    assert [failure.doc for failure in report.failed] == ["letter.pdf"]
    assert len(report.added) == 2


def test_a_file_that_can_no_longer_be_read_keeps_what_was_read_before(made):
    made.run()
    (made.papers / "hackney-2016-09-21.txt").write_bytes(b"")
    report = made.run()
    assert [failure.doc for failure in report.failed] == ["hackney-2016-09-21.txt"]
    assert sorted(made.ids()) == ["bexley-2018-08-20.txt", "hackney-2016-09-21.txt"]


def test_a_file_that_changes_while_it_is_read_is_left_for_the_next_build(made, monkeypatch):
    read_files = build_module.read_files

    def meddling(files, jobs):
        for outcome in read_files(files, jobs):
            if "hackney" in outcome.file.path.name:
                outcome.file.path.write_text("Other words.", encoding="utf-8")
            yield outcome

    monkeypatch.setattr(build_module, "read_files", meddling)
    report = made.run()
    assert "changed while it was read" in report.failed[0].message
    assert [*made.ids()] == ["bexley-2018-08-20.txt"]


def test_a_document_that_cannot_be_stored_is_named_and_the_rest_is_built(made, monkeypatch):
    read_files = build_module.read_files

    def twofold(files, jobs):
        for outcome in read_files(files, jobs):
            document = outcome.document
            if "hackney" in document.doc:
                document = replace(document, paragraphs=document.paragraphs[:1] * 2)
            yield replace(outcome, document=document)

    monkeypatch.setattr(build_module, "read_files", twofold)
    report = made.run()
    assert "cannot be stored" in report.failed[0].message
    assert [*made.ids()] == ["bexley-2018-08-20.txt"]


def test_nothing_to_read_is_an_error_and_changes_nothing(made, tmp_path):
    made.run()
    (tmp_path / "empty").mkdir()
    with pytest.raises(LibraryError, match="no documents"):
        made.run(tmp_path / "empty")
    assert len(made.ids()) == 2


def test_remove_takes_a_name_or_an_id(made):
    made.run()
    ids = made.ids()
    assert remove(["hackney-2016-09-21.txt"], made.folder).removed == (
        ids["hackney-2016-09-21.txt"],
    )
    remove([ids["bexley-2018-08-20.txt"]], made.folder)
    assert made.ids() == {}
    assert made.library().search("social workers") == []


def test_remove_of_an_unknown_or_ambiguous_name_removes_nothing(made):
    made.write("more/hackney-2016-09-21.txt", REPORT.replace("often", "never"))
    made.run()
    with pytest.raises(LibraryError, match=r"no document 'x\.pdf'"):
        remove(["bexley-2018-08-20.txt", "x.pdf"], made.folder)
    with pytest.raises(LibraryError, match="Several documents"):
        remove(["hackney-2016-09-21.txt"], made.folder)
    assert made.library().info().documents == 3


def test_another_model_is_not_mixed_in(made, tmp_path):
    made.run()
    other = type(made.encoder)("other")
    path = tmp_path / "dudley-2016-04-05.txt"
    path.write_text(REPORT.replace("Hackney", "Dudley"), encoding="utf-8")
    with pytest.raises(ModelError, match=r"built with the model keywords.*--model other"):
        made.run(path, change=add, encoder=other)
    with pytest.raises(ModelError, match="built with the model keywords"):
        Library.open(made.folder, other)
    assert len(made.ids()) == 2


def test_building_with_another_model_encodes_everything_anew(made):
    first = made.run()
    made.encoder = type(made.encoder)("other")
    report = made.run()
    assert report.encoded >= first.encoded
    info = made.library().info()
    assert (info.model, info.version) == ("other", 2)
    assert made.library().search("social workers cases", top_k=1)[0].number == "2"


def test_no_vector_of_the_former_model_stays_for_a_file_that_cannot_be_read(made):
    made.run()
    (made.papers / "hackney-2016-09-21.txt").write_bytes(b"")
    made.encoder = type(made.encoder)("other", dim=300)
    assert len(made.run().failed) == 1
    assert made.library().info().dim == 300
    assert made.library().search("social workers in Hackney", top_k=1)[0].authority == "Hackney"


def test_other_windows_are_cut_without_reading_again(made, monkeypatch):
    made.run()
    before = made.library().info()
    made.config = replace(made.config, passages=PassageConfig(overlap=1, shortest=0.9))
    monkeypatch.setattr(isolation._Worker, "read", None)
    made.encoder.max_tokens = 5
    made.run()
    after = made.library().info()
    assert after.version == 2
    assert after.passages > before.passages
    assert after.paragraphs == before.paragraphs


def test_the_model_is_loaded_only_where_there_is_something_to_encode(made, monkeypatch):
    model = Model("keywords", "keywords", made.encoder.sha256)
    loaded = []

    def load(found: Model):
        loaded.append(found)
        return made.encoder

    monkeypatch.setattr(embed, "find_model", lambda *_, **__: model)
    monkeypatch.setattr(embed, "load_encoder", load)
    made.run(encoder=None)
    assert loaded == [model]
    made.run(encoder=None)
    remove(["bexley-2018-08-20.txt"], made.folder)
    assert loaded == [model]


def test_two_files_of_one_report_are_said_to_be_that(made):
    words = " ".join(f"word{n} of the long report" for n in range(200))
    made.write("a.txt", f"1. {words}\n")
    made.write("b.txt", f"Copy\n\n1. {words}\n")
    report = made.run()
    assert any("same report as a.txt" in odd.message for odd in report.odd)
    remove(["a.txt"], made.folder)
    assert not any("same report" in warning for warning in made.library().info().warnings)


def test_progress_tells_of_every_file(made):
    made.run()
    reading = [step for step in made.progress if step.stage == "reading"]
    assert [(step.done, step.total) for step in reading] == [(0, 2), (1, 2), (2, 2)]
    assert made.progress[-1].stage == "saving"


def test_outdated_says_whether_a_build_would_change_anything(made):
    assert outdated([made.papers], made.folder)
    made.run()
    assert not outdated([made.papers], made.folder)
    made.write("new.txt", REPORT)
    assert outdated([made.papers], made.folder)


def test_an_error_half_way_leaves_the_library_as_it_was(made, monkeypatch):
    made.run()
    made.write("new.txt", REPORT)

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nearest.DenseIndex, "save", full)
    with pytest.raises(LibraryError, match="as it was before"):
        made.run()
    monkeypatch.undo()
    assert len(made.ids()) == 2
    assert made.run().version == 2


def test_a_reader_that_keeps_removed_words_is_told_of_and_the_next_build_wipes_them(
    made, monkeypatch
):
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    made.write("bexley-2018-08-20.txt", REPORT + "\n3. Zyxwvut quibblesnatch.\n")
    made.run()
    reader = open_reader(made.folder)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM meta").fetchall()
    made.write("bexley-2018-08-20.txt", REPORT)
    report = made.run()
    assert not report.wiped
    assert any("wipes them" in line for line in report_lines(report))
    reader.close()
    assert made.run().wiped
    everything = b"".join(path.read_bytes().lower() for path in made.folder.iterdir())
    assert b"quibblesnatch" not in everything


def test_the_vectors_of_former_versions_do_not_stay(made):
    made.run()
    made.write("new.txt", REPORT)
    made.run()
    assert [path.name for path in made.folder.glob("passages*")] == ["passages-2.faiss"]


def test_what_users_made_is_left_alone(made):
    made.run()
    (made.folder / "user.sqlite").write_bytes(b"briefings")
    (made.papers / "bexley-2018-08-20.txt").unlink()
    made.run()
    assert (made.folder / "user.sqlite").read_bytes() == b"briefings"


def test_a_build_leaves_what_was_added_and_only_remove_takes_it_out(made, tmp_path):
    made.run()
    extra = tmp_path / "luton-2022-01-14.txt"
    extra.write_text(REPORT.replace("Hackney", "Luton"), encoding="utf-8")
    made.run(extra, change=add)
    (made.papers / "bexley-2018-08-20.txt").unlink()
    assert outdated([made.papers], made.folder)
    report = made.run()
    assert sorted(made.ids()) == ["hackney-2016-09-21.txt", "luton-2022-01-14.txt"]
    assert len(report.removed) == 1
    assert not outdated([made.papers], made.folder)
    remove(["luton-2022-01-14.txt"], made.folder)
    assert [*made.ids()] == ["hackney-2016-09-21.txt"]
