"""A small typesetter: PDFs laid out like real reports, made by the tests themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_MARK = re.compile(r"\{(\d+|\*)\}")  # "report.{1}" sets a raised 1
_BULLET_FONT, _BULLET = "ZapfDingbats", "n"  # a black square


@dataclass
class Sheet:
    """How pages are laid out; lengths in points."""

    width: float = 595.0
    height: float = 842.0
    inner: float = 72.0  # margin at the left of odd pages
    outer: float = 72.0  # at the right of odd pages; `mirrored` swaps them on even pages
    top: float = 100.0
    bottom: float = 90.0
    columns: int = 1
    gutter: float = 24.0
    size: float = 12.0
    leading: float = 14.5
    gap: float = 12.0  # between paragraphs
    justified: bool = False
    mirrored: bool = False
    family: tuple[str, str, str] = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
    head: str = ""  # "#" stands for the page number
    foot: str = "#"
    first_page: int = 1  # the number printed on the first page


@dataclass
class Typesetter:
    """Sets text from top to bottom, column by column, page by page."""

    sheet: Sheet = field(default_factory=Sheet)

    def __post_init__(self) -> None:
        self._buffer = BytesIO()
        size = (self.sheet.width, self.sheet.height)
        self.canvas = Canvas(self._buffer, pagesize=size, invariant=True)
        self._page, self._column, self._notes = 1, 0, []
        self._y = self.sheet.height - self.sheet.top
        self._floor = self.sheet.bottom

    # --- what a test writes ---

    def heading(self, text: str, size: float = 14.0, *, font: int = 1) -> None:
        self._lines(self._wrapped(text, size, font, self._measure), size, font, 0.0)
        self._y -= self.sheet.gap / 2

    def paragraph(
        self,
        text: str,
        label: str = "",
        *,
        indent: float = 0.0,
        hang: float = 28.0,
        first: float = 0.0,
    ) -> None:
        """Text after a label ("12.", "•") set at the indent; `first` indents its first line."""
        offset = indent + (hang if label else 0.0)
        lines = self._wrapped(text, self.sheet.size, 0, self._measure - offset, first)
        self._lines(lines, self.sheet.size, 0, offset, label=label, label_at=indent, first=first)
        self._y -= self.sheet.gap

    def table(
        self,
        rows: list[tuple[str, ...]],
        stops: tuple[float, ...],
        *,
        font: int = 0,
        centred: bool = True,
    ) -> None:
        """Rows of cells that begin at the stops; a cell's lines are parted by a line feed."""
        for row in rows:
            deepest = max(cell.count("\n") for cell in row)
            for cell, stop in zip(row, stops, strict=True):
                lines = cell.split("\n")
                lower = (deepest + 1 - len(lines)) * self.sheet.leading / 2 if centred else 0.0
                y = self._y - lower
                for line in lines:
                    self._draw(line, stop, y, self.sheet.size, font)
                    y -= self.sheet.leading
            self._y -= (deepest + 1) * self.sheet.leading + self.sheet.gap
        self._y -= self.sheet.gap

    def note(self, sign: str, text: str) -> None:
        """A footnote on the page that is being set; call it before the text that points to it."""
        lines = self._wrapped(text, 10.0, 0, self._measure)
        self._notes.append((sign, lines))
        self._floor += 12.0 * len(lines)

    def space(self, points: float) -> None:
        self._y -= points

    def new_page(self) -> None:
        self._end_page()

    def save(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self._buffer.getvalue()

    # --- how it is set ---

    @property
    def _measure(self) -> float:
        sheet = self.sheet
        whole = sheet.width - sheet.inner - sheet.outer
        return (whole - (sheet.columns - 1) * sheet.gutter) / sheet.columns

    @property
    def _left(self) -> float:
        sheet = self.sheet
        swap = sheet.mirrored and self._page % 2 == 0
        margin = sheet.outer if swap else sheet.inner
        return margin + self._column * (self._measure + sheet.gutter)

    def _wrapped(
        self, text: str, size: float, font: int, measure: float, first: float = 0.0
    ) -> list[str]:
        lines, room = [""], measure - first
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._width(longer, size, font) > room:
                lines.append(word)
                room = measure
            else:
                lines[-1] = longer
        return lines

    def _width(self, text: str, size: float, font: int) -> float:
        return stringWidth(_MARK.sub("", text), self.sheet.family[font], size)

    def _lines(
        self,
        lines: list[str],
        size: float,
        font: int,
        offset: float,
        *,
        label: str = "",
        label_at: float = 0.0,
        first: float = 0.0,
    ) -> None:
        for number, line in enumerate(lines):
            if self._y < self._floor:
                self._next_column()
            if number == 0 and label:
                self._label(label, label_at, size)
            start = offset + (first if number == 0 else 0.0)
            stretch = self.sheet.justified and number < len(lines) - 1
            self._draw(
                line, start, self._y, size, font, fill=self._measure - start if stretch else 0.0
            )
            self._y -= self.sheet.leading * max(size / self.sheet.size, 1.0)

    def _label(self, label: str, at: float, size: float) -> None:
        bullet = label == "•"
        self.canvas.setFont(_BULLET_FONT if bullet else self.sheet.family[0], size)
        self.canvas.drawString(self._left + at, self._y, _BULLET if bullet else label)

    def _draw(
        self, line: str, offset: float, y: float, size: float, font: int, *, fill: float = 0.0
    ) -> None:
        words = line.split(" ")
        spare = fill - self._width(line, size, font) if fill else 0.0
        wider = spare / max(len(words) - 1, 1)
        x = self._left + offset
        for word in words:
            for at, piece in enumerate(_MARK.split(word)):
                raised = at % 2 == 1
                shown = size * 0.6 if raised else size
                self.canvas.setFont(self.sheet.family[font], shown)
                self.canvas.drawString(x, y + (size * 0.35 if raised else 0.0), piece)
                x += stringWidth(piece, self.sheet.family[font], shown)
            x += stringWidth(" ", self.sheet.family[font], size) + wider

    def _next_column(self) -> None:
        if self._column + 1 < self.sheet.columns:
            self._column += 1
            self._y = self.sheet.height - self.sheet.top
        else:
            self._end_page()

    def _end_page(self) -> None:
        self._column = 0
        y = self._floor - 2.0 * self.sheet.leading
        for sign, lines in self._notes:
            self._draw(f"{{{sign}}} {lines[0]}", 0.0, y, 10.0, 0)
            for line in lines[1:]:
                y -= 12.0
                self._draw(line, 0.0, y, 10.0, 0)
            y -= 12.0
        self._furniture()
        self.canvas.showPage()
        self._page, self._notes, self._floor = self._page + 1, [], self.sheet.bottom
        self._y = self.sheet.height - self.sheet.top

    def _furniture(self) -> None:
        number = str(self._page + self.sheet.first_page - 1)
        self.canvas.setFont(self.sheet.family[0], 9.0)
        self.canvas.drawString(
            self._left, self.sheet.height - 50.0, self.sheet.head.replace("#", number)
        )
        self.canvas.drawRightString(
            self.sheet.width - 72.0, 40.0, self.sheet.foot.replace("#", number)
        )


_WORDS = re.findall(
    r"\w+",
    "children social work practice is good and most plans are reviewed by managers who know "
    "families well but some visits remain late because staff change often in the service while "
    "partners share information promptly across agencies including health police schools housing",
)


class Prose:
    """Sentences without end, always the same ones, each unlike the others."""

    def __init__(self) -> None:
        self._count = 0

    def sentence(self, words: int = 14) -> str:
        self._count += 1
        start = self._count
        chosen = [
            _WORDS[(start * 17 + step * (start % 9 + 2)) % len(_WORDS)] for step in range(words)
        ]
        return f"{' '.join(chosen).capitalize()}."

    def paragraph(self, sentences: int = 4) -> str:
        return " ".join(self.sentence(8 + (self._count * 5) % 15) for _ in range(sentences))
