"""The About page: what this is, what it runs on, what it cannot do, rights, access and help."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import lru_cache
from pathlib import Path

import streamlit as st

from index.library import Library
from ui.components import links, small, table
from ui.edge import guarded
from ui.holdings_data import summary
from ui.library import library_folder, opened_library
from ui.wording import as_text, counted

ROOT = Path(__file__).resolve().parent.parent
TEXT = 760  # pixels; a line across the whole screen is hard to read
LIMITS = """
- It finds paragraphs and quotes them word for word. It does not judge an authority, and a
  paragraph that it does not find may still exist. Before you quote, open the paragraph in its
  document.
- A citation carries the number as printed. Where none is printed it says how to find the
  paragraph instead. A number may be read wrongly: “Something is wrong” on a card puts it right.
- Judgements and later inspections are told only of documents in this library. The newest report
  may not be in it.
- The judgement on a card is that of the part the paragraph stands in, as the report prints it.
  Where that is not certain, none is shown.
- Scanned pages are read by character recognition where that is installed, and say so; compare
  them with the original.
- Photographs, charts and maps are not searched.
- Questions are understood in English.
"""
ACCESS = """
Pilcrow aims at WCAG 2.2, level AA. Every page is checked with axe-core in a browser, light and
dark, whenever the program changes; nothing serious is let through in our own parts. It can be
used with the keyboard alone and on a phone. Colours follow your system's light or
dark setting.

What is known to fall short comes from the framework (Streamlit): its lists of choices and its
upload box are less well announced by some screen readers than plain ones. Page images of PDFs
are pictures; the same text stands beside each of them.

If something keeps you from using Pilcrow, tell whoever runs it for you what you tried and what
happened.
"""
HELP = """
- **Ask** in plain words, or type a citation such as “Wandsworth 2016 para 87”. Press **/**
  anywhere to come to the question box.
- **Words in “double quotes”** must stand in the paragraph exactly so.
- **Chips** under the box show what the question was understood as; take off what is wrong.
- **Addresses** hold everything: send one, or keep it as a bookmark.
- README.md in Pilcrow's folder tells how to install, add documents and measure the search. For
  anything else, ask whoever runs Pilcrow for you; the window in which it was started says what
  went wrong.
"""


@guarded
def about_page() -> None:
    """All of it, read from what runs here."""
    st.set_page_config(page_title="About · Pilcrow", layout="wide")
    library = opened_library(even_empty=True)
    with st.container(width=TEXT):
        st.title("About Pilcrow", anchor=False)
        st.text(
            "Pilcrow searches inspection documents in plain words and cites what it finds by "
            "printed paragraph number. It runs on your own machines. No question, draft or "
            "document leaves them, unless whoever runs it has set up a language model elsewhere, "
            "which writes answers and, when asked, reads drafts and counts."
        )
        table(key="about", data=facts_table(library))
        for heading, text in (
            ("What it cannot do", LIMITS),
            ("Help", HELP),
            ("Accessibility", ACCESS),
        ):
            st.header(heading, anchor=False)
            st.markdown(text)
        st.header("Rights", anchor=False)
        _rights(library)


def facts_table(library: Library) -> dict[str, object]:
    """What runs here, as a table."""
    info, reranker = library.info(), library.reranker_folder()
    model = f"{info.model}, {info.model_sha256[:12]}" if info.model else "none yet"
    rows = [
        ["Version", program_version()],
        ["Library", summary(info)],
        ["Library's folder", str(library_folder().resolve())],
        ["Model that finds by meaning", model],
        [
            "Model that puts the best first",
            "/".join(Path(reranker).parts[-2:]) if reranker else "none",
        ],
        ["Licence of the program", "Apache-2.0"],
    ]
    return {"caption": "What runs here", "head": ["What", "Here"], "numbers": [], "rows": rows}


def _rights(library: Library) -> None:
    """The documents' own rights, each with how many it holds for."""
    said = Counter(card.document.rights for card in library.documents())
    st.text("Each document has rights of its own; Pilcrow's licence gives none to them.")
    for rights, count in said.most_common():
        known = rights or "No rights are noted. See the document itself before copying from it."
        st.markdown(f"- {as_text(known)} ({counted(count, 'document')})")
    small("Reports of Ofsted state their terms on their last pages.")
    links(
        key="to the library",
        data={"heading": "", "links": [{"href": "library", "text": "All documents"}]},
    )


@lru_cache(maxsize=1)
def program_version() -> str:
    """The version of this program."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(said["project"]["version"])
