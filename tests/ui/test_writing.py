import logging

from answer.written import Written
from ingest.errors import PilcrowError
from ui.writing import TROUBLE, Writing


def test_it_begins_at_once_and_ends_with_the_last_stand():
    writing = Writing("small", lambda _: iter([Written("written", "small", reason="done")]))
    assert writing.wait().reason == "done"


def test_until_then_more_may_come():
    writing = Writing("small", lambda stop: (stop.wait(30) and Written("stopped", "small"),))
    assert (writing.stand.status, writing.stand.model) == ("writing", "small")
    writing.stop()
    assert writing.wait().status == "stopped"


def failing(error):
    def write(_):
        yield Written("writing", "small")
        raise error

    return write


def test_an_error_of_ours_is_the_reason():
    stand = Writing("small", failing(PilcrowError("No model."))).wait()
    assert (stand.status, stand.reason) == ("fallback", "No model.")


def test_any_other_error_is_logged_and_not_shown(caplog):
    caplog.set_level(logging.ERROR)
    stand = Writing("small", failing(ValueError("secret"))).wait()
    assert (stand.status, stand.reason) == ("fallback", TROUBLE)
    assert "secret" in caplog.text
