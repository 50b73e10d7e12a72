"""What Dagster and dbt cost on top of the work: loading the graph, one feed, the warehouse against its SQL alone.

All in one run on one home, so that the ratios hold whatever else the machine does. Usage, after `hub build`:
python -m benchmarks.overhead (HUB_HOME as built).

Belongs here: measuring. Does not belong here: conclusions (RESULTS.md).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import duckdb

from orchestration.lib import deliveries, lineage
from orchestration.settings import Settings
from sources.registry import load_feeds

FEED = "home_office_apacs"
LOAD = "from orchestration.definitions import defs; defs().resolve_asset_graph()"
BARE = "import dagster"


def main() -> int:
    """Print a Markdown table; the warehouse is made anew in a copy of the home's landing."""
    settings = Settings.from_env()
    if not settings.warehouse.exists():
        print(f"{settings.warehouse} is not there: run `hub build` first.", file=sys.stderr)
        return 1
    print("| what | seconds | of processor |\n| --- | --- | --- |")
    _line("a process that imports dagster and nothing else", lambda: _python(BARE))
    _line("a process that loads the definitions, dbt's project read before", lambda: _python(LOAD))
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        _feed(settings, Path(folder))
        _warehouse(settings, Path(folder))
    return 0


def _feed(settings: Settings, folder: Path) -> None:
    """One feed's files landed by the function, and by its asset, each into an empty home."""
    from orchestration.defs.feeds import feed_assets, feed_key
    from orchestration.lib.in_process import materialise

    feeds = settings.feeds_dir or settings.illustrative
    spec = load_feeds()[FEED]
    deliveries.land(spec, Settings(folder / "warm", feeds_dir=feeds))  # imports and look-ups, once
    _line(f"landing {FEED} by the function", lambda: deliveries.land(spec, Settings(folder / "one", feeds_dir=feeds)))
    asset = [one for one in feed_assets(Settings(folder / "two", feeds_dir=feeds)) if one.key == feed_key(FEED)]
    _line(f"landing {FEED} as an asset", lambda: materialise(asset))


def _warehouse(settings: Settings, folder: Path) -> None:
    """The whole warehouse as an asset, and its SQL alone."""
    from orchestration.defs.warehouse import warehouse_asset
    from orchestration.lib.in_process import materialise

    home = replace(settings, home=folder / "warehouse")
    shutil.copytree(settings.landing, home.landing)
    asset = warehouse_asset(home)
    made = _line("the warehouse as an asset: dbt's models, seeds and tests", lambda: materialise([asset])).made
    told = sum(metadata["seconds"] for metadata in made.values())
    print(f"| of that, by dbt's own word, in models and seeds | {told:.1f} | |")
    models = lineage.read(lineage.beside(home.warehouse))
    _line("the floor: the same models' SQL straight in DuckDB", lambda: _floor(home, models, folder / "build.db"))
    _line("the floor: the same tests' SQL straight in DuckDB", lambda: _tests(home))


def _floor(home: Settings, models: list[dict], out: Path) -> None:
    """Every seed copied and every model made by its SQL, in dbt's order, in one connection."""
    with duckdb.connect() as con:
        con.execute(f"attach '{out}' as build")
        con.execute(f"attach '{home.warehouse}' as made (read_only)")
        con.execute("use build")
        views = {name for (name,) in con.execute("select view_name from duckdb_views() where not internal").fetchall()}
        for schema in dict.fromkeys(model["layer"] for model in models):
            con.execute(f"create schema {schema}")
        waiting = [model for model in models if model["sql"]]
        done = set()
        for model in (model for model in models if not model["sql"]):
            name = f"{model['layer']}.{model['model']}"
            con.execute(f"create table {name} as from made.{name}")
            done.add(name)
        while waiting:  # dbt lists models by file, not by what they need
            ready = [model for model in waiting if _needs(model) <= done]
            for model in ready:
                kind = "view" if model["model"] in views else "table"
                sql = model["sql"].replace("'landing/", f"'{home.landing}/")
                con.execute(f"create {kind} {model['layer']}.{model['model']} as {sql}")
            done |= {f"{model['layer']}.{model['model']}" for model in ready}
            waiting = [model for model in waiting if model not in ready]


def _tests(home: Settings) -> None:
    """Every test of the data, as dbt compiled it, asked of the warehouse that was made."""
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        for path in sorted((home.dbt_target / "compiled").rglob("*.yml/*.sql")):
            con.execute(f"select count(*) from ({path.read_text(encoding='utf-8')})")


def _needs(model: dict) -> set[str]:
    """The tables and views a model reads, without landed files."""
    return {name for name in model["upstream"] if not name.startswith("landing.")}


def _line(what: str, work: Callable[[], object]) -> object:
    started, processor = perf_counter(), sum(os.times()[:4])
    result = work()
    print(f"| {what} | {perf_counter() - started:.1f} | {sum(os.times()[:4]) - processor:.1f} |", flush=True)
    return result


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
