"""Well-made files of every kind that is read, to be broken."""

from __future__ import annotations

import io

import docx
from PIL import Image

from tests.ingest.typeset import Prose, Sheet, Typesetter

COVER = "Inspection of services for children in need of help and protection: {}"


def specimens() -> dict[str, bytes]:
    """{file name: content}; the same bytes every time but for Word's dates."""
    return {
        "plain.pdf": _report(Sheet()),
        "readable.pdf": _report(Sheet(), compressed=False),
        "columns.pdf": _report(Sheet(columns=2, justified=True, mirrored=True), compressed=False),
        "report.docx": _word(),
        "report.html": _page("utf-8").encode(),
        "old.html": _page("windows-1252").encode("cp1252", "replace"),
    }


def _report(sheet: Sheet, *, compressed: bool = True) -> bytes:
    prose, setter = Prose(), Typesetter(sheet)
    setter.canvas.setPageCompression(compressed)
    setter.heading(COVER.format("Wigan"), 20.0)
    setter.paragraph("Inspection date: 4 March 2019 to 15 March 2019")
    setter.table([("Judgement", "Grade"), ("Leadership", "Good"), ("Help", "Poor")], (0.0, 200.0))
    setter.note("1", "A footnote that says where this comes from.")
    setter.paragraph("The board{1} met every week. " + prose.paragraph(2), "1.")
    for number in range(2, 14):
        setter.paragraph(prose.paragraph(), f"{number}.")
        setter.paragraph(prose.sentence(), "•", indent=20.0)
    return setter.save()


def _word() -> bytes:
    prose, document, out = Prose(), docx.Document(), io.BytesIO()
    document.add_heading(COVER.format("Bury"), 0)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Judgement", "Grade"
    for number in range(1, 12):
        document.add_paragraph(prose.paragraph(), style="List Number")
        document.add_paragraph(prose.sentence(), style="List Bullet")
        document.add_heading(f"Part {number}", 2)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(picture, "PNG")
    picture.seek(0)
    document.add_picture(picture)
    document.save(out)
    return out.getvalue()


def _page(charset: str) -> str:
    prose = Prose()
    items = "".join(f"<li value='{n}'>{prose.paragraph(2)}</li>" for n in range(1, 9))
    return (
        f"<!doctype html><html><head><meta charset='{charset}'><title>News of Leeds</title>"
        "<meta property='og:site_name' content='The Paper'></head><body><nav>Menu</nav><main>"
        f"<h1>{COVER.format('Leeds')}</h1><p>{prose.paragraph()}<sup>1</sup></p>"
        f"<ol start='3' type='a'>{items}</ol><table><tr><th>Judgement<td>Good</tr></table>"
        "<h2>What happens next – “soon”</h2><div hidden>not seen</div><pre>as\n  it is</pre>"
        "<ol class='footnotes'><li>A note ↩</li></ol></main><script>alert(1)</script></body></html>"
    )
