from index.stems import stems


def test_a_text_becomes_its_stems_in_order():
    assert stems("Care leavers’ placements") == ("care", "leaver", "placement")
    assert stems("bed and breakfast") == ("bed", "and", "breakfast")


def test_accents_and_case_are_dropped():
    assert stems("Zoë CAFÉ") == ("zoe", "cafe")


def test_what_holds_no_word_has_no_stems():
    assert stems(" ?! ") == ()
