"""A run that was measured on other documents than this library's."""

from types import SimpleNamespace

from ui.quality_kept import judged_now, quality, summaries


def test_a_run_keeps_its_figures_where_the_library_lacks_what_it_was_judged_by(
    library, tmp_path, monkeypatch
):
    monkeypatch.setenv("PILCROW_LIBRARY", str(tmp_path))
    kept = quality()
    shipped = next(run for run in summaries(kept) if kept.runs.is_shipped(run))
    judged = judged_now(library, kept, shipped)
    assert judged.elsewhere
    assert not judged.changed
    assert judged.report == kept.runs.read(shipped)


def test_a_run_of_this_library_is_judged_by_what_is_judged_today(library, tmp_path, monkeypatch):
    monkeypatch.setenv("PILCROW_LIBRARY", str(tmp_path))
    kept = quality()
    shipped = next(run for run in summaries(kept) if kept.runs.is_shipped(run))
    here = SimpleNamespace(unresolved=(), outcomes=())
    monkeypatch.setattr("ui.quality_kept._rejudged", lambda *_: here)
    judged = judged_now(library, kept, shipped)
    assert judged.report is here
    assert judged.changed
