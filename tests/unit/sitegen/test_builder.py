"""The builder: the same site from one process or several, what is kept of the site before, what is said of a fault."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pytest

import sitegen
from sitegen import crew, preview, render

SCRIPT = [sys.executable, "-m", "sitegen"]


def files(site):
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def contents(site):
    return {name: path.read_bytes() for name, path in files(site).items()}


@pytest.fixture
def published(tiny_site, tmp_path):
    """A copy of the tiny published file, and an empty folder for a site of it."""
    shutil.copy(tiny_site.parent / "hub.duckdb", tmp_path)
    shutil.copytree(tiny_site.parent / "csv", tmp_path / "csv")
    return tmp_path / "hub.duckdb"


def test_three_processes_make_what_one_makes(published, tiny_site):
    again = subprocess.run(
        [*SCRIPT, published, published.parent / "site", "--cores", "3"], capture_output=True, text=True
    )
    assert again.returncode == 0, again.stderr
    assert contents(published.parent / "site") == contents(tiny_site)
    lines = again.stdout.splitlines()
    assert '"stage": "pages"' in lines[-2]
    pages = sum(name.endswith(".html") for name in files(tiny_site))
    assert f'"done": {pages}, "total": {pages}' in lines[-2]


def test_a_slow_query_says_nothing_between_the_lines_of_the_builder(published, tmp_path):
    """DuckDB takes a package that `python -m` imports for a person at a terminal, who is shown a bar."""
    package = tmp_path / "asked"
    package.mkdir()
    (package / "__init__.py").write_text("from sitegen import data")
    (package / "__main__.py").write_text(
        "import sys\nfrom pathlib import Path\nfrom asked import data\n"
        "con = data.Published(Path(sys.argv[1]))\n"
        "print(con.execute(\"select current_setting('enable_progress_bar')\").fetchone())"
    )
    path = os.pathsep.join([str(tmp_path), *sys.path])
    asked = subprocess.run(
        [sys.executable, "-m", "asked", published],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert asked.stdout == "(False,)\n", asked.stderr


def test_after_a_change_only_what_it_reaches_is_written_and_what_is_no_more_is_gone(published, tiny_site):
    with duckdb.connect(str(published)) as con:
        con.execute("update marts.dim_psa set title = 'Another title' where psa_number = 14")
        con.execute("delete from marts.dim_indicator where indicator_code = 'NI 009'")
    out = published.parent / "site"
    counts = sitegen.build(published, out, before=tiny_site)
    fresh = published.parent / "fresh"
    assert sitegen.build(published, fresh)["written"] == counts["written"] + counts["kept"]
    assert contents(out) == contents(fresh)
    old = files(tiny_site)
    assert "ni/ni-009.html" in old
    assert "ni/ni-009.html" not in files(out)
    changed = {name for name, path in files(out).items() if name in old and path.read_bytes() != old[name].read_bytes()}
    assert "psa/14.html" in changed
    kept = {name for name, path in files(out).items() if name in old and path.samefile(old[name])}
    assert {name for name in old if name.startswith(("lineage/", "partnership/"))} <= kept
    assert not kept & changed


def broken_site(tmp_path, monkeypatch, name, old, new):
    """A copy of the templates with one fault, in place of the site's own."""
    for folder in ("pages", "components", "static"):
        shutil.copytree(render.HERE / folder, tmp_path / "faulty" / folder)
    template = tmp_path / "faulty" / name
    text = template.read_text("utf-8")
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    template.write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(render, "HERE", tmp_path / "faulty")
    return line


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ("{{ nowhere.title }}", "'nowhere' is undefined"),
        ("{{ title | nofilter }}", "nofilter"),
        ("{% if %}", "Expected"),
    ],
)
def test_a_fault_in_a_template_names_page_template_and_line(published, tmp_path, monkeypatch, new, fault):
    line = broken_site(tmp_path, monkeypatch, "pages/psa.html", "<h1", f"{new}<h1")
    with pytest.raises(sitegen.NotMade) as problem:
        sitegen.build(published, tmp_path / "site")
    said = str(problem.value)
    assert said.startswith("Could not make psa/14.html (template psa.html): ")
    assert f"psa.html, line {line}: " in said
    assert fault in said
    assert "\n" not in said


def test_a_query_that_fails_is_named_with_its_file_and_what_is_wrong(published, tmp_path):
    with duckdb.connect(str(published)) as con:
        con.execute("alter table marts.comparison drop column gap_closed")
    with pytest.raises(sitegen.NotMade) as problem:
        sitegen.build(published, tmp_path / "site")
    said = str(problem.value)
    assert "site/sitegen/compared.py, line " in said
    assert "the query there fails: Binder Error" in said
    assert "gap_closed" in said


def share_out(work, count):
    """What `work` counts in so many processes, asked for in a process without threads."""
    return crew.share_out(work, count, lambda more: None)


def piecework(mine, heard):
    """Counts the pieces this process was given, and says so of each."""
    given = Counter(number for number in range(500) if mine(number))
    heard(len(given))
    return given


def idle_death(mine, heard):
    os._exit(9)


def fault(mine, heard):
    raise sitegen.NotMade("no ink")


CREW = """
import sys
import test_builder as made
from sitegen import NotMade
try:
    counts = sum(made.share_out(getattr(made, sys.argv[1]), 3), made.Counter())
    print(len(counts), set(counts.values()))
except NotMade as problem:
    print(problem)
"""


@pytest.mark.parametrize(
    ("work", "said"),
    [("piecework", "500 {1}"), ("fault", "no ink"), ("idle_death", "stopped from outside")],
)
def test_every_piece_is_done_once_and_a_failing_process_is_told_of(work, said):
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", CREW, work], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}
    )
    assert said in done.stdout, done.stderr


def test_a_preview_follows_its_template_and_says_what_is_wrong_with_it(published, tmp_path, monkeypatch):
    broken_site(tmp_path, monkeypatch, "pages/psa.html", "<h1", "<h1")
    monkeypatch.setattr(preview, "HERE", tmp_path / "faulty")
    seen = preview.Preview(published)
    template = tmp_path / "faulty/pages/psa.html"
    text = template.read_text("utf-8")

    def change(new, day):
        template.write_text(text.replace("<h1", new, 1), "utf-8")
        os.utime(template, (day * 86400, day * 86400))

    assert "Changed<h1" not in seen.page("psa/14.html")
    change("Changed<h1", day=1)
    assert "Changed<h1" in seen.page("psa/14.html")
    change("{{ nowhere }}<h1", day=2)
    with pytest.raises(sitegen.NotMade, match=r"psa/14.html .template psa.html.: .*psa.html, line \d+: 'nowhere'"):
        seen.page("psa/14.html")
    change("Mended<h1", day=3)
    assert "Mended<h1" in seen.page("psa/14.html")
    assert seen.page("psa/99.html") is None
    assert seen.static("static/hub.css")
    assert seen.static("static/../pages/psa.html") is None
