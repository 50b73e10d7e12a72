"""Board packs of the tiny published file, and what people wrote in them."""

import re

import pytest

from sitegen.narrative import narrative


def read(site, path):
    return (site / path).read_text("utf-8")


@pytest.fixture
def pack(tiny_site):
    return read(tiny_site, "pack/E08000003.html")


def test_a_pack_opens_with_how_many_are_missed_and_says_of_which_day_and_version_it_is(pack):
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", pack))
    assert "1 of 1 commitment off target and 0 near it at the end of 2009/10 Q1" in text
    assert re.search(r"As at 30 June 2009 · version [0-9a-f]{12} of 2009/10 Q1", text)


def test_what_is_missed_has_its_card_and_what_the_return_said_and_definitions_follow(pack):
    red = pack.split('id="red"')[1].split('id="amber"')[0]
    assert "Cause" in red
    assert "Report card:" in red
    assert "Under-18" in pack.split('id="definitions"')[1]
    assert "Near within 5 percent." in pack.split('id="rules"')[1]


def test_nothing_people_wrote_runs_in_a_pack(pack, hostile):
    assert "<script>alert" not in pack
    assert "&lt;script&gt;alert" in pack


def test_a_partnership_has_a_pack_where_it_answers_for_a_commitment(tiny_site):
    assert "Children's Board" in read(tiny_site, "pack/cyp-e08000003.html").replace("&#39;", "'")
    assert not (tiny_site / "pack" / "scp-e08000003.html").exists()
    assert 'href="../pack/cyp-e08000003.html"' in read(tiny_site, "partnership/cyp-e08000003.html")


@pytest.mark.parametrize(
    ("wrote", "shown"),
    [
        ("Two *late* returns", "<p>Two <em>late</em> returns</p>"),
        ("- one\n- two", "<ul> <li>one</li> <li>two</li> </ul>"),
        ("[press](javascript:alert(1))", "<p>[press](javascript:alert(1))</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("![x](https://elsewhere.example/x.png)", "<p>![x](https://elsewhere.example/x.png)</p>"),
        ("2010. A year late", '<ol start="2010"> <li>A year late</li> </ol>'),
        (None, ""),
    ],
)
def test_a_narrative_keeps_emphasis_and_lists_and_nothing_that_could_harm(wrote, shown):
    assert re.sub(r"\s+", " ", narrative(wrote)) == (f'<div class="hub-narrative">{shown}</div>' if shown else "")


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("laa/E08000003/ni-112.html", {"Commentary", "Cause", "Decision", "Action", "Reason", "Agreed"}),
        ("exceptions/laa-e08000003.html", {"Cause", "Action"}),
        ("pack/E08000003.html", {"Cause", "Action"}),
        ("audit/E08000003.html", {"Refreshed"}),
    ],
)
def test_what_people_wrote_reads_alike_on_every_page(tiny_site, hostile, page, marked):
    html = read(tiny_site, page)
    assert {word for word in marked if f"<em>{word}</em>" in html} == marked
    assert hostile not in html
