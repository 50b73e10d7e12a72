"""A site built from the one before: equal to the byte to one built from nothing; only what is reached is rendered."""

import json
import shutil
import sys

import duckdb
import pytest

import sitegen
from sitegen import lookup, notes, render, views

BUILD = sys.modules["sitegen.build"]
FIGURE = """update marts.{} set value = 58.5, source_text = '58.5'
    where area_code = 'E08000003' and indicator_code = 'NI 112' and part = 'headline' and period_label = '2009'"""
# What changes in the published file, pages that then say something else, and pages that are not rendered again.
CHANGES = {
    "a figure": (
        [FIGURE.format("fct_observation_current"), FIGURE.format("latest_observation")],
        {"area/E08000003.safer-communities.html", "ni/ni-112.html", "proof/ni-112.E12000002.html"},
        {"area/E08000006.html", "ni/ni-031.html", "quality.html", "pack/E08000003.html"},
    ),
    "a target": (
        ["update marts.fct_target set decision = 'Put off' where area_code = 'E08000003'"],
        {"laa/E08000003/ni-112.html"},
        {"area/E08000003.html", "ni/ni-112.html", "laa/index.html", "index.html"},
    ),
    "what a partnership says": (
        ["update marts.fct_return set commentary = 'Another word' where area_code = 'E08000003'"],
        {"laa/E08000003/ni-112.html"},
        {"ni/ni-112.html", "area/E08000003.html", "proof/ni-112.html"},
    ),
    "an issue of a delivery": (
        ["update marts.quality_issue set occurrences = 268 where severity = 'warning'"],
        {"quality.html", "quality/ons-conceptions.html", "index.html", "proof/ni-112.html"},
        {"area/E08000003.html", "ni/ni-112.html", "laa/E08000003/ni-112.html"},
    ),
    "a delivery that came": (
        ["""insert into marts.dim_delivery by name
            select * replace ('ons_conceptions-3' as delivery_id) from marts.dim_delivery limit 1"""],
        {"quality/ons-conceptions.html", "index.html"},
        {"ni/ni-112.html", "area/E08000003.html", "laa/E08000003/ni-112.html"},
    ),
    "the first figure of an area": (
        [f"""insert into marts.{table} by name
            select * replace ('CSP1' as area_code, 12.5 as value) from marts.{table}
            where area_code = 'E08000003' and indicator_code = 'NI 112' and period_label = '2009'"""
         for table in ("fct_observation_current", "latest_observation")],
        {"area/CSP1.html", "ni/ni-112.html", "area/index.html"},
        set(),
    ),
    "the name of an area": (
        ["update marts.dim_area set area_name = 'Mancunium' where area_code = 'E08000003'"],
        {"area/E08000003.html", "area/index.html", "laa/E08000003/ni-112.html"},
        set(),
    ),
    "an indicator that is no more": (
        ["delete from marts.dim_indicator where indicator_code = 'NI 009'"],
        {"ni/index.html"},
        set(),
    ),
}  # fmt: skip


def contents(site):
    """Every file of a site, and its notes."""
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return found | {"notes": notes.path_of(site).read_bytes()}


@pytest.fixture
def published(tiny_site, tmp_path):
    """A copy of the tiny published file."""
    shutil.copy(tiny_site.parent / "hub.duckdb", tmp_path)
    shutil.copytree(tiny_site.parent / "csv", tmp_path / "csv")
    return tmp_path / "hub.duckdb"


@pytest.fixture
def rendered(monkeypatch):
    """The addresses of the pages that were rendered."""
    found, write = [], render.Site.write
    monkeypatch.setattr(render.Site, "write", lambda site, page: found.append(page.path) or write(site, page))
    return found


def rebuilt(published, before, rendered, **how):
    """Build from the site before and from nothing; both are the same. Returns the new site and the pages rendered."""
    out, fresh = published.parent / "site", published.parent / "fresh"
    counts = sitegen.build(published, out, before=before, **how)
    told = set(rendered)
    assert len(told) == counts.get("rendered", 0)
    whole = sitegen.build(published, fresh, **how)
    assert contents(out) == contents(fresh)
    same = {"written", "kept", "rendered"}
    assert {k: n for k, n in counts.items() if k not in same} == {k: n for k, n in whole.items() if k not in same}
    return out, told


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_pages_it_reaches_are_rendered(published, tiny_site, rendered, monkeypatch, change):
    statements, reached, left = CHANGES[change]
    with duckdb.connect(str(published)) as con:
        for statement in statements:
            con.execute(statement)
    monkeypatch.setattr(BUILD, "MANY", 1_000_000)  # all rows are read
    out, told = rebuilt(published, tiny_site, rendered)
    monkeypatch.setattr(BUILD, "MANY", 0)  # rows are read as foreseen
    sitegen.build(published, published.parent / "foreseen", before=tiny_site)
    new, old = contents(out), contents(tiny_site)
    assert contents(published.parent / "foreseen") == new
    changed = {name for name in new if name.endswith(".html") and new[name] != old.get(name)}
    assert reached <= changed <= told
    assert left <= set(old)
    assert not left & told


def test_with_nothing_changed_nothing_is_rendered_or_written(published, tiny_site, rendered):
    counts = sitegen.build(published, published.parent / "site", before=tiny_site)
    assert rendered == []
    assert counts["kept"] > len(list(tiny_site.rglob("*.html")))
    assert "written" not in counts


