"""Hits as a search gives them, for tests that need no library."""

from dataclasses import replace

from index.model import Hit


def hit(text, rank=1, **changes) -> Hit:
    found = Hit(
        rank=rank,
        score=1.0,
        doc="report.pdf",
        document_id="report",
        paragraph_id=f"report#p{rank}",
        number=str(rank),
        label=f"para {rank}",
        citation=f"Wandsworth 2016, para {rank}",
        full_citation="",
        heading=None,
        page_start=1,
        page_end=1,
        text=text,
        highlights=(),
        kind="numbered",
        title=None,
        authority="Wandsworth",
        year=2016,
        document_kind="inspection",
        second_hand=False,
    )
    return replace(found, **changes)
