"""The pages of frozen releases, and the release calendar, from hand-made manifests, changes and arrivals."""

import datetime as dt
import json
from xml.etree import ElementTree

import duckdb
import pytest

import sitegen
from sitegen.changes import Changes, figure, say
from sitegen.views import calendar

ATOM = "{http://www.w3.org/2005/Atom}"
COLUMNS = (
    "kind,indicator_code,part,area_code,area_name,partnership_code,concerns,period_label,before,after,known_from,"
    "delivery_id,source_file,why"
)


def frozen(folder, name, number, before="", reason="", changes=()):
    folder = folder / name
    folder.mkdir(parents=True)
    manifest = {
        "name": name, "number": number, "as_at": f"2010-0{number}-01", "supersedes": before, "reason": reason,
        "signed": {"by": "The hub team", "public_key": "KEY"} if number == 1 else None, "inputs": [{}, {}],
        "rows": {"dim_area": 1200}, "checks": {"tests": {"pass": 7}, "quality_issues": {"warning": 2}},
        "code": {"version": "0.1.0", "commit": "c" * 40, "changed_since_commit": False},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    if before:
        (folder / "changes.csv").write_text("\n".join([COLUMNS, *changes, ""]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory, build_tiny, hostile):
    folder = tmp_path_factory.mktemp("released")
    tiny = build_tiny(folder / "tiny")
    quoted = '"' + hostile.replace('"', '""') + '"'
    lines = [
        f"revised,NI 112,headline,E08000003,Manchester,,,200{year},59.26,60.1,2010-02-01,ons_conceptions-1,c.xls,"
        for year in range(9)
    ] * 6
    lines += [
        "withdrawn,NI 112,headline,E08000003,Manchester,,age=under 16,2008,12.0,,,,,",
        f"target_reset,NI 112,headline,E08000003,Manchester,P1,designated,2010/11,50.0,52.5 frozen,,,,{quoted}",
        "owner_moved,NI 999,,,,P1,,,A,B,,,,",
    ]
    releases = [
        frozen(folder, "one", 1),
        frozen(folder, "two", 2, "one", "A figure was wrong.", lines),
        frozen(folder, "three", 3, "two"),
    ]
    out = folder / "site"
    out.mkdir()
    counts = sitegen.build(tiny.parent / "hub.duckdb", out, frozen=releases)
    assert counts["changes"] == 2
    assert counts["atom"] == 5
    return out


def read(site, path):
    return (site / path).read_text("utf-8")


def test_without_releases_the_list_says_so(tiny_site):
    assert "No release has been frozen yet" in read(tiny_site, "releases/index.html")


def test_the_list_has_every_release_newest_first_with_why_it_was_superseded(site):
    page = read(site, "releases/index.html")
    assert page.index('id="release-three"') < page.index('id="release-two"') < page.index('id="release-one"')
    for words in (
        "Superseded by", "A figure was wrong.", "no reason was given", "The latest release.", "1 February 2010",
        "The hub team", "54 values revised, 1 value withdrawn, 1 target re-set", "Nothing changed.",
    ):  # fmt: skip
        assert words in page
    assert json.loads(read(site, "releases/two.json"))["supersedes"] == "one"


def test_a_page_of_a_pair_says_it_first_in_a_sentence_then_in_tables(site, hostile):
    page = read(site, "releases/one..two.html")
    assert "54 values revised, 1 value withdrawn, 1 target re-set, 1 duty moved to another owner." in page
    assert "The first 40 are shown; the CSV has all." in page
    assert page.count("<tr><th") == 4 + 40 + 3
    assert "59.3" in page  # as the indicator's figures are written
    assert "52.5 frozen" in page
    assert "<script>alert" not in page
    assert len(read(site, "releases/one..two.csv").splitlines()) == 58


def test_atom_feeds_are_well_formed_and_dated_by_the_release(site):
    root = ElementTree.fromstring(read(site, "releases/atom/area/e08000003.atom"))
    (entry,) = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}updated").text == entry.find(f"{ATOM}updated").text == "2010-02-01T00:00:00Z"
    assert "54 values revised, 1 value withdrawn, 1 target re-set. (one to two)" in entry.find(f"{ATOM}title").text
    assert entry.find(f"{ATOM}link").get("href") == "../../one..two.html"
    assert "59.26 \N{RIGHTWARDS ARROW} 60.1 (value revised)" in entry.find(f"{ATOM}content").text
    assert (site / "releases/atom/partnership/p1.atom").is_file()
    assert (site / "releases/atom/ni/ni-112.atom").is_file()
    office = ElementTree.fromstring(read(site, "releases/atom/go/e12000002.atom"))
    assert "54 values revised" in office.find(f"{ATOM}entry").find(f"{ATOM}title").text


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("area/E08000003.html", "../releases/atom/area/e08000003.atom"),
        ("ni/ni-112.html", "../releases/atom/ni/ni-112.atom"),
        ("go/north-west.html", "../releases/atom/go/e12000002.atom"),
    ],
)
def test_a_page_of_which_something_changed_can_be_followed(site, page, feed):
    html = read(site, page)
    assert f'<link rel="alternate" type="application/atom+xml" title="What changed here" href="{feed}">' in html
    assert f'href="{feed}">Follow what changes here' in html
    assert "atom+xml" not in read(site, "area/E08000006.html")


