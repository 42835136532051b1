"""What a check found, in words that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from answer.judging import Cited, Fault, cite
from answer.later import dated, overall_grade
from answer.model import Finding
from answer.references import Reference
from answer.shelf import Shelf
from index.model import CitedParagraph, DocumentCard

_SHOWN = 220  # characters of a passage
_LISTED = 6  # numbers of paragraphs


def finding(fault: Fault, cited: Cited, reference: Reference, where: str, shelf: Shelf) -> Finding:
    """A fault of a citation that leads somewhere."""
    better = fault.better
    place = cite(shelf.card(better.document_id), better) if better is not None else None
    return Finding(
        kind=fault.kind,
        message=_message(fault, cited, place, better),
        where=where,
        cited=reference.text,
        paragraph_id=cited.paragraphs[0].paragraph_id,
        suggestion=place or _instead(fault),
    )


def unresolved(
    reference: Reference,
    where: str,
    cards: Sequence[DocumentCard],
    *,
    authority: str | None,
    better: CitedParagraph | None,
    shelf: Shelf,
) -> Finding:
    """A citation that leads nowhere: no such document, or no such paragraph in it."""
    kind, message = _leads_nowhere(reference, cards, authority, better, shelf)
    if kind == "wrong_year" and better is not None and authority:
        about = shelf.card(better.document_id).document.authority
        kind = kind if about == authority else "wrong_authority"
    place = cite(shelf.card(better.document_id), better) if better is not None else None
    if place:
        message += f" {place} comes closest to what is said: {_quoted(better)}"
    return Finding(kind, message, where, reference.text, None, place)


def contradicted(words: str, model: str, cited: Cited, reference: Reference, where: str) -> Finding:
    """What a language model finds a paragraph to say otherwise, in the paragraph's words."""
    message = (
        f"The language model {model} finds that {_name(cited)} says otherwise: “{_short(words)}”"
    )
    return Finding("unsupported", message, where, reference.text, cited.paragraphs[0].paragraph_id)


def not_said(model: str, sources: Sequence[Cited], reference: Reference, where: str) -> Finding:
    """What a language model finds in none of the paragraphs that a claim cites."""
    names = list(dict.fromkeys(_name(cited) for cited in sources))
    several = len(names) > 1 or len(sources[0].paragraphs) > 1
    message = (
        f"The language model {model} finds that {_listed(names)} {'do' if several else 'does'} "
        "not say this."
    )
    return Finding(
        "unsupported", message, where, reference.text, sources[0].paragraphs[0].paragraph_id
    )


def superseded(
    cited: Cited,
    reference: Reference,
    where: str,
    *,
    later: Sequence[DocumentCard],
    own: tuple[str, str] | None,
) -> Finding:
    """A note that a later inspection of the authority is at hand."""
    latest = later[-1]
    grade = overall_grade(latest.document)
    graded = f", overall {grade}" if grade else ""
    if own is not None:
        graded += f"; {own[0]}: {own[1]}"
    between = _listed([card.name for card in later[:-1]]) if later[1:] else ""
    others = f" ({between} came between)" if between else ""
    message = (
        f"{cited.card.name} has been followed by a later inspection: {latest.name}, published "
        f"{_day(latest)}{graded}{others}. Say that this was so then, or see what it says now."
    )
    return Finding(
        "superseded", message, where, reference.text, cited.paragraphs[0].paragraph_id, latest.name
    )


def second_hand(
    cited: Cited, reference: Reference, where: str, cards: Sequence[DocumentCard]
) -> Finding:
    """A note that a source retells what somebody else published."""
    document = cited.card.document
    report = next((card.name for card in cards if card.document.doc == document.repeats), None)
    told = report or document.retells
    message = (
        f"{cited.card.name} is second-hand (a {document.kind})"
        + (f": it retells {told}" if told else "")
        + ". Cite the report itself where it says the same."
    )
    return Finding(
        "second_hand", message, where, reference.text, cited.paragraphs[0].paragraph_id, report
    )


def _message(fault: Fault, cited: Cited, place: str | None, better: CitedParagraph | None) -> str:
    name, several = _name(cited), len(cited.paragraphs) > 1
    if fault.kind == "changed_digit":
        if fault.found:
            has = f"{'have' if several else 'has'} {fault.found}"
        else:
            has = f"{'do' if several else 'does'} not hold that figure"
        return f"The draft says {fault.claimed}; {name} {has}."
    if fault.kind == "swapped_numbers":
        has = "have" if several else "has"
        return f"{name} {has} {fault.claimed} and {fault.found} the other way round."
    if fault.claimed and fault.kind not in {"unsupported"}:
        return _misquoted(fault, cited, place)
    if fault.kind == "unsupported":
        return _unsupported(fault, cited)
    where = f"{place} does: {_quoted(better)}" if place else "nor does any other paragraph here."
    return f"{name} {'do' if several else 'does'} not say this; {where}"


