"""A library read anew from its own files."""

import shutil

import pytest

from index.build import Progress, add, build
from index.corrections import Reading
from index.curate import correct_document, correct_paragraph
from index.library import Library
from index.renew import renew
from index.schema import FILE_NAME
from tests.index.conftest import KeywordEncoder
from tests.index.test_curate import REPORT, SOURCES, TEXT, everything, id_of


@pytest.fixture
def encoder():
    return KeywordEncoder()


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.md").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return folder


@pytest.fixture
def library(documents, tmp_path, encoder):
    folder = tmp_path / "library"
    build([documents], folder, encoder=encoder)
    (documents / "other.md").write_text("# Other\n\n1. Another report.\n", encoding="utf-8")
    add([documents / "other.md"], folder, encoder=encoder)
    return Library.open(folder, encoder)


def test_nothing_is_done_where_nothing_changed(library, encoder):
    report = renew(library.folder, encoder=encoder)
    assert (report.version, report.replaced) == (library.info().version, ())
    assert len(report.unchanged) == 2


@pytest.mark.parametrize("gone", [False, True])
def test_all_is_read_again_and_is_as_it_was_with_its_corrections(library, documents, encoder, gone):
    wrong = id_of(library, "4")
    text = library.paragraph(wrong).paragraph.text
    correct_paragraph(library.folder, wrong, Reading("3", text))
    correct_document(library.folder, REPORT, {"title": "A better title"})
    before = everything(library)
    if gone:
        shutil.rmtree(documents)
    report = renew(library.folder, encoder=encoder, everything=True)
    assert len(report.replaced) == 2
    assert report.failed == ()
    assert everything(library) == before
    again = renew(library.folder, encoder=encoder)
    assert REPORT in (*again.unchanged, *again.replaced)


def test_a_build_afterwards_leaves_what_was_added(library, documents, encoder):
    (documents / "other.md").unlink()
    renew(library.folder, encoder=encoder, everything=True)
    report = build([documents], library.folder, encoder=encoder)
    assert report.removed == ()
    assert len(library.documents()) == 2


def test_another_model_encodes_everything_again(library):
    other = KeywordEncoder("other")
    report = renew(library.folder, encoder=other)
    assert report.encoded > 0
    assert Library.open(library.folder, other).info().model == "other"


def test_broken_off_it_leaves_the_library_as_it_was(library, encoder):
    before = (library.folder / FILE_NAME).read_bytes()

    class StoppedError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.done:
            raise StoppedError

    with pytest.raises(StoppedError):
        renew(library.folder, encoder=encoder, everything=True, listener=stop)
    assert (library.folder / FILE_NAME).read_bytes() == before
    assert everything(library)
