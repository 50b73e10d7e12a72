"""The illustrative edition: invented deliveries in the publishers' own formats, from one seed.

Belongs here: writing such deliveries. Does not belong here: any shortcut around the feeds: what is written here is
landed through the same descriptions and readers as real files. Same seed, same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sources.demo.delivery import Written
    from sources.demo.schedule import Preset

SEED = 2008
AGREEMENTS = "agreements"  # targets, partnerships and returns, which are made of one another
ARRIVALS = ["path", "published_on", "received_on"]
MADE_FROM = ("sources/demo", "sources/feeds", "dbt_project/seeds")  # what decides the bytes, beside the arguments


def write_edition(
    out: Path, preset: Preset, seed: int = SEED, scale: int = 1, progress: Callable[[str], None] = lambda feed: None
) -> int:
    """Write every delivery under the empty or absent folder `out`, as <publisher folder>/<file>, and arrivals.csv.

    `scale` puts scale - 1 small areas under each council. Returns the number of files; `progress` hears what is done:
    each feed of observations, and the agreements (targets, partnerships and returns).
    """
    from concurrent.futures import as_completed

    from sources.demo.edition import LOOK_UP
    from sources.demo.schedule import printed
    from sources.workers import workers

    shutil.rmtree(out, ignore_errors=True)
    arrivals: list[list[str]] = []
    groups = [AGREEMENTS, LOOK_UP, *printed()]
    with workers(len(groups)) as pool:
        begun = {pool.submit(_write, group, out, preset, seed, scale): group for group in groups}
        for done in as_completed(begun):
            arrivals += done.result()
            progress(begun[done])
    (out / "fingerprint").write_text(fingerprint(preset, seed, scale))
    listed = io.StringIO()
    csv.writer(listed, lineterminator="\n").writerows([ARRIVALS, *sorted(arrivals, key=lambda row: (row[2], row[0]))])
    (out / "arrivals.csv").write_text(listed.getvalue(), encoding="utf-8")
    return len(arrivals)


def fingerprint(preset: Preset, seed: int = SEED, scale: int = 1) -> str:
    """A text that is the same as long as `write_edition` would write the same bytes."""
    checkout = Path(__file__).resolve().parents[2]
    told = hashlib.sha256(f"{preset} {seed} {scale}".encode())
    for folder in MADE_FROM:
        for path in sorted((checkout / folder).rglob("*")):
            if path.suffix in (".py", ".yaml", ".csv"):
                told.update(path.read_bytes())
    return told.hexdigest()


def _write(group: str, out: Path, preset: Preset, seed: int, scale: int) -> list[list[str]]:
    """Write what can be made without the rest, and list when it came."""
    from sources.registry import load_feeds

    arrivals = []
    for written in _files(group, preset, seed, scale):
        path = out / load_feeds()[written.feed].folder / written.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written.content)
        arrivals.append([str(path.relative_to(out)), f"{written.published_on}", f"{written.received_on}"])
    return arrivals


def _files(group: str, preset: Preset, seed: int, scale: int) -> Iterator[Written]:
    from sources.demo.edition import deliveries

    if group == AGREEMENTS:
        yield from agreements(preset, seed)[0]
    else:
        for made in deliveries(preset, seed, scale, group):
            yield from made.files


def agreements(preset: Preset, seed: int = SEED) -> tuple[list[Written], dict]:
    """Targets, partnerships and returns: their files, and the ledger of the rows meant, by kind."""
    from sources.demo.annual_outturns import outturns_for_targets
    from sources.demo.commitments import write
    from sources.demo.geography import Geography
    from sources.demo.schedule import rounds

    every = Geography(preset.regions).every
    laa = every[(every["in_laa_2008"] == "true") | (every["in_laa_2009"] == "true")]
    laa = laa.assign(**{column: laa[column] == "true" for column in ("in_laa_2008", "in_laa_2009")})
    return write(seed, laa.reset_index(drop=True), outturns_for_targets(preset, seed), rounds(preset.rounds))