def _misquoted(fault: Fault, cited: Cited, place: str | None) -> str:
    name = _name(cited)
    if fault.kind != "altered_quotation":
        return f"These words do not stand in {name} but in {place}."
    has = "has" if place or len(cited.paragraphs) == 1 else "have"
    source = f"{place or name} {has}: “{fault.nearest}”."
    if fault.found:
        return f"The quotation is not word for word: {fault.found}. {source}"
    if fault.nearest:
        return f"The quotation is not word for word. {source}"
    return f"These words stand neither in {name} nor elsewhere in this library."


def _unsupported(fault: Fault, cited: Cited) -> str:
    name, several = _name(cited), len(cited.paragraphs) > 1
    if not fault.nearest:
        return (
            f"{name} {'do' if several else 'does'} not say this, and no other paragraph of this "
            "library was found to."
        )
    against = (
        f" (“{fault.claimed}” against “{fault.found}”)" if fault.claimed and fault.found else ""
    )
    seem = "seem" if several else "seems"
    return f"{name} {seem} to say otherwise{against}: “{_short(fault.nearest)}”"


def _leads_nowhere(
    reference: Reference,
    cards: Sequence[DocumentCard],
    authority: str | None,
    better: CitedParagraph | None,
    shelf: Shelf,
) -> tuple[str, str]:
    if reference.link is not None:
        return "no_such_paragraph", "The link leads to no paragraph of this library."
    if not cards:
        return _no_document(reference, authority, shelf)
    card = cards[0]
    span = shelf.span(card.document.document_id)
    if span is None and reference.numbers:
        says = f"{card.name} has no numbered paragraphs."
        other = better is not None and better.document_id != card.document.document_id
        return ("wrong_year" if other else "no_such_paragraph"), says
    if reference.numbers and span is not None:
        missing = _missing(reference, card, shelf)
        kind = "wrong_year" if _stands_in_another(reference, card, better) else "no_such_paragraph"
        return (
            kind,
            f"{card.name} has no paragraph {_listed(missing)}; its numbers run from {span[0]} to "
            f"{span[1]}.",
        )
    return "no_such_paragraph", f"There is no such place in {card.name}."


def _stands_in_another(
    reference: Reference, card: DocumentCard, better: CitedParagraph | None
) -> bool:
    """Whether the number is right and the document is not."""
    if better is None or better.document_id == card.document.document_id:
        return False
    return better.paragraph.number in reference.numbers


def _no_document(reference: Reference, authority: str | None, shelf: Shelf) -> tuple[str, str]:
    if authority and not shelf.holds(authority):
        return "wrong_authority", f"There is no document about {authority} in this library."
    when = reference.mention.when if reference.mention else None
    held = ", ".join(card.name for card in shelf.of_authority(authority)) if authority else ""
    known = f" It holds {held}." if held else ""
    if when is not None:
        about = f" about {authority}" if authority else ""
        return "wrong_year", f"This library has no document of {when.year}{about}.{known}"
    return "no_such_document", f"It does not become clear which document this is.{known}"


def _missing(reference: Reference, card: DocumentCard, shelf: Shelf) -> list[str]:
    have = {one.paragraph.number for one in shelf.paragraphs(card.document.document_id)}
    return [number for number in reference.numbers if number not in have]


def _instead(fault: Fault) -> str | None:
    if fault.kind == "changed_digit":
        return fault.found or None
    if fault.kind == "swapped_numbers":
        return f"{fault.found} where {fault.claimed} stands, and the other way round"
    return fault.nearest or None


def _name(cited: Cited) -> str:
    """How what is cited is called: "Wandsworth 2016, paras 81 to 85"."""
    first = cite(cited.card, cited.paragraphs[0])
    if len(cited.paragraphs) == 1:
        return first
    numbers = [one.paragraph.number for one in cited.paragraphs]
    printed = [number for number in numbers if number]
    last = cited.paragraphs[-1].paragraph
    if len(printed) < len(numbers):
        return f"{first} to {last.number or last.label}"
    listed = len(printed) == 2 or (len(printed) <= _LISTED and not _in_a_row(printed))
    said = _listed(printed) if listed else f"{printed[0]} to {printed[-1]}"
    return f"{cited.card.name}, paras {said}"


def _in_a_row(numbers: Sequence[str]) -> bool:
    whole = all(number.isdigit() for number in numbers)
    return whole and all(int(after) == int(one) + 1 for one, after in pairwise(numbers))


def _quoted(one: CitedParagraph | None) -> str:
    return f"“{_short(one.paragraph.text)}”" if one is not None else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _day(card: DocumentCard) -> str:
    day = dated(card.document)
    return f"{day.day} {day:%B %Y}" if day is not None else "on an unknown day"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
