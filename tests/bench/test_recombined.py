from itertools import islice

from bench.recombined import recombined

REAL = [
    "Care leavers wait too long for a home of their own. Plans are late. Staff leave. "
    "Visits to children in care are made when they are due, and what children say is written down.",
    "Social workers have 30 cases each and too little time for visits to children in care.",
    "Foster carers are praised.",
]


def test_the_first_are_the_same_however_many_are_made():
    assert list(islice(recombined(REAL, 500), 20)) == list(recombined(REAL, 20))
    assert list(recombined(REAL, 20)) != list(recombined(REAL, 20, seed=1))


def test_they_are_as_long_as_real_ones_and_mostly_of_their_words():
    made = list(recombined(REAL, 2000))
    assert len(set(made)) > 500
    known = {word for text in REAL for word in text.split()}
    words = [word for text in made for word in text.split()]
    unknown = sum(word not in known for word in words) / len(words)
    assert 0.001 < unknown < 0.01
    real_length = sum(len(text.split()) for text in REAL) / len(REAL)
    assert 0.8 < len(words) / len(made) / real_length < 1.3
