"""What a run was made with, so that a figure can be had again."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from index.model import LibraryInfo
from index.reranker import Reranker
from ingest.model import Document

_ROOT = Path(__file__).parent.parent


def measured(
    questions: Path,
    info: LibraryInfo,
    documents: Iterable[Document],
    config: object,
    name: str,
    *,
    reranker: Reranker | None = None,
) -> dict[str, Any]:
    """Return commit, models, configuration, and the hashes of corpus and questions."""
    return {
        "name": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "questions": questions.name,
        "questions_sha256": hashlib.sha256(questions.read_bytes()).hexdigest(),
        "corpus_sha256": corpus_sha256(documents),
        "documents": info.documents,
        "paragraphs": info.paragraphs,
        "model": info.model,
        "model_sha256": info.model_sha256,
        "reranker_sha256": reranker.sha256 if reranker else None,
        "config": asdict(config) if is_dataclass(config) and not isinstance(config, type) else {},
        "python": platform.python_version(),
        "ir_measures": version("ir_measures"),
    }


def corpus_sha256(documents: Iterable[Document]) -> str:
    """Return one hash over the documents' own, whatever their order."""
    hashes = sorted(document.sha256 for document in documents)
    return hashlib.sha256("\n".join(hashes).encode("ascii")).hexdigest()


def _commit() -> str | None:
    """Return the commit of the code that runs, "+" where files differ from it."""
    try:
        head = _git("rev-parse", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(_ROOT), *arguments]  # whichever git the user has
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")  # noqa: S603  # fixed arguments
    return done.stdout.strip()
