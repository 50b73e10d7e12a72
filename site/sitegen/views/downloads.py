"""The data page: files to take away, what each table holds, queries that were run; and the page of licences."""

from collections.abc import Iterator

from sitegen import data, format
from sitegen.data import ENGLAND, Published
from sitegen.hub import Hub
from sitegen.lookup import Facts
from sitegen.views import Page

EXAMPLES = (
    (
        "One indicator for every council, latest figure with its source",
        """select a.area_name, o.period_label, o.value, o.mark, o.status, o.source_file, o.source_row
from marts.latest_observation o
join marts.dim_area a on a.area_code = o.area_code
where o.indicator_code = '{indicator}' and o.part = '{part}'
order by a.area_name, o.area_code
limit 5""",
    ),
    (
        "A trend for one area, with why a value is missing",
        """select o.period_label, o.value, m.shown_as as why_missing, o.known_from
from marts.fct_observation_current o
left join marts.dim_mark m on m.mark = o.mark
where o.area_code = '{area}' and o.indicator_code = '{indicator}'
  and o.part = '{part}' and o.dimensions = ''
order by o.period_start, o.period_label
limit 5""",
    ),
    (
        "What was known on a given day: the last revision before it",
        """select period_label, value, revision, known_from, delivery_id
from marts.fct_observation
where area_code = '{area}' and indicator_code = '{indicator}'
  and part = '{part}' and dimensions = '' and known_from <= date '2026-12-31'
qualify row_number() over (partition by period_label order by known_from desc, revision desc) = 1
order by period_label
limit 5""",
    ),
    (
        "Regional roll-ups with their method and coverage",
        """select r.region_name, u.period_label, u.value, u.method, u.areas_reporting, u.areas_due, u.reason
from marts.rollup_region u
join marts.dim_region r on r.region_code = u.region_code
where u.indicator_code = '{indicator}' and u.part = '{part}'
order by u.period_label desc, r.region_name
limit 5""",
    ),
    (
        "Deliveries that were refused, and why",
        """select d.feed, d.file_name, q.message, q.remedy
from marts.dim_delivery d
join marts.quality_issue q on q.delivery_id = d.delivery_id and q.severity = 'error'
where d.status = 'quarantined'
order by d.feed, d.file_name, q.message
limit 5""",
    ),
)


def pages(hub: Hub, con: Published, published: Facts) -> Iterator[Page]:
    """Yield the data page and that of licences.

    `published` says of the file that `con` opens its `sha256`, on which all that its queries answer rests, and the
    `sizes` in bytes by path below data/.
    """
    assert published["sha256"]
    files, row_counts = published["sizes"], data.row_counts(con)
    tables = [
        {
            "name": row.table_name,
            "comment": row.comment or "",
            "lineage": hub.links.model(row.table_name) if row.table_name in hub.models else None,
            "rows": row_counts[row.table_name],
            "columns": hub.columns.get(row.table_name, []),
            "files": [
                (
                    kind.upper() if kind == "csv" else "Parquet",
                    f"data/{kind}/{row.table_name}.{kind}",
                    format.size(files[f"{kind}/{row.table_name}.{kind}"]),
                )
                for kind in ("csv", "parquet")
                if f"{kind}/{row.table_name}.{kind}" in files
            ],
        }
        for row in hub.tables
    ]
    yield Page(
        "data",
        "data.html",
        "data.html",
        {
            "tables": tables,
            "undocumented": [table for table in tables if not table["lineage"]],
            "macros": hub.macros,
            "examples": examples(hub, con),
            "database": format.size(files["hub.duckdb"]) if "hub.duckdb" in files else None,
            "storage": storage_version(con),
        },
    )
    yield Page(
        "licences", "licences.html", "licences.html", {"feeds": list(hub.feeds.values())}, rows=list(hub.feeds.values())
    )


def examples(hub: Hub, con: Published) -> list[dict]:
    """Run each example query on the published file itself, on the fullest measure, and keep what it answered."""
    key = max(hub.latest, key=lambda key: (len(hub.latest[key]), key), default=("", ""))
    areas = [row.area_code for row in hub.latest.get(key, [])]
    area = ENGLAND if ENGLAND in areas else next(iter(areas), "")
    names = {"indicator": key[0], "part": key[1], "area": area}
    found = []
    for title, query in EXAMPLES:
        sql = query.format(**{name: text.replace("'", "''") for name, text in names.items()})
        answer = data.rows(con, sql)
        found.append(
            {
                "title": title,
                "sql": sql,
                "columns": [item[0] for item in con.description],
                "rows": [["" if value is None else value for value in row] for row in answer],
            }
        )
    return found


def storage_version(con: Published) -> str:
    """Storage version the published file was written with, as DuckDB reports it; "" when it does not."""
    tags = con.execute("select tags from duckdb_databases() where database_name = current_database()").fetchone()[0]
    return (tags or {}).get("storage_version", "").removesuffix("+")
