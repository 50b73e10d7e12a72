"""Builds the site: reads the published file, renders every page on the cores there are, counts them by kind.

Belongs here: what a whole site is made of, and in which order. Does not belong here: what a page holds (views/),
processes (crew.py).
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from sitegen import broken, crew, exports
from sitegen.data import Published
from sitegen.files import publish_beside, write_twins
from sitegen.folder import Folder
from sitegen.frozen import Release
from sitegen.hub import Hub
from sitegen.render import Site
from sitegen.views import (
    Page,
    area,
    as_at,
    audit,
    calendar,
    compare,
    downloads,
    exceptions,
    funnel,
    home,
    indicator,
    lineage,
    office,
    pack,
    partnership,
    peers,
    proof,
    psa,
    quality,
    reference,
    releases,
    review,
    revisions,
    rules,
    scorecard,
    target,
)

Progress = Callable[[str, int, int], None]
EVERY = 50  # pages between two words of progress


def build(
    published: Path,
    out: Path,
    *,
    frozen: Iterable[Path] = (),
    before: Path | None = None,
    cores: int = 1,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Render the published file into the empty folder `out`; return how many pages and files of each kind there are.

    `published` is hub.duckdb, opened read-only; csv/ and parquet/ beside it become downloads. `frozen` are the
    folders of frozen releases to list, in their order. `before` is the site of an earlier release: files that have not
    changed are links to its (`kept`), the rest are `written`. With more than one of `cores` this process forks, which
    one with threads must not (see __main__.py). `progress` is called with a stage, how much of it is done and how much
    there is.

    Raises:
        NotMade: a page, a query or a file could not be made; says which, and what is wrong where.
    """
    tell = progress or (lambda stage, done, total: None)
    tell("reading", 0, 1)
    made = 0

    def heard(more: int) -> None:
        nonlocal made
        made += more
        tell("pages", made, max(made, total))

    con = Published(Path(published))
    gc.disable()  # a million rows that all stay: looking for garbage among them takes a third of the reading
    try:
        with broken.told("what all pages share"):
            builder = Builder(con, Folder(out, before), [Release(Path(folder)) for folder in frozen])
        gc.enable()
        total = builder.expected()
        con.close()
        counts = crew.share_out(builder.render, cores, heard)
    finally:
        gc.enable()
        con.close()
    tell("pages", made, made)
    return dict(sorted(counts.items()))


class Builder:
    """One build: what was read for all pages, and what is made of it."""

    def __init__(self, con: Published, folder: Folder, kept: list[Release]):
        """Read what pages look up; the rows of the many pages stay in the file until their turn."""
        self.con, self.folder, self.kept = con, folder, kept
        self.hub = Hub(con)
        self.sizes = publish_beside(con.path, folder)
        self.site = Site(folder, illustrative=self.hub.illustrative, known_on=self.hub.known_on)
        self.site.env.globals["feeds"] = releases.followed(self.hub, kept)
        self.site.env.globals["delivery"] = self.hub.delivery_path
        self.due = calendar.expected(self.hub, con)

    def expected(self) -> int:
        """About how many pages there will be."""
        hub = self.hub
        return sum(map(len, (hub.indicators, hub.paged_areas, hub.held, hub.judged.newest, hub.compared.areas)))

    def render(self, mine: crew.Mine, heard: crew.Heard) -> Counter[str]:
        """Make every file and page that is `mine`; return how many of each kind, and how many were written or kept."""
        counts: Counter[str] = Counter()
        files = list(self._files())
        for number, (kind, make) in enumerate(files):
            if mine(number):
                with broken.told(f"files of the kind {kind}"):
                    counts[kind] += make()
        unheard = 0
        for number, page in enumerate(broken.told_each(self.pages()), start=len(files)):
            if mine(number):
                with broken.told(page.path, page.template):
                    self.site.write(page)
                counts[page.kind] += 1
                unheard += 1
                if unheard == EVERY:
                    heard(unheard)
                    unheard = 0
        heard(unheard)
        return counts + self.folder.counts

    def _files(self) -> Iterator[tuple[str, Callable[[], int]]]:
        """What lies beside the pages: kind, and what writes it and says how many; the longest work first."""
        hub, con, folder = self.hub, self.con, self.folder
        yield "csv", lambda: write_twins(con, hub, folder)
        yield "export", lambda: exports.write(con, hub, folder)
        yield "atom", lambda: releases.write_files(hub, self.kept, folder)
        yield "static", self.site.copy_static
        yield "search", lambda: folder.put("static/search-index.js", home.search_index(hub))
        yield "search", lambda: folder.put("static/search-words.js", reference.search_words(hub))
        yield "ics", lambda: folder.put("releases/calendar.ics", calendar.ics(hub, self.due))

    def pages(self) -> Iterator[Page]:
        """Every page of the site."""
        hub, con = self.hub, self.con
        return chain(
            home.pages(hub),
            office.pages(hub),
            psa.pages(hub),
            quality.pages(hub),
            downloads.pages(hub, con, self.sizes),
            releases.pages(hub, self.kept),
            calendar.pages(hub, self.due),
            lineage.pages(hub),
            scorecard.pages(hub),
            partnership.pages(hub),
            exceptions.pages(hub),
            rules.pages(hub),
            review.pages(hub),
            reference.pages(hub),
            as_at.pages(hub, con, self.kept),
            indicator.pages(hub),
            area.pages(hub),
            peers.pages(hub, con),
            funnel.pages(hub, con),
            target.pages(hub),
            proof.pages(hub, con),
            compare.pages(hub),
            pack.pages(hub),
            revisions.pages(hub, con),
            audit.pages(hub, con),
        )
