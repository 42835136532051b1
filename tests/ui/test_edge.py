from streamlit.testing.v1 import AppTest


def fail_as_foreseen():
    from ingest.errors import ReadError
    from ui.edge import guarded

    @guarded
    def show(name: str) -> None:
        raise ReadError(f"{name} **cannot** be opened.")

    show("report.pdf")


def fail_unforeseen():
    from ui.edge import guarded

    @guarded
    def show() -> None:
        raise KeyError("secret detail")

    show()


def stop_midway():
    import streamlit as st

    from ui.edge import guarded

    @guarded
    def show() -> None:
        st.text("before")
        st.stop()

    show()


def test_a_foreseen_error_is_shown_in_its_own_words_as_text(caplog):
    page = AppTest.from_function(fail_as_foreseen).run()
    assert page.error[0].value == r"report\.pdf \*\*cannot\*\* be opened\."
    assert "report.pdf" in caplog.text


def test_an_unforeseen_error_keeps_its_details_in_the_log(caplog):
    page = AppTest.from_function(fail_unforeseen).run()
    assert "secret" not in page.error[0].value
    assert not page.exception
    assert "secret detail" in caplog.text


def test_a_page_that_stops_has_not_failed():
    page = AppTest.from_function(stop_midway).run()
    assert page.text[0].value == "before"
    assert not page.error
