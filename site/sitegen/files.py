"""The files to download: the published files beside the site, and those of pages with very many figures.

Belongs here: links to files, and CSV and JSON that SQL writes. Does not belong here: pages, and what lies beside the
many others (twins.py).
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen import formulas
from sitegen.folder import Folder
from sitegen.hub import Hub
from sitegen.lookup import Lookup, Tables
from sitegen.views import Files

TWIN_COLUMNS = (
    "indicator_code",
    "part",
    "definition_version",
    "area_code",
    "area_name",
    "period_label",
    "period_basis",
    "period_start",
    "period_end",
    "dimensions",
    "value",
    "numerator",
    "denominator",
    "lower_ci",
    "upper_ci",
    "mark",
    "note",
    "status",
    "known_from",
    "revision",
    "feed",
    "delivery_id",
    "edition",
    "source_file",
    "source_sheet",
    "source_rows",
    "source_column",
    "source_text",
    "derivation",
    "correction_code",
)
TWIN_ORDER = "indicator_code, part, area_code, period_basis, period_start, period_label, dimensions"
# Lines are built in SQL and joined in Python: a thousand small COPY statements cost ten times as much, and Python's own
# writers of CSV and JSON more than the pages.


def publish_beside(published: Path, folder: Folder) -> dict[str, int]:
    """Put the database and its CSV and Parquet copies under data/; return sizes in bytes by path below data/."""
    beside = [path for kind in ("csv", "parquet") for path in sorted(published.parent.glob(f"{kind}/*.{kind}"))]
    sizes = {}
    for source in [published, *beside]:
        name = "hub.duckdb" if source == published else f"{source.parent.name}/{source.name}"
        folder.share(source, f"data/{name}")
        sizes[name] = source.stat().st_size
    return sizes


class Twins:
    """The CSV and JSON beside indicator, area and office pages that have figures, line by line as SQL makes them."""

    def __init__(self, tables: Tables):
        """Name what the files hold."""
        figures = f"""select {", ".join(TWIN_COLUMNS)} from marts.fct_observation_current
            left join (select area_code, area_name from marts.dim_area) using (area_code)"""
        latest = """select a.region_code, l.area_code, l.* exclude (area_code)
            from marts.latest_observation l join marts.dim_area a using (area_code)
            where a.in_laa_2008 or a.in_laa_2009"""
        rolled = "indicator_code, part, period_basis, period_end, period_label"
        held = {
            "ni": (figures, "indicator_code", TWIN_ORDER),
            "area": (figures, "area_code", TWIN_ORDER),
            "go": (latest, "region_code", "indicator_code, part, area_code"),
            "rollups": ("from marts.rollup_region", "region_code", rolled),
        }
        kinds = {name: _kinds(tables, query) for name, (query, *_) in held.items()}
        self.columns = {name: list(found) for name, found in kinds.items()}
        self.lines = {name: _lines(tables, kinds[name], *how) for name, how in held.items()}

    def files(self, hub: Hub, folder: Folder) -> Iterator[Files]:
        """Yield the two files of each page; an office's page offers its files with rows or without."""
        stems = {
            "ni": {code: hub.links.indicator_csv(code)[:-4] for code in hub.indicators if code in self.lines["ni"]},
            "area": {area.area_code: hub.links.area(area.area_code)[:-5] for area in hub.paged_areas},
            "go": {row.region_code: hub.links.office(row.region_code)[:-5] for row in hub.regions},
        }
        stems["rollups"] = {code: f"{stem}-rollups" for code, stem in stems["go"].items()}
        for name, of in stems.items():
            held = of if name in ("go", "rollups") else filter(of.__contains__, self.lines[name])
            for code in sorted(held):  # as lines are streamed
                yield Files("csv", f"{of[code]}.csv", partial(self.write, folder, name, code, of[code]))

    def write(self, folder: Folder, name: str, code: str, stem: str) -> int:
        """Write the lines of one key as CSV and JSON; return how many files that is."""
        rows, columns = self.lines[name].get(code, []), self.columns[name]
        folder.put(f"{stem}.csv", "\n".join([",".join(columns), *(row.csv for row in rows), ""]))
        page, arrays = json.dumps(f"{stem.removesuffix('-rollups')}.html"), ",\n".join(row.json for row in rows)
        head = f'"columns":{json.dumps(columns, separators=(",", ":"))},"rows":[\n'
        folder.put(f"{stem}.json", f'{{"page":{page},{head}{arrays}]}}\n')
        return 2


def csv_field(column: str, kind: str) -> str:
    """SQL of a column as a field of CSV; `kind` is its type."""
    if kind != "VARCHAR":
        return f"coalesce({column}::varchar, '')"
    text = f"replace(replace({formulas.sql(column)}, chr(13) || chr(10), chr(10)), chr(13), chr(10))"
    quoted = f"""'"' || replace({text}, '"', '""') || '"'"""
    return f"coalesce(case when regexp_matches({text}, '[,\"\n]') then {quoted} else {text} end, '')"


def json_field(column: str) -> str:
    """SQL of a column as a value of JSON."""
    return f"coalesce(to_json({column})::varchar, 'null')"


def _kinds(tables: Tables, query: str) -> dict[str, str]:
    """The columns of a query with their types."""
    return {name: kind for name, kind, *_ in tables.con.execute(f"describe {query}").fetchall()}


def _lines(tables: Tables, kinds: dict[str, str], query: str, key: str, order: str) -> Lookup:
    """The rows of a query by key, each as a line of CSV and one of JSON."""
    comma = " || ',' || "
    csv = comma.join(csv_field(name, kind) for name, kind in kinds.items())
    shown = f"{key}, {csv} as csv, '[' || {comma.join(map(json_field, kinds))} || ']' as json"
    return tables.by(f"select * from ({query}) order by {key}, {order}", key, streamed=True, shown=shown)
