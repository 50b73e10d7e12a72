"""An area's own page: its designated targets round by round, what moved, and how it stands to others."""

import re


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_an_area_with_targets_shows_their_rug_and_counts_and_leads_to_each(tiny_site):
    html = (tiny_site / "area/E08000003.html").read_text("utf-8")
    targets = html.split('id="targets"')[1].split('id="moves"')[0]
    assert "1 designated target at the end of 2009/10 Q1" in text(targets)
    assert 'class="hub-rugchart"' in targets
    assert '<a href="../laa/E08000003/ni-112.html"><text' in targets
    assert (tiny_site / "laa/E08000003/ni-112.html").is_file()
    assert re.search(r"Off target .{0,3}1 ", text(targets))


def test_what_moved_is_told_with_both_statuses(tiny_site):
    moved = text((tiny_site / "area/E08000003.html").read_text("utf-8").split('id="moves"')[1].split("<h2")[0])
    assert "What moved since 2008/09 Q4" in moved
    assert re.search(r"1 status or reasons for having none changed: NI 112 .+ Awaited → .{0,4}Off target", moved)


def test_its_spine_has_what_its_targets_are_about_and_leads_to_the_pages_of_comparison(tiny_site):
    spine = (tiny_site / "area/E08000003.html").read_text("utf-8").split('id="spine"')[1].split("<h2")[0]
    (lead,) = re.findall(r'<tr><th scope="row"><a href="\.\./([^"#]+)', spine)
    assert (tiny_site / lead).is_file()
    assert "<svg" in spine


def test_an_area_without_targets_shows_none_of_it(tiny_site):
    html = (tiny_site / "area/E12000002.html").read_text("utf-8")
    assert 'id="targets"' not in html
    assert 'id="moves"' not in html
