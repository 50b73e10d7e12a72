"""Areas side by side, on the tiny published file."""

import re


def read(site, path):
    return (site / path).read_text("utf-8")


def test_an_indicator_has_its_councils_region_by_region_with_the_last_periods(tiny_site):
    page = read(tiny_site, "compare/ni-112.html")
    assert re.findall(r'<th scope="col">(\d{4})</th>', page) == ["2007", "2008", "2009"]
    row = next(line for line in page.splitlines() if 'href="E08000003.html"' in line)
    assert re.findall(r"<td>([\d.]+)", row) == ["66.0", "62.4", "59.3"]
    assert '<svg class="hub-sparkline"' in row
    hidden = next(line for line in page.splitlines() if 'E08000006.html"' in line)
    assert "<i>suppressed: too few people" in hidden


def test_an_area_stands_beside_those_nearest_to_it(tiny_site):
    page = read(tiny_site, "compare/E08000003.html")
    names, areas = re.findall(r'href="(ni-112\.html)#areas=([^"]+)"', page)[0]
    assert names == "ni-112.html"
    assert areas.split(",") == re.findall(r'<th scope="col"><a href="\.\./area/(\w+)\.html">', page)
    assert areas.startswith("E08000003,")
    assert "59.3" in page
