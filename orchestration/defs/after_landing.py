"""The assets from the warehouse on, put together.

Belongs here: which there are, in the order they run. Does not belong here: the assets themselves (warehouse.py,
release.py), nor anything that a build does not need: jobs, sensors and schedules take a second to import.
"""

from __future__ import annotations

import dagster as dg

from orchestration.defs.release import release_assets
from orchestration.defs.warehouse import warehouse_asset
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings


def after_landing(settings: Settings, watch: Watch = SILENT) -> list[dg.AssetsDefinition]:
    """Warehouse, data and site: they work with whatever has landed."""
    warehouse = warehouse_asset(settings, watch)
    return [warehouse, *release_assets(settings, marts_of(warehouse), watch)]


def marts_of(warehouse: dg.AssetsDefinition) -> list[dg.AssetKey]:
    """The tables of the warehouse that are published."""
    return sorted((key for key in warehouse.keys if key.path[0] == "marts"), key=lambda key: key.path)
