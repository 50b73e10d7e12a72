"""`hub feeds`: which feeds there are.

Belongs here: how the list is shown. Does not belong here: what is in it (sources/feeds/*.yaml).
"""

from __future__ import annotations

import json
import sys

from rich.console import Console
from rich.table import Table

from sources.registry import load_feeds

SHOWN = ("key", "family", "publisher", "indicators", "title")


def feeds(*, as_json: bool) -> int:
    """Print the feeds: a table for a person, tab-separated lines for a pipe, JSON when asked for."""
    specs = list(load_feeds().values())
    if as_json:
        told = (*SHOWN, "cadence", "folder", "files", "contact_page", "public_url")
        print(json.dumps([{name: getattr(spec, name) for name in told} for spec in specs], indent=2))
        return 0
    rows = [[spec.key, spec.family, spec.publisher, ", ".join(spec.indicators), spec.title] for spec in specs]
    if not sys.stdout.isatty():
        print("\n".join("\t".join(row) for row in (SHOWN, *rows)))
        return 0
    table = Table(*SHOWN, title=f"{len(specs)} feeds")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    return 0
