"""Whether a language model is set up, and which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from answer.errors import NotConfiguredError

ADDRESS_VARIABLE = "PILCROW_LLM_BASE_URL"
MODEL_VARIABLE = "PILCROW_LLM_MODEL"
KEY_VARIABLE = "PILCROW_LLM_API_KEY"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Which model to ask, where, and how long to wait for it."""

    address: str  # up to and with /v1
    name: str
    key: str | None = field(default=None, repr=False)
    connect_seconds: float = 10.0
    # A laptop without a graphics card reads a full prompt at some 30 tokens a second.
    silence_seconds: float = 120.0
    total_seconds: float = 240.0


def configured_model(environment: Mapping[str, str]) -> LanguageModel | None:
    """The model that the environment names; None unless both address and model are set.

    Raises NotConfiguredError for an address or a key that can be none.
    """
    address, name, key = (
        environment.get(variable, "").strip()
        for variable in (ADDRESS_VARIABLE, MODEL_VARIABLE, KEY_VARIABLE)
    )
    if not address or not name:
        return None
    if not _usable(address):
        raise NotConfiguredError(
            f"{ADDRESS_VARIABLE} is not the address of a server; set one such as "
            "http://localhost:11434/v1, without a password."
        )
    if not (key.isascii() and key.isprintable()):
        raise NotConfiguredError(f"{KEY_VARIABLE} holds characters that no key has; copy it again.")
    return LanguageModel(address, name, key or None)


def _usable(address: str) -> bool:
    """Whether it is an address as servers have it. One with a password would stand in logs."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and parts.username is None
