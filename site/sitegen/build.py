"""Builds the site: finds its pages, renders on the cores there are those that the site before has not, and counts.

Belongs here: what a whole site is made of, and in which order. Does not belong here: what a page holds (views/), how it
is known that a page is the same (notes.py), processes (crew.py).
"""

import gc
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path

from sitegen import broken, crew, notes
from sitegen.data import Published
from sitegen.exports import Exports
from sitegen.files import Twins, publish_beside
from sitegen.folder import Folder
from sitegen.frozen import Release
from sitegen.hub import Hub
from sitegen.lookup import Tables
from sitegen.notes import Made, Notes
from sitegen.render import Site
from sitegen.views import (
    Files,
    Page,
    Pages,
    Piece,
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
RUN = 16  # pages that a process takes at a time
EVERY = 50  # pages between two words of progress
MANY = 4  # where more than one piece in so many is to be made, all rows are read at once


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
    changed are links to its (`kept`), the rest are `written`; pages whose notes (notes.py) say that they cannot have
    changed are not made again (`rendered` counts the others). With more than one of `cores` this process forks, which
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
        tell("pages", made, max(made, len(builder.pieces)))

    con = Published(Path(published))
    gc.disable()  # a million rows that all stay: looking for garbage among them takes a third of the reading
    try:
        with broken.told("what all pages share"):
            builder = Builder(con, Folder(out, before), [Release(Path(folder)) for folder in frozen])
            builder.read()
        gc.enable()
        con.close()
        answers = crew.share_out(builder.render, cores, heard)
        builder.note(chain.from_iterable(made.items() for _, made in answers)).write(notes.path_of(Path(out)))
    finally:
        gc.enable()
        con.close()
    tell("pages", made, made)
    return dict(sorted(sum((counts for counts, _ in answers), Counter()).items()))


class Builder:
    """One build: what all pages look up, the pieces the site is made of, and which of them the site before has."""

    def __init__(self, con: Published, folder: Folder, kept: list[Release]):
        """Find every piece; without notes of a site before, all rows that pages look up are read too."""
        self.con, self.folder, self.frozen = con, folder, kept
        self.code = notes.code()
        self.before = notes.read(folder.before, self.code)
        self.tables = Tables(con, self.before and self.before.digests)
        self.hub = Hub(self.tables)
        self.twins, self.exports = Twins(self.tables), Exports(self.tables)
        sizes = publish_beside(con.path, folder)
        self.published = self.tables.facts({"sha256": _sha256(con.path), "sizes": sizes})
        self.site = Site(folder, illustrative=self.hub.illustrative, known_on=self.hub.known_on)
        self.site.env.globals["feeds"] = self.tables.facts(releases.followed(self.hub, kept))
        self.site.env.globals["delivery"] = self.hub.delivery_path
        self.hub.settle()
        self.shared = self.tables.asked()
        self.pieces = {piece.path: piece for piece in broken.told_each(self._pieces())}
        self.tables.asked()
        self.unchanged: dict[str, Made] = {}

    def read(self) -> None:
        """Find which pieces the site before has, and read the rows that the others will ask for."""
        self.said = {name: notes.said(piece) for name, piece in self.pieces.items()}
        self.digests = self.tables.digests
        if self.before is None:
            return
        found = self.before.unchanged(self.tables)
        self.unchanged = {name: made for name, made in found.items() if self.said.get(name) == made.said}
        to_make = [name for name in self.pieces if name not in self.unchanged]
        if len(to_make) * MANY > len(self.pieces):
            for lookup in self.tables.lookups:
                lookup.prepare()
            return
        foreseen: dict[int, dict[Hashable, None]] = defaultdict(dict)
        for name in to_make:
            for number, key in self.before.made[name].asked if name in self.before.made else ():
                foreseen[number][key] = None
        for number, keys in foreseen.items():
            self.tables.lookups[number].foresee(keys)

    def render(self, mine: crew.Mine, heard: crew.Heard) -> tuple[Counter[str], dict[str, Made]]:
        """Make every piece that is `mine`; return how many files of each kind, how many were written or kept, notes."""
        counts: Counter[str] = Counter()
        made: dict[str, Made] = {}
        unheard = 0
        for number, run in enumerate(runs(self.pieces.values())):
            for piece in run if mine(number) else ():
                old = self.unchanged.get(piece.path)
                one = made[piece.path] = old if old and self.folder.keep(old.files) else self._make(piece)
                counts.update(one.counts)
                pages = sum(one.counts.values()) if not isinstance(piece, Files) else 0
                counts["rendered"] += pages if one is not old else 0
                unheard += pages
                if unheard >= EVERY:
                    heard(unheard)
                    unheard = 0
        heard(unheard)
        return counts + self.folder.counts, made

    def note(self, made: Iterable[tuple[str, Made]]) -> Notes:
        """The notes of this site, of which `made` are all pieces."""
        by_name = dict(made)
        ordered = {name: by_name[name] for name in self.pieces}
        return Notes(self.code, self.tables.told(), self.digests, self.shared, ordered)

    def pages(self, path: str) -> Iterator[Page]:
        """Pages whose address may be `path`, or that are found together with it."""
        for name, piece in self.pieces.items():
            if isinstance(piece, Page) and name == path:
                yield piece
            elif isinstance(piece, Pages) and path.startswith(name.removesuffix(".html")):
                yield from piece.make()

    def _make(self, piece: Piece) -> Made:
        """Make a piece, and note what it asked for and which files it has."""
        counts: Counter[str] = Counter()
        self.folder.names.clear()
        if isinstance(piece, Files):
            with broken.told(f"files of the kind {piece.kind}"):
                counts[piece.kind] += piece.make()
        else:
            for page in broken.told_each(piece.make(), piece.path) if isinstance(piece, Pages) else [piece]:
                with broken.told(page.path, page.template):
                    self.site.write(page)
                counts[page.kind] += 1
        return Made(self.said[piece.path], self.tables.asked(), list(self.folder.names), dict(counts))

    def _file(self, kind: str, path: str, make: Callable[[Hub], str]) -> Files:
        """A file of which a function tells the text."""
        return Files(kind, path, partial(_put, self.folder, path, make, self.hub))

    def _pieces(self) -> Iterator[Piece]:
        """All that the site is made of; the longest work first."""
        hub, folder = self.hub, self.folder
        return chain(
            self.twins.files(hub, folder),
            self.exports.files(hub, folder),
            [
                Files("atom", "releases/atom", partial(releases.write_files, hub, self.frozen, folder)),
                Files("static", "static/", self.site.copy_static),
                self._file("search", "static/search-index.js", home.search_index),
                self._file("search", "static/search-words.js", reference.search_words),
                self._file("ics", "releases/calendar.ics", calendar.ics),
                Pages("index.html", partial(home.pages, hub)),
                Pages("data.html", partial(downloads.pages, hub, self.con, self.published)),
                Pages("releases/", partial(releases.pages, hub, self.frozen)),
                Pages("releases/calendar", partial(calendar.pages, hub)),
                Pages("lineage/", partial(lineage.pages, hub)),
                Pages("rules.html", partial(rules.pages, hub)),
                Pages("methods/", partial(reference.pages, hub)),
                Pages("as-at/", partial(as_at.pages, hub, self.frozen)),
            ],
            quality.pages(hub),
            office.pages(hub),
            psa.pages(hub),
            scorecard.pages(hub),
            partnership.pages(hub),
            exceptions.pages(hub),
            review.pages(hub),
            indicator.pages(hub),
            area.pages(hub),
            peers.pages(hub),
            funnel.pages(hub),
            target.pages(hub),
            proof.pages(hub),
            compare.pages(hub),
            pack.pages(hub),
            revisions.pages(hub),
            audit.pages(hub),
        )


def runs(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that one process makes: files of a kind, which come from one long answer, or some pages of a kind."""
    for (is_files, _), of_kind in groupby(pieces, lambda one: (isinstance(one, Files), _together(one))):
        while run := list(of_kind if is_files else islice(of_kind, RUN)):
            yield run


def _together(piece: Piece) -> str:
    """What pieces that one process makes one after another have in common."""
    return piece.path if isinstance(piece, Pages) else piece.kind


def _put(folder: Folder, name: str, make: Callable[[Hub], str], hub: Hub) -> int:
    """Write one file; return the count of it."""
    return folder.put(name, make(hub))


def _sha256(path: Path) -> str:
    """What tells a file from others."""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