@pytest.mark.parametrize(
    ("text", "said"),
    [("59.26", "59.26"), ("1200.0", "1,200"), (None, "none"), ("50.0 frozen", "50 frozen"), ("not_due", "not due")],
)
def test_a_value_reads_as_numbers_and_words_do(text, said):
    assert figure(text) == said


def test_a_kind_without_words_of_its_own_is_still_said():
    assert say({"moved_on": 2, "new": 1}) == "1 new value, 2 moved on."
    con = duckdb.connect()
    con.execute(f"create table changes ({', '.join(f'{name} varchar' for name in COLUMNS.split(','))})")
    assert Changes(con).sentence() == "Nothing changed."


def events(text):
    """The events of a calendar, read as RFC 5545 says: lines end with CRLF and go on after CRLF and a space."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found = []
    for line in lines[1:-1]:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and line != "END:VEVENT":
            found[-1][name] = value
    return found


@pytest.fixture
def arrivals(tmp_path, empty_marts):
    create, put = empty_marts
    con = create(tmp_path / "hub.duckdb")
    con.execute("create table marts.fct_arrival (feed varchar, due_on date, status varchar, delivery_id varchar)")
    for feed, months, years in (("a", "6,12", None), ("b", "3", "2012"), ("c", None, None)):
        title = (
            f"Feed {feed}; with, marks é and a title longer than one line of a calendar may be, so that it is folded"
        )
        put(con, "dim_feed", feed=feed, title=title, due_months=months, due_years=years)
    put(con, "dim_delivery", feed="a", delivery_id="a-1", file_name="a.csv", sha256="1", bytes=1, status="landed",
        received_at="2010-07-02", known_from=dt.date(2010, 7, 2), edition="published", rows=1)  # fmt: skip
    put(con, "fct_arrival", feed="a", due_on=dt.date(2009, 12, 31), status="missing")
    put(con, "fct_arrival", feed="a", due_on=dt.date(2010, 6, 30), status="late", delivery_id="a-1")
    put(con, "dim_indicator", indicator_code="NI 001", part="headline", definition_version=1, title="One",
        part_title="One", framework="NI", is_headline=True, is_current=True, status="active")  # fmt: skip
    con.close()
    out = tmp_path / "site"
    out.mkdir()
    sitegen.build(tmp_path / "hub.duckdb", out)
    return out


def test_the_calendar_tells_what_came_and_what_is_expected(arrivals):
    found = events((arrivals / "releases" / "calendar.ics").read_bytes().decode())
    assert [(event["UID"].split("@")[0], event["DTSTART;VALUE=DATE"]) for event in found] == [
        ("a-2009-12", "20091231"),
        ("a-2010-06", "20100630"),
        ("a-2010-12", "20101231"),
        ("a-2011-06", "20110630"),
    ]
    assert {event["DTSTAMP"] for event in found} == {"20100702T000000Z"}
    assert found[0]["SUMMARY"].startswith(r"Did not come: Feed a\; with\, marks é and a title")
    assert found[1]["DESCRIPTION"] == r"Due by 30 June 2010. a.csv came on 2 July 2010."
    page = read(arrivals, "releases/calendar.html")
    for words in ("On time: 0; Late: 1; Did not come: 1.", "31 December 2010", "As at 2 July 2010"):
        assert words in page


def test_a_line_is_never_cut_within_a_character():
    folded = calendar._folded("é" * 60)
    assert folded.replace("\r\n ", "") == "é" * 60
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
