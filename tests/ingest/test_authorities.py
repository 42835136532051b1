"""Names of authorities in running words and in file names."""

import pytest

from ingest.authorities import bare_name, find_authority, find_in_file_name, is_name_alone


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("London Borough of Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("Inspection of East Riding local authority", "East Riding of Yorkshire"),
        ("Kingston Upon Hull City Council", "Kingston upon Hull"),
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames"),
        ("St. Helens Metropolitan Borough Council", "St Helens"),
        ("Leicester City", "Leicester"),
        ("abuse and neglect in Leicestershire", "Leicestershire"),
        ("West Northamptonshire", "West Northamptonshire"),
        ("North Yorkshire County Council", "North Yorkshire"),
        ("City of York Council", "York"),
        ("THURROCK", "Thurrock"),
        ("Southend on Sea", "Southend-on-Sea"),
        ("Inspection of Reading", "Reading"),
        ("reading and bury", None),
        ("a place like Bedfords", None),
    ],
)
def test_the_first_name_in_the_words(words, name):
    assert find_authority(words) == name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("80518_wandsworth", "Wandsworth"),
        ("east-riding-of-yorkshire-cs-2017-02-13", "East Riding of Yorkshire"),
        ("st-helens-cs", "St Helens"),
        ("north-northamptonshire-send", "North Northamptonshire"),
        ("report-final", None),
        ("bookings", None),
    ],
)
def test_names_in_file_names(file, name):
    assert find_in_file_name(file) == name


def test_what_is_no_part_of_a_name_falls_away():
    assert bare_name("City of Cardiff Council") == "Cardiff"
    assert bare_name("London Borough of Redbridge Council") == "Redbridge"
    assert bare_name("Medway Children’s Services") == "Medway"
    assert bare_name("Isle of Wight Council") == "Isle of Wight"


def test_a_name_by_itself():
    assert is_name_alone("Sandwell Metropolitan Borough Council")
    assert not is_name_alone("Council local authority children’s")
    assert not is_name_alone("services in Sandwell")
