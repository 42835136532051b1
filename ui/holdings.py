"""The Library page: what is in the library, and how it is added to and put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from index.curate import Removed, erase, removed, restore
from index.renew import renew
from ui.components import holdings, links, small
from ui.edge import guarded
from ui.holding import holding_view
from ui.holdings_data import holding_link, holdings_data, summary
from ui.library import BULK, library_folder, library_work, opened_library
from ui.uploads import TYPES, Brought, most_megabytes, take_in
from ui.wording import as_text, counted, long_day
from ui.work import FileResult, Listener, Work

POLL_SECONDS = 0.5
FEW, LIST = 6, 400  # results that are seen at once; pixels for more of them
SEVERAL, FOLDER = "Files", "A whole folder"


@guarded
def holdings_page() -> None:
    """All documents, or the one that the address names."""
    st.set_page_config(page_title="Library · Pilcrow", layout="wide")
    library = opened_library(even_empty=True)
    document_id = st.query_params.get("doc")
    if document_id:
        holding_view(library, document_id)
        return
    st.title("Library", anchor=False)
    small(summary(library.info()))
    work = library_work()
    _stand(work)
    with st.expander("Add documents", expanded=not library.info().documents, key="adding"):
        _add(work)
    if library.info().documents:
        holdings(key="holdings", data=holdings_data(library))
    _bin(work)
    _again(work)


def _stand(work: Work) -> None:
    """Work under way, or what came of the last."""
    notice = st.session_state.pop("library notice", None)
    if notice:
        st.success(as_text(notice))
    if work.working:
        _watch(work)
        return
    stand = work.stand
    if stand.failed:
        st.error(as_text(stand.failed))
    elif stand.done:
        whole = all(result.good for result in stand.results)
        (st.success if whole else st.warning)(as_text(stand.done))
        _results(stand.results)
    if stand.failed or stand.done:
        st.button("Close this message", on_click=work.forget)


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _watch(work: Work) -> None:
    if not work.working:
        st.rerun()
    stand = work.stand
    st.progress(stand.share, text=as_text(stand.sentence))
    st.button("Stop", on_click=work.stop, disabled=stand.stopping)
    small("Everyone can go on searching; they see the new version once it is whole.")


def _results(results: Sequence[FileResult]) -> None:
    """What became of each file, those not taken in first."""
    items = [
        {
            "href": holding_link(one.document_id) if one.document_id else None,
            "text": one.name,
            "note": ("" if one.good else "Not taken in. ") + one.sentence,
        }
        for one in sorted(results, key=lambda one: one.good)
    ]
    if items:
        with st.container(height=LIST if len(items) > FEW else "content", border=len(items) > FEW):
            links(key="results", data={"heading": "File by file", "links": items})


def _add(work: Work) -> None:
    way = st.radio("What do you want to add?", [SEVERAL, FOLDER], horizontal=True, key="way")
    round_ = st.session_state.get("uploads", 0)  # a new number empties the box
    files = st.file_uploader(
        "Drag them here, several at once: PDF, Word (.docx), HTML, text or Markdown",
        type=TYPES,
        accept_multiple_files="directory" if way == FOLDER else True,
        max_upload_size=most_megabytes(),
        key=f"upload {way} {round_}",
    )
    if st.button(
        f"Add {counted(len(files), 'file')}" if files else "Add to the library",
        type="primary",
        disabled=not files or work.working,
    ):
        brought = [Brought(file.name, file.getvalue()) for file in files]
        work.start(f"Adding {counted(len(brought), 'file')}", _adding(brought))
        st.session_state["uploads"] = round_ + 1
        st.rerun()
    small(BULK)


def _adding(files: list[Brought]) -> Callable[[Listener], tuple[str, list[FileResult]]]:
    folder = library_folder()

    def job(listener: Listener) -> tuple[str, list[FileResult]]:
        return take_in(files, folder, listener=listener)

    return job


def _bin(work: Work) -> None:
    gone = removed(library_folder())
    if not gone:
        return
    with st.expander(f"Removed documents ({len(gone)})", key="bin"):
        small("They are not searched, and a rebuild leaves them out. Their files are kept here.")
        for one in gone:
            _removed_row(work, one)


def _removed_row(work: Work, one: Removed) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{one.title} ({one.doc}), removed on {long_day(one.day)}", width="stretch")
        st.button("Bring back", key=f"back {one.sha256}", on_click=_restore, args=(work, one))
        with st.popover("Delete for good"):
            st.text("The file is deleted here and cannot be brought back.")
            st.button("Delete it", key=f"erase {one.sha256}", on_click=_erase, args=(one,))


def _restore(work: Work, one: Removed) -> None:
    def job(_: Listener) -> tuple[str, list[FileResult]]:
        restore(library_folder(), one.sha256)
        return f"“{one.title}” is in the library again.", []

    work.start(f"Bringing {one.doc} back", job)


def _erase(one: Removed) -> None:
    erase(library_folder(), one.sha256)
    st.session_state["library notice"] = f"{one.doc} is deleted for good."


def _again(work: Work) -> None:
    with st.expander("Read the documents again", key="reading again"):
        small(
            "After an upgrade Pilcrow may read a document better than when it came in. Corrections "
            "made by hand stay, and so do the addresses of paragraphs. It takes about a second for "
            "each document, and can be stopped."
        )
        every = st.checkbox("Read every document, whether or not it would change", key="every")
        st.button(
            "Read again", on_click=_renew, args=(work, every), disabled=work.working, key="again"
        )


def _renew(work: Work, every: bool) -> None:
    def job(listener: Listener) -> tuple[str, list[FileResult]]:
        report = renew(library_folder(), everything=every, listener=listener)
        said = f"{counted(len(report.replaced), 'document')} read again"
        said += f", {counted(len(report.unchanged), 'document')} left as they were."
        bad = [FileResult(one.doc, False, one.message) for one in report.failed]
        return said, bad

    work.start("Reading the documents again", job)
