"""Dates as covers, letters and file names write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import date_in_name, find_spans, lone_date


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("24 November - 17 December 2015", "2015-11-24", "2015-12-17"),
        ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06"),
        ("5 to 9 December 2022 and 14 to 15 February 2023", "2022-12-05", "2023-02-15"),
        ("26 February 2018–22 March 2018", "2018-02-26", "2018-03-22"),
        ("14 January 2014- 5 February 2014", "2014-01-14", "2014-02-05"),
        ("15-19 July 2013", "2013-07-15", "2013-07-19"),
        ("19 and 20 September 2017", "2017-09-19", "2017-09-20"),
        ("Monday 4 July and Friday 15 July 2011", "2011-07-04", "2011-07-15"),
        ("17 December to 9 January 2023", "2022-12-17", "2023-01-09"),
        ("25, 26 and 27 May 2011", "2011-05-25", "2011-05-27"),
        ("1st to 12th Sept. 2010", "2010-09-01", "2010-09-12"),
        ("Monday, July 23, 2018", "2018-07-23", "2018-07-23"),
    ],
)
def test_spans_of_days(written, start, end):
    (span,) = find_spans(f"on {written}.")
    assert (span.start.isoformat(), span.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "written",
    ["aged 16, 17 and 18 in May 2014", "25 of 40", "31 February 2015", "May 2014", "2018"],
)
def test_what_is_no_day(written):
    assert find_spans(written) == ()


def test_spans_come_in_the_order_of_the_text():
    spans = find_spans("On 3/4/2012, then on 2 May 2013, and on June 4, 2014")
    assert [span.start.year for span in spans] == [2012, 2013, 2014]


def test_a_number_after_a_date_is_no_day():
    (span,) = find_spans("At 31 March 2015, 1,731 children")
    assert span.start == span.end == date(2015, 3, 31)


def test_a_line_that_is_one_date():
    assert lone_date(" 18 October 2017 ") == date(2017, 10, 18)
    assert lone_date("Monday, July 23, 2018") == date(2018, 7, 23)
    for other in ("15 - 26 June 2026", "Published 18 October 2017", "18 October", "12"):
        assert lone_date(other) is None


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("wandsworth-cs-2016-02-16", "2016-02-16"),
        ("children's services inspection - 16 february 2016", "2016-02-16"),
        ("50004321_20160216", "2016-02-16"),
        ("report_16-02-2016", "2016-02-16"),
        ("80518_wandsworth", None),
        ("report 2016", None),
        ("2016-13-45", None),
    ],
)
def test_dates_in_file_names(stem, expected):
    found = date_in_name(stem)
    assert (found.isoformat() if found else None) == expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_written_day_is_found_again(day):
    (span,) = find_spans(f"{day.day} {day:%B} {day.year}")
    assert span.start == span.end == day
    assert date_in_name(f"x-{day.isoformat()}") == day
