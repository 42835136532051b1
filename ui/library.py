"""The library as all pages share it: opened once, read-only, made from corpus/ when missing."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from index.errors import MissingLibraryError
from index.library import Library
from ui.components import links, small
from ui.edge import guarded
from ui.first_build import FirstBuild
from ui.wording import as_text
from ui.work import Work

POLL_SECONDS = 0.5
TO_LIBRARY = {"href": "library", "text": "To the Library page"}


def library_folder() -> Path:
    """Where the library is kept."""
    return Path(os.environ.get("PILCROW_LIBRARY", "library"))


def corpus_folder() -> Path:
    """Where the documents lie that a missing library is made from."""
    return Path(os.environ.get("PILCROW_CORPUS", "corpus"))


BULK = (
    "Published inspection reports can be had in bulk: the public repository "
    "data-to-insight/ofsted-ilacs-scrape-tool on GitHub holds some 500 as PDFs, in folders by "
    "authority. Download it, unpack it, and add the whole folder in one step."
)


def opened_library(*, even_empty: bool = False) -> Library:
    """The library; a page that cannot have it yet says why and goes no further."""
    library = _library_there()
    build = _first_build(str(library_folder()), str(corpus_folder()))
    if library is None or build.working:
        if not build.stand.failed:
            build.start()
        _show_building(build)
        st.stop()
    if not library.info().paragraphs and not even_empty:
        _show_empty()
        st.stop()
    return library


def _library_there() -> Library | None:
    """The library, unless there is none or its first build never came to an end."""
    try:
        library = _open(str(library_folder()))
    except MissingLibraryError:
        return None
    return library if library.info().version else None


def library_work() -> Work:
    """What is done to the library that the pages serve, for all users together."""
    return _work(str(library_folder()))


@st.cache_resource(show_spinner=False)
def _work(folder: str) -> Work:
    return Work()


@st.cache_resource(show_spinner=False)
def _first_build(folder: str, corpus: str) -> FirstBuild:
    return FirstBuild(Path(folder), Path(corpus))


@st.cache_resource(show_spinner="Opening the library …")
def _open(folder: str) -> Library:
    return Library.open(Path(folder))


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _show_building(build: FirstBuild) -> None:
    if not build.working and not build.stand.failed:
        st.rerun()
    if build.stand.failed:
        st.title("The library could not be made", anchor=False)
        st.error(as_text(build.stand.failed))
        st.button("Try again", on_click=build.start, type="primary")
        return
    st.title("The library is being made", anchor=False)
    st.write(
        "Pilcrow reads the documents it starts with and prepares them for searching. "
        "This happens once and takes a minute or two; the page opens by itself when it is done."
    )
    st.progress(build.stand.share, text=as_text(build.stand.sentence))


def _show_empty() -> None:
    st.title("The library is empty", anchor=False)
    st.text("There is nothing to search yet. Add reports on the Library page, or in a terminal:")
    st.code(
        f'python -m index add "folder with documents" --library "{library_folder()}"', language=None
    )
    small(BULK)
    links(key="to the library", data={"heading": "", "links": [TO_LIBRARY]})
