"""Good files made bad in the ways that files go bad, and in those that attackers like."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

_NUMBER = re.compile(rb"\d+")
_HUGE = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"nan")
_TOKEN = re.compile(rb"/[A-Za-z]+|<[^<>]{1,60}>|\w+")


def mutated(content: bytes, chance: Random) -> bytes:
    """The content with one to four things done to it; of a Word file also within its parts."""
    if content.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(content, chance)
    return _worse(content, chance)


def _worse(content: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_WAYS)(content, chance)
    return content


def _repacked(content: bytes, chance: Random) -> bytes:
    """A zip file one of whose parts, mostly the text, has been made worse."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    xml = [name for name in names if name.endswith((".xml", ".rels"))]
    victim = "word/document.xml" if chance.random() < 0.5 else chance.choice(xml)
    parts[victim] = _worse(parts[victim], chance)
    if chance.random() < 0.1:
        del parts[chance.choice(names)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 5, 50))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut_off(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _block(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 16, 256, 4096)))


def _without_block(content: bytes, chance: Random) -> bytes:
    start, stop = _block(content, chance)
    return content[:start] + content[stop:]


def _block_again(content: bytes, chance: Random) -> bytes:
    start, stop = _block(content, chance)
    return content[:stop] + content[start:stop] * chance.choice((1, 2, 200)) + content[stop:]


def _noise(content: bytes, chance: Random) -> bytes:
    start, _ = _block(content, chance)
    return content[:start] + chance.randbytes(chance.choice((1, 8, 512))) + content[start:]


def _huge_number(content: bytes, chance: Random) -> bytes:
    return _replaced(_NUMBER, content, chance, lambda _: chance.choice(_HUGE))


def _other_token(content: bytes, chance: Random) -> bytes:
    tokens = _TOKEN.findall(content)
    return _replaced(_TOKEN, content, chance, lambda _: chance.choice(tokens))


def _deep_token(content: bytes, chance: Random) -> bytes:
    """A tag, a bracket or a word very many times."""
    return _replaced(_TOKEN, content, chance, lambda token: token * chance.choice((50, 20_000)))


def _replaced(
    pattern: re.Pattern[bytes], content: bytes, chance: Random, make: Callable[[bytes], bytes]
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start()] + make(match[0]) + content[match.end() :]


_WAYS = (
    _flip,
    _cut_off,
    _without_block,
    _block_again,
    _noise,
    _huge_number,
    _huge_number,
    _other_token,
    _other_token,
    _deep_token,
)
