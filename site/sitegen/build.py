"""Builds the site: opens the published file, renders every page, counts them by kind."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import duckdb

from sitegen import exports
from sitegen.files import publish_beside, write_twins
from sitegen.frozen import Release
from sitegen.hub import Hub
from sitegen.render import Site
from sitegen.views import (
    area,
    calendar,
    downloads,
    exceptions,
    funnel,
    home,
    indicator,
    lineage,
    office,
    partnership,
    peers,
    proof,
    psa,
    quality,
    releases,
    review,
    rules,
    scorecard,
    target,
)

Progress = Callable[[str, int, int], None]


def build(
    published: Path, out: Path, *, frozen: Iterable[Path] = (), progress: Progress | None = None
) -> dict[str, int]:
    """Render the published file into the folder `out`; return how many pages of each kind were written.

    `published` is hub.duckdb, opened read-only; csv/ and parquet/ beside it become downloads. `frozen` are the
    folders of frozen releases to list, in their order. `progress` is called with a stage, how much of it is done and
    how much there is.
    """
    published, out = Path(published), Path(out)
    tell = progress or (lambda stage, done, total: None)
    con = duckdb.connect(str(published), read_only=True)
    try:
        tell("reading", 0, 1)
        hub = Hub(con)
        site = Site(out, illustrative=hub.illustrative, known_on=hub.known_on)
        site.copy_static()
        site.put("static/search-index.js", home.search_index(hub))
        sizes = publish_beside(published, out)
        kept = [Release(Path(folder)) for folder in frozen]
        due = calendar.expected(hub, con)
        site.put("releases/calendar.ics", calendar.ics(hub, due))
        pages = list(
            chain(
                home.pages(hub),
                office.pages(hub),
                psa.pages(hub),
                quality.pages(hub),
                downloads.pages(hub, con, sizes),
                releases.pages(hub, kept),
                calendar.pages(hub, due),
                lineage.pages(hub),
                scorecard.pages(hub),
                partnership.pages(hub),
                exceptions.pages(hub),
                rules.pages(hub),
                review.pages(hub),
            )
        )
        counts: Counter[str] = Counter()
        total = len(pages) + len(hub.indicators) + len(hub.paged_areas) + len(hub.held) + len(hub.judged.newest)
        total += len(hub.compared.areas)
        many = chain(
            indicator.pages(hub),
            area.pages(hub),
            peers.pages(hub, con),
            funnel.pages(hub, con),
            target.pages(hub),
            proof.pages(hub, con),
        )
        for done, page in enumerate(chain(pages, many), start=1):
            site.write(page)
            counts[page.kind] += 1
            if done % 50 == 0:
                tell("pages", done, max(total, done))
        tell("pages", sum(counts.values()), sum(counts.values()))
        counts["csv"] = write_twins(con, hub, out)
        counts["export"] = exports.write(con, hub, out)
        counts["atom"] = releases.write_files(kept, out)
    finally:
        con.close()
    return dict(sorted(counts.items()))
