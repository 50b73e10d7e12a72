"""`hub demo`: write the illustrative deliveries, and only that.

Belongs here: progress and the last line. Does not belong here: what is written (sources/demo).
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

from orchestration.commands.screen import Screen
from sources import demo


def write(out: Path, preset: str, seed: int, scale: int, rounds: int | None) -> int:
    """Write an edition into the folder `out`; returns 0, or 2 when the arguments make no edition."""
    from sources.demo.schedule import presets

    chosen = presets()[preset]
    if rounds is not None:
        chosen = chosen.model_copy(update={"rounds": rounds})
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / "arrivals.csv").exists())):
        print(f"{out} is there already and is no illustrative edition: name a new or empty folder.", file=sys.stderr)
        return 2
    started = monotonic()
    with Screen() as screen, screen.stage("demo", "drawing"):
        files = demo.write_edition(out, chosen, seed, scale, screen.advance)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(f"{files:,} illustrative deliveries, {size / 1e6:,.1f} MB, in {out} ({monotonic() - started:.1f} s)")
    return 0
