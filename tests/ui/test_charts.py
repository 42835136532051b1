import pytest

from eval.metrics import NAMES
from eval.model import Mean
from ui.charts import COLOURS, INK, chart_height, chart_text, interval_chart
from ui.further_charts import LINE_WAYS

SERIES = {
    "All": dict.fromkeys(NAMES, Mean(0.5, 0.4, 0.6, 10)),
    "One authority": dict.fromkeys(NAMES, Mean(0.75, 0.7, 0.8, 4)),
}


def test_every_figure_is_drawn_with_its_interval():
    values = interval_chart(SERIES, dark=False)["data"]["values"]
    assert len(values) == 2 * len(NAMES)
    assert values[0] == {
        "measure": "nDCG@10",
        "series": "All",
        "mean": 0.5,
        "low": 0.4,
        "high": 0.6,
    }


def test_every_figure_is_in_the_text_alternative():
    text = chart_text(SERIES)
    assert "All: nDCG@10 0.500 (0.40 to 0.60), R@5 0.500" in text
    assert text.count("0.750 (0.70 to 0.80)") == len(NAMES)


def test_a_chart_grows_with_its_series():
    assert chart_height(SERIES) > chart_height({"All": SERIES["All"]}) > 100


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("dark", "ground"), [(False, "#fbfaf7"), (True, "#15191c")])
def test_colours_stand_out_on_light_and_on_dark(dark, ground):
    lines = [colour for colour, _, _ in LINE_WAYS.values()]
    assert all(contrast(colour, ground) >= 3 for colour in (*COLOURS, *lines))
    assert contrast(INK[dark], ground) >= 4.5
