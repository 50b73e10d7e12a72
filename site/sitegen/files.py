"""The files to download: the published files beside the site, and a CSV twin of every page with figures.

Belongs here: copying and COPY ... TO. Does not belong here: pages.
"""

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
# A thousand small COPY statements cost 11 ms each; lines built in one query and cut in Python cost a tenth.
CSV_FIELD = """create or replace temp macro csv_field(item) as case
    when item is null then ''
    when contains(item::varchar, ',') or contains(item::varchar, '"') or contains(item::varchar, chr(10))
        or contains(item::varchar, chr(13)) then '"' || replace(item::varchar, '"', '""') || '"'
    else item::varchar end"""


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
    """Write the CSV beside every indicator, area and office page that has figures; return how many."""
    twins = {
        "indicator_code": {code: hub.links.indicator_csv(code) for code in hub.codes_held},
        "area_code": {area.area_code: f"{hub.links.area(area.area_code)[:-5]}.csv" for area in hub.paged_areas},
    }
    con.execute(CSV_FIELD)
    fields = " || ',' || ".join(f"csv_field({name})" for name in TWIN_COLUMNS)
    con.execute(f"""create or replace temp table twin as
        select indicator_code, area_code, {fields} as line, row_number() over (order by {TWIN_ORDER}) as place
        from (select o.*, a.area_name from marts.fct_observation_current o left join marts.dim_area a using (area_code))
        """)
    written = 0
    for column, paths in twins.items():
        answer = con.execute(f"select {column}, line from twin order by {column}, place").fetchall()
        for code, lines in groupby(answer, key=itemgetter(0)):
            if code in paths:
                folder.put(paths[code], "\n".join([",".join(TWIN_COLUMNS), *(line for _, line in lines), ""]))
                written += 1
    return written + _office_twins(con, hub, folder)


def _office_twins(con: Published, hub: Hub, folder: Folder) -> int:
    """Write the two CSV files of every Government Office: its areas' latest figures, and its roll-ups."""
    for region in hub.regions:
        stem = hub.links.office(region.region_code)[:-5]
        areas = ", ".join(_text(area.area_code) for area in hub.areas_of_region(region.region_code)) or "''"
        _copy(
            con,
            f"select * from marts.latest_observation where area_code in ({areas})"
            " order by indicator_code, part, area_code",
            folder.place(f"{stem}.csv"),
        )
        _copy(
            con,
            f"select * from marts.rollup_region where region_code = {_text(region.region_code)}"
            " order by indicator_code, part, period_basis, period_end, period_label",
            folder.place(f"{stem}-rollups.csv"),
        )
    return 2 * len(hub.regions)


def _copy(con: Published, query: str, target: str) -> None:
    """Write the rows of a query to a CSV file with a header."""
    con.execute(f"copy ({query}) to {_text(target)} (header, delimiter ',')")


def _text(value: str) -> str:
    """Quote a text for SQL."""
    return "'" + value.replace("'", "''") + "'"
