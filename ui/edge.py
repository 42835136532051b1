"""The edge where errors become sentences: no page shows a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from ingest.errors import PilcrowError
from ui.wording import as_text

log = logging.getLogger(__name__)
P = ParamSpec("P")


def guarded(show: Callable[P, None]) -> Callable[P, None]:
    """A page or a fragment whose errors are shown as a sentence and logged in full."""

    @wraps(show)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            show(*args, **kwargs)
        except PilcrowError as error:
            log.warning("%s", error)
            st.error(as_text(str(error)))
        except Exception:
            log.exception("%s failed", show.__name__)
            st.error(
                "Something went wrong on this page, and it is not your doing. Reload the page; "
                "if it happens again, tell whoever runs Pilcrow: the server's log says what it was."
            )

    return run
