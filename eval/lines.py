"""JSON Lines of truth, one object a line -> what each line holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from eval.errors import EvalError

_Line = TypeVar("_Line")


def read_lines(
    path: Path, make: Callable[[dict[str, Any]], _Line], holds: str, wanted: str
) -> list[_Line]:
    """Return what `make` makes of each line that is not empty.

    Raises EvalError with what the file should hold, and what is wanted of each line, where it
    cannot be read or `make` raises ValueError, KeyError or TypeError.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        # JSON may hold the other line ends
        return [make(json.loads(line)) for line in text.split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as exc:
        raise EvalError(f"{path} cannot be read: {exc}.") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise EvalError(
            f"{path} holds no {holds} ({type(exc).__name__}: {exc}): each line is to be a JSON "
            f"object with {wanted}."
        ) from exc