def test_a_changed_template_is_seen_on_every_page(published, tiny_site, rendered, monkeypatch, tmp_path):
    for name in ("pages", "components", "static"):
        shutil.copytree(render.HERE / name, tmp_path / "other" / name)
    (tmp_path / "other/pages/glossary.html").open("a").write("<!-- other -->")
    monkeypatch.setattr(render, "HERE", tmp_path / "other")
    _, told = rebuilt(published, tiny_site, rendered)
    assert "ni/ni-112.html" in told


def test_a_frozen_release_is_listed_and_leads_to_its_feeds(published, tiny_site, rendered):
    def frozen(name, before=""):
        folder = published.parent / name
        folder.mkdir()
        manifest = {"name": name, "as_at": "2010-01-01", "supersedes": before, "reason": "", "signed": None,
                    "inputs": [], "rows": {}, "checks": {"tests": {}, "quality_issues": {}},
                    "code": {"version": "0.1.0", "commit": "c" * 40, "changed_since_commit": False}}  # fmt: skip
        (folder / "manifest.json").write_text(json.dumps(manifest))
        head = "kind,indicator_code,part,area_code,area_name,partnership_code,concerns,period_label,before,after,"
        line = "revised,NI 112,headline,E08000006,Salford,,,2009,59.2,60.1,2010-02-01,ons_conceptions-1,c.xls,"
        (folder / "changes.csv").write_text(f"{head}known_from,delivery_id,source_file,why\n{line}\n")
        return folder

    out, told = rebuilt(published, tiny_site, rendered, frozen=[frozen("one"), frozen("two", "one")])
    assert {"releases/one..two.html", "releases/index.html", "area/E08000006.html", "ni/ni-112.html"} <= told
    assert not {"area/E06000050.html", "quality.html", "glossary.html"} & told
    assert b"Follow what changes here" in (out / "area/E08000006.html").read_bytes()


def test_a_page_that_the_site_before_lost_is_made_again(published, tiny_site, rendered, tmp_path):
    lost = tmp_path / "lost"
    shutil.copytree(tiny_site, lost)
    shutil.copy(notes.path_of(tiny_site), notes.path_of(lost))
    (lost / "ni/ni-112.csv").unlink()
    (lost / "laa/E08000003/ni-112.html").unlink()
    rebuilt(published, lost, rendered)
    assert rendered[0] == "laa/E08000003/ni-112.html"


def test_notes_that_cannot_be_read_are_as_good_as_none(published, tiny_site, rendered, tmp_path):
    spoilt = tmp_path / "spoilt"
    shutil.copytree(tiny_site, spoilt)
    notes.path_of(spoilt).write_text('{"code": "x"')
    _, told = rebuilt(published, spoilt, rendered)
    assert "index.html" in told


def test_a_piece_says_what_it_was_given_and_a_function_without_a_name_says_nothing():
    one, other = (views.Page("a", "a.html", "a.html", {"codes": codes}) for codes in (["A"], ["A", "B"]))
    assert notes.said(one) != notes.said(other)
    assert notes.said(one) == notes.said(views.Page("a", "a.html", "a.html", {"codes": ["A"]}))
    with pytest.raises(TypeError, match="no function with a name"):
        notes.said(views.Page("a", "a.html", "a.html", lambda: {}))


@pytest.fixture
def figures(tmp_path):
    with duckdb.connect(str(tmp_path / "figures.duckdb")) as con:
        con.execute("create table figure (place varchar, year integer, value double)")
        con.execute("insert into figure values ('b', 1, 1.5), ('b', 2, null), ('a', 1, 2), (null, 1, 7)")
        yield con


NOTHING = lookup.Digests({}, [])  # of a site before
QUERY = "select place, year, value from figure order by place desc nulls last, year"


@pytest.mark.parametrize("how", ["at once", "foreseen", "streamed", "asked for"])
def test_rows_are_the_same_however_they_are_read(figures, how):
    tables = lookup.Tables(figures, None if how in ("at once", "streamed") else NOTHING)
    found = tables.by(QUERY, "place", streamed=how == "streamed")
    if how == "foreseen":
        found.foresee(dict.fromkeys(["b", None, "gone"]))
    assert list(found) == ["a", "b", None]
    assert [row.value for row in found["b"]] == [1.5, None]
    assert found.get("gone") is None
    assert [row.value for row in found[None]] == [7]
    assert [row.value for row in found.get("a", ())] == [2]
    assert [row.value for row in found.rows] == [1.5, None, 2, 7]
    with pytest.raises(KeyError):
        found["gone"]
    assert tables.asked() == [(0, key) for key in (lookup.KEYS, "b", "gone", None, "a", lookup.ALL)]
    assert tables.asked() == []


def test_a_digest_tells_the_rows_of_its_key_from_others(figures):
    def digests():
        return lookup.Tables(figures, NOTHING).by(QUERY, "place").digests

    first = digests()
    assert digests() == first
    figures.execute("update figure set value = 3 where place = 'a'")
    after = digests()
    assert {key for key in first if first[key] != after[key]} == {"a"}
    figures.execute("insert into figure from figure where place = 'b'")
    assert digests()["b"] != first["b"]
    figures.execute("delete from figure where place = 'a'")
    assert list(digests()) == ["b", None]


def test_rows_have_an_order_by_what_they_show(figures):
    found = lookup.Tables(figures, NOTHING).by("select place, value from figure order by place, year", "place")
    with pytest.raises(duckdb.BinderException, match="year"):
        found["b"]
