"""The whole reading of the corpus and of hard typeset pages, as it was last reviewed."""

from pathlib import Path

import pytest

from ingest.model import Structure
from ingest.paragraphs import find_paragraphs
from ingest.readers import read_source
from tests.ingest.typeset import Prose, Sheet, Typesetter

CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))


def written(structure: Structure) -> str:
    """Every paragraph with what is known of it, then what was set aside."""
    parts = []
    for paragraph in structure.paragraphs:
        pages = dict.fromkeys((paragraph.page_start, paragraph.page_end))
        facts = [paragraph.kind, *(f"p. {page}" for page in pages if page)]
        facts += ["recommendation"] if paragraph.recommendation else []
        above = " > ".join(title for title in (paragraph.section, paragraph.heading) if title)
        notes = "".join(f"\n  note: {note}" for note in paragraph.notes)
        parts.append(
            f"[{paragraph.label}] {', '.join(facts)}\n  #{paragraph.key}\n  under: {above or '-'}\n"
            f"  {paragraph.text}{notes}\n"
        )
    parts += [f"set aside ({aside.kind}): {aside.text}\n" for aside in structure.set_aside]
    parts += [f"warning: {warning}\n" for warning in structure.warnings]
    return "\n".join(parts)


def judgement_report(setter: Typesetter, prose: Prose) -> None:
    """A cover with judgements, contents, a numbered run with notes and bullets, an imprint."""
    setter.heading("Newtown Council", 26.0, font=0)
    setter.heading("Inspection of services for children in need of help and protection", 14.0)
    setter.paragraph("Inspection date: 1 to 12 March 2013")
    setter.paragraph("Report published: 3 May 2013")
    setter.table(
        [
            ("1. Children who need help and protection", "Inadequate"),
            ("2. Children looked after and achieving\npermanence", "Requires improvement"),
            ("3. Leadership, management and governance", "Good"),
        ],
        (0, 330),
    )
    setter.new_page()
    setter.heading("Contents", 20.0)
    setter.table([("Recommendations", "3"), ("Findings", "4")], (0, 420))
    setter.new_page()
    setter.heading("Recommendations")
    for number in (1, 2, 3):
        setter.paragraph(prose.paragraph(1), f"{number}.")
    setter.heading("Findings")
    setter.heading("Help and protection", 12.0)
    setter.note("1", "See the statutory guidance of that year.")
    for number in range(4, 16):
        mark = "{1}" if number == 4 else ""
        setter.paragraph(prose.paragraph(1 + number % 5) + mark, f"{number}.")
        for _ in range(3 if number % 4 == 0 else 0):
            setter.paragraph(prose.sentence(6), "•", indent=28, hang=18)
    setter.sheet.size = 9.0
    setter.paragraph("You may copy all or parts of this document.")
    setter.paragraph("© Crown copyright 2013")


def letter(setter: Typesetter, prose: Prose) -> None:
    """A letter with headings and bullets, signed by two side by side."""
    setter.paragraph("3 May 2011")
    setter.paragraph("Ms A. Sample, Director of Children's Services")
    setter.paragraph("Dear Ms Sample")
    setter.heading("Unannounced inspection of contact and referral", 12.0)
    setter.paragraph(prose.paragraph(5))
    for heading in ("Strengths", "Areas for development"):
        setter.heading(heading, 12.0)
        for _ in range(3):
            setter.paragraph(prose.paragraph(2), "•", hang=18)
    setter.paragraph(prose.paragraph(3))
    setter.paragraph("Yours sincerely")
    setter.table([("B. Sample", "C. Sample"), ("Inspector", "Her Majesty's Inspector")], (0, 260))


def two_columns(setter: Typesetter, prose: Prose) -> None:
    """A numbered report in two justified columns, mirrored."""
    number = 0
    for heading in ("About this inspection", "Overall effectiveness", "Capacity for improvement"):
        setter.heading(heading, 12.0)
        for _ in range(7):
            number += 1
            setter.paragraph(prose.paragraph(1 + number % 6), f"{number}.", hang=20)


TYPESET = {
    "judgement-report": (judgement_report, Sheet(head="Inspection of Newtown, 2013")),
    "letter": (letter, Sheet(foot="Page #")),
    "two-columns": (
        two_columns,
        Sheet(columns=2, size=9.5, leading=12, gap=6, inner=60, outer=44, justified=True,
              mirrored=True, head="Newtown", family=("Times-Roman", "Times-Bold", "Times-Italic")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_documents_of_the_corpus_are_read_as_reviewed(path, golden):
    structure = find_paragraphs(read_source(path.read_bytes(), path.name).pages)
    golden(f"paragraphs/{path.stem}.txt", written(structure))


@pytest.mark.parametrize(("typeset", "sheet"), TYPESET.values(), ids=TYPESET)
def test_hard_pages_are_read_as_reviewed(typeset, sheet, request, golden):
    setter = Typesetter(sheet)
    typeset(setter, Prose())
    structure = find_paragraphs(read_source(setter.save(), "a.pdf").pages)
    golden(f"paragraphs/{request.node.callspec.id}.txt", written(structure))


def test_the_2016_report_has_its_paragraphs_1_to_135_each_once():
    path = next(path for path in CORPUS if path.stem == "wandsworth-inspection-2016")
    structure = find_paragraphs(read_source(path.read_bytes(), path.name).pages)
    numbers = [paragraph.number for paragraph in structure.paragraphs if paragraph.number]
    assert numbers == [str(number) for number in range(1, 136)]
    assert structure.warnings == ()
