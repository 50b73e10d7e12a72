"""The map of an indicator: what stands in a hexagon, in the legend and in the table, and which scale there is."""

import re

import pytest

from sitegen.views import indicator_map


@pytest.fixture
def html(tiny_site):
    return (tiny_site / "ni/ni-112.map.html").read_text("utf-8")


def test_a_council_has_colour_sign_and_words_and_so_has_the_legend(html):
    (one,) = re.findall(r'<a href="\.\./area/E08000003\.html" class="m-worse">.*?</a>', html)
    assert "<title>Manchester, 59.3, worse than England</title>" in one
    assert re.findall(r"<text[^>]*>([^<]+)</text>", one) == ["Man", "\N{BLACK DIAMOND}"]
    legend = re.sub(r"<[^>]+>", "", html.split('class="hub-legend"')[1].split("</ul>")[0])
    assert "\N{BLACK DIAMOND}Worse than England: 1" in legend
    assert "No verdict: 1" in legend
    grey = re.findall(r'class="m-none"><title>[^<]*, no figure</title>', html)
    assert f"No figure: {len(grey)}" in legend


def test_the_table_beside_has_every_council_with_its_figure_and_verdict_or_why_there_is_none(html):
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', html.split('id="table"')[1], re.S)
    told = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]
    assert "Manchester 59.3 \N{BLACK DIAMOND} Worse than England" in told
    assert any(row.endswith("No verdict the area has no figure") for row in told)
    (manchester,) = (row for row in rows if "Manchester" in row)
    assert re.search(
        r'<td><a href="\.\./proof/ni-112\.E12000002\.html#E08000003"><span class="hub-figure">59.3', manchester
    )


def test_the_indicator_leads_to_its_map_and_one_of_which_nothing_can_be_said_has_none(tiny_site):
    assert 'href="../ni/ni-112.map.html"' in (tiny_site / "ni/ni-112.html").read_text("utf-8")
    assert [path.name for path in (tiny_site / "ni").glob("*.map.html")] == ["ni-112.map.html"]


def test_no_two_signs_of_a_scale_are_alike():
    for scale in (indicator_map.VERDICTS, indicator_map.QUARTERS):
        assert len({sign for _, sign, _ in scale.values()}) == len(scale)
