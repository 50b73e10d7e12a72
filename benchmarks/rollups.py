"""What rolling up costs against a plain GROUP BY of the same rows and columns, at any number of observations.

Councils' figures, seeds and the models' SQL are those of the last build in HUB_HOME. Small areas' figures are what
the generator of the illustrative edition yields at the scale asked, every period once, without being written and
landed; where that is fewer rows than asked, the small areas stand there several times under other codes.
Belongs here: making that table and measuring. Does not belong here: conclusions (RESULTS.md).
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import pandas as pd

MODELS = {
    "rollup_cover": "marts",
    "int_rollup_operand": "intermediate",
    "int_rollup_candidate": "intermediate",
    "int_rollup_figure": "intermediate",
    "rollup_area": "marts",
}
SEEDS = ("area_covers", "derived_parts", "areas", "area_memberships")
# The same rows, each with every larger area it lies in, summed over the same columns as doubles.
PLAIN = """create or replace table plain as
    select parent_code, relation, cover, boundaries_on, indicator_code, part, period_label, period_basis,
        min(period_start) as period_start, max(period_end) as period_end, sum(value) as value,
        sum(numerator) as numerator, sum(denominator) as denominator, count(*) as areas,
        sum(people) as people, min(definition_version) as first_definition, max(definition_version) as last_definition
    from build.marts.fct_observation_current
    join build.marts.rollup_cover using (area_code)
    where dimensions = ''
    group by all"""


def main() -> int:
    """Print Markdown lines of what is measured."""
    from orchestration.settings import Settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000_000, help="observations to roll up")
    parser.add_argument("--scale", type=int, default=40, help="scale of the illustrative edition")
    parser.add_argument("--memory", default="8GB", help="what DuckDB may use")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        print(measure(Settings.from_env(), Path(folder), options.rows, options.scale, options.memory))
    return 0


def measure(settings, folder: Path, rows: int, scale: int, memory: str) -> str:
    """Make the table in a file of its own, then time the plain query and the models, each in turn."""
    with duckdb.connect() as con:
        con.execute(f"set memory_limit = '{memory}'")
        con.execute(f"set temp_directory = '{folder}'")
        con.execute(f"attach '{folder / 'build.duckdb'}' as build")
        _framework(con, settings.warehouse)
        started = perf_counter()
        made = _observations(con, scale, rows)
        lines = [f"{made:,} observations made in {perf_counter() - started:.0f} s (memory limit {memory})"]
        sql = _compiled(settings.dbt_target / "compiled")
        _run(con, sql, "rollup_cover")
        plain = _seconds(con, PLAIN)
        spent = {name: _run(con, sql, name) for name in list(MODELS)[1:]}
        found = con.execute("select count(*), count(value) from build.marts.rollup_area").fetchall()[0]
    wall, processor = (sum(one[place] for one in spent.values()) for place in (0, 1))
    lines += [
        f"plain GROUP BY: {plain[0]:.1f} s, {plain[1]:.1f} s of processor time",
        f"roll-ups: {wall:.1f} s, {wall / plain[0]:.2f} times (bound: 2); {processor:.1f} s of processor time, "
        f"{processor / plain[1]:.2f} times: " + ", ".join(f"{name} {one[0]:.1f} s" for name, one in spent.items()),
        f"{found[0]:,} roll-ups, {found[1]:,} with a figure; peak memory of the process "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.1f} GB, the making of the table included",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _framework(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    """The seeds and marts the models read, with the figures of councils and larger areas."""
    con.execute(f"attach '{warehouse}' as built (read_only)")
    for schema in ("seeds", "intermediate", "marts"):
        con.execute(f"create schema build.{schema}")
    for seed in SEEDS:
        con.execute(f"create table build.seeds.{seed} as select * from built.seeds.{seed}")
    for mart in ("dim_area", "dim_indicator", "bridge_area_membership"):
        con.execute(f"create table build.marts.{mart} as select * from built.marts.{mart}")
    con.execute(
        "create table build.marts.fct_observation_current as select area_code, indicator_code, part, "
        "definition_version, period_label, period_basis, period_start, period_end, dimensions, value, numerator, "
        "denominator, mark from built.marts.fct_observation_current where area_code not like 'E01%'"
    )
    con.execute("detach built")


def _observations(con: duckdb.DuckDBPyConnection, scale: int, rows: int) -> int:
    """Stream the figures of small areas into the table, one part after another; return how many rows there are."""
    from sources.demo import SEED
    from sources.demo.geography import Geography
    from sources.demo.history import room, small_cells
    from sources.demo.outturns import Drawn, parts
    from sources.demo.schedule import printed
    from sources.registry import load_feeds

    geography, every = Geography((), scale - 1), parts()
    _small_areas(con, geography.small, "")
    for key, feed in printed().items():
        spec = load_feeds()[key]
        mine = every[every["indicator_code"].isin(spec.indicators)] if feed.small_areas else every[:0]
        every = every.drop(mine.index)
        for _, part in mine.iterrows():
            drawn = Drawn(part, geography, SEED)
            _insert(con, small_cells(drawn, feed, room(spec), dict.fromkeys(drawn.periods["period_label"], "final")))
    con.execute(
        "create temp table small as select * from build.marts.fct_observation_current where left(area_code, 3) = 'E01'"
    )
    made, each, copies = _count(con), con.execute("select count(*) from small").fetchall()[0][0], 0
    while each and made + copies * each < rows:
        copies += 1
        _small_areas(con, geography.small, f"-{copies}")
        con.execute(
            "insert into build.marts.fct_observation_current by name select * replace "
            f"(area_code || '-{copies}' as area_code) from small limit {rows - made - (copies - 1) * each}"
        )
    con.execute("drop table small")
    return _count(con)


def _small_areas(con: duckdb.DuckDBPyConnection, small: pd.DataFrame, suffix: str) -> None:
    """Name small areas, and the council each lies in."""
    con.register("areas", small[["area_code", "council_code", "people"]])
    con.execute(
        f"insert into build.marts.dim_area by name select area_code || '{suffix}' as area_code, "
        "'small_area' as area_type, 'small' as tier, people::integer as population_mid2008 from areas"
    )
    con.execute(
        f"insert into build.marts.bridge_area_membership by name select area_code || '{suffix}' as child_code, "
        "council_code as parent_code, 'council' as relation, 1.0 as share, true as is_current from areas"
    )


def _insert(con: duckdb.DuckDBPyConnection, cells: pd.DataFrame) -> None:
    con.register("cells", cells)
    con.execute(
        """insert into build.marts.fct_observation_current by name
        select area_code, indicator_code, part, 1 as definition_version, period_label, period_basis, '' as dimensions,
            value::double as value, numerator::double as numerator, denominator::double as denominator,
            nullif(mark, '') as mark
        from cells"""
    )


def _count(con: duckdb.DuckDBPyConnection) -> int:
    return con.execute("select count(*) from build.marts.fct_observation_current").fetchall()[0][0]


def _compiled(folder: Path) -> dict[str, str]:
    """SQL of the models; dbt keeps those of its unit tests in folders named after their yml."""
    return {
        path.stem: path.read_text(encoding="utf-8")
        for path in folder.rglob("*.sql")
        if path.stem in MODELS and path.parent.suffix != ".yml"
    }


def _run(con: duckdb.DuckDBPyConnection, sql: dict[str, str], model: str) -> tuple[float, float]:
    """What it takes to make one model as dbt would; int_rollup_operand is a view."""
    kind = "view" if model == "int_rollup_operand" else "table"
    return _seconds(con, f"create or replace {kind} build.{MODELS[model]}.{model} as {sql[model]}")


def _seconds(con: duckdb.DuckDBPyConnection, query: str) -> tuple[float, float]:
    """Seconds a query takes, and those of processor time in all its threads."""
    started, worked = perf_counter(), process_time()
    con.execute(query).fetchall()
    return perf_counter() - started, process_time() - worked


if __name__ == "__main__":
    sys.exit(main())
