"""The files to download: the published files beside the site, and those of pages with very many figures.

Belongs here: links to files, and CSV and JSON that SQL writes. Does not belong here: pages, and what lies beside the
many others (twins.py).
"""

import json
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sitegen.data import Published
from sitegen.folder import Folder
from sitegen.hub import Hub

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
# Lines are built in SQL and cut in Python: a thousand small COPY statements cost ten times as much, and Python's own
# writers of CSV and JSON more than the pages. As in twins.py no text is left that a spreadsheet takes for a formula.
FIELDS = (
    """create or replace temp macro csv_text(item) as case
        when regexp_matches(item, '[,"\n]') then '"' || replace(item, '"', '""') || '"' else item end""",
    """create or replace temp macro csv_line_ends(item) as
        replace(replace(item, chr(13) || chr(10), chr(10)), chr(13), chr(10))""",
    """create or replace temp macro csv_field(item) as case
        when item is null then ''
        when typeof(item) <> 'VARCHAR' then item::varchar
        when regexp_matches(item::varchar, '^ *[=+@\t\r\n-]') then csv_text(chr(39) || csv_line_ends(item::varchar))
        else csv_text(csv_line_ends(item::varchar)) end""",
    "create or replace temp macro json_field(item) as coalesce(to_json(item)::varchar, 'null')",
)


def publish_beside(published: Path, folder: Folder) -> dict[str, int]:
    """Put the database and its CSV and Parquet copies under data/; return sizes in bytes by path below data/."""
    beside = [path for kind in ("csv", "parquet") for path in sorted(published.parent.glob(f"{kind}/*.{kind}"))]
    sizes = {}
    for source in [published, *beside]:
        name = "hub.duckdb" if source == published else f"{source.parent.name}/{source.name}"
        folder.share(source, f"data/{name}")
        sizes[name] = source.stat().st_size
    return sizes


def write_twins(con: Published, hub: Hub, folder: Folder) -> int:
    """Write the CSV and JSON beside every indicator, area and office page that has figures; return how many files."""
    for macro in FIELDS:
        con.execute(macro)
    indicators = {code: hub.links.indicator_csv(code)[:-4] for code in hub.codes_held}
    areas = {area.area_code: hub.links.area(area.area_code)[:-5] for area in hub.paged_areas}
    offices = {row.region_code: hub.links.office(row.region_code)[:-5] for row in hub.regions}
    of_office = [(code, area.area_code) for code in offices for area in hub.areas_of_region(code)]
    con.execute("create or replace temp table office_area (region_code varchar, area_code varchar)")
    if of_office:
        con.executemany("insert into office_area values (?, ?)", of_office)
    written = 0
    figures = f"""select {", ".join(TWIN_COLUMNS)} from marts.fct_observation_current
        left join (select area_code, area_name from marts.dim_area) using (area_code)"""
    for key, stems in (("indicator_code", indicators), ("area_code", areas)):
        written += _write(con, folder, figures, key, TWIN_ORDER, stems)
    latest = "select * from office_area join marts.latest_observation using (area_code)"
    written += _write(con, folder, latest, "region_code", "indicator_code, part, area_code", offices)
    order = "indicator_code, part, period_basis, period_end, period_label"
    rolled = {code: f"{stem}-rollups" for code, stem in offices.items()}
    return written + _write(con, folder, "from marts.rollup_region", "region_code", order, rolled)


def _write(con: Published, folder: Folder, query: str, key: str, order: str, stems: dict[str, str]) -> int:
    """Write the rows of a query as CSV and JSON, two files for each value of `key` that has a stem; return how many."""
    columns = [column for column, *_ in con.execute(f"describe {query}").fetchall()]
    fields, cells = (" || ',' || ".join(f"{kind}_field({name})" for name in columns) for kind in ("csv", "json"))
    answer = con.execute(f"select {key}, {fields}, '[' || {cells} || ']' from ({query}) order by {key}, {order}")
    head = f'"columns":{json.dumps(columns, separators=(",", ":"))},"rows":[\n'
    found = {code: list(rows) for code, rows in groupby(answer.fetchall(), key=itemgetter(0)) if code in stems}
    for code in stems if key == "region_code" else found:  # an office's page offers its files, with rows or without
        rows, stem = found.get(code, []), stems[code]
        folder.put(f"{stem}.csv", "\n".join([",".join(columns), *(line for _, line, _ in rows), ""]))
        page, arrays = json.dumps(f"{stem.removesuffix('-rollups')}.html"), ",\n".join(array for *_, array in rows)
        folder.put(f"{stem}.json", f'{{"page":{page},{head}{arrays}]}}\n')
    return 2 * len(stems if key == "region_code" else found)
