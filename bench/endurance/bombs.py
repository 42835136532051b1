"""Small Word files that unpack to far too much, or never end."""

from __future__ import annotations

import io
import struct
import zipfile
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.endurance.files import LIMITS, judge
from bench.endurance.specimens import specimens
from bench.endurance.tally import Tally
from ingest.corpus import SourceFile, read_files

_PART = "word/document.xml"
_NAMESPACE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DEEP = 100_000


def word_bombs() -> Tally:
    """Read one of each kind."""
    tally = Tally("zip bombs and other traps in Word files")
    with TemporaryDirectory() as folder:
        files = []
        for name, content in _bombs().items():
            path = Path(folder) / f"{name}.docx"
            path.write_bytes(content)
            files.append(SourceFile(path))
        for outcome in read_files(files, limits=LIMITS):
            judge(tally, outcome, 0.0)
    return tally


def _bombs() -> dict[str, bytes]:
    empty = b"<w:p/>" * 40_000_000  # 240 MB
    large = _with_part(_document(empty))
    return {
        "large": large,
        "large-and-lying": _lying(large, len(empty)),
        "repeated-part": _with_part(_document(b"<w:p/>"), times=6000),
        "entities": _with_part(_entities() + _document(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")),
        "deep": _with_part(_document(b"<w:sdt>" * _DEEP + b"</w:sdt>" * _DEEP)),
        "other-file": _with_part(
            b'<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
            + _document(b"<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")
        ),
    }


def _document(body: bytes) -> bytes:
    return b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>' % (_NAMESPACE, body)


def _entities() -> bytes:
    """A thousand million times "ha", by ten entities that each name the one before ten times."""
    names = "abcdefghij"
    entities = ['<!ENTITY a "ha">']
    entities += [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    return f"<!DOCTYPE x [{''.join(entities)}]>".encode()


def _with_part(document: bytes, times: int = 1) -> bytes:
    """A Word file with another text, or with a part very many times."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(specimens()["report.docx"])) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in package.namelist():
            made.writestr(name, document if name == _PART else package.read(name))
        for number in range(1, times):
            made.writestr(f"word/part{number}.xml", b"<x/>")
    return out.getvalue()


def _lying(content: bytes, size: int) -> bytes:
    """The file with a directory that says its largest part has 1,000 bytes."""
    found = next(size + more for more in range(400) if struct.pack("<I", size + more) in content)
    return content.replace(struct.pack("<I", found), struct.pack("<I", 1000))
