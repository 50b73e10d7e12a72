"""Rows of the published file by key, and which keys were asked for: what a page was made of.

Belongs here: reading rows by key, noting which were asked for, a digest of what each key holds. Does not belong here:
the SQL of a record (data.py, judged.py ...), what is done with digests (notes.py).
"""

import hashlib
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from sitegen import data

ALL, KEYS = "*", "*keys"  # asked for by who goes through a whole lookup, or through its keys
FEW = 3  # keys nobody foresaw that are read one by one; after that all are read
Asked = tuple[int, Hashable]


class Lookup(Mapping):
    """The rows of a query by the named columns; `asked` is what has been asked for.

    A key of one column is its value, of several (or of none: all rows are of one key) a tuple; `single` keeps one row a
    key. Keys are in their own order. The query ends with the order of its rows, by columns that it has and
    without ties, so that the rows of a key tell their order too.
    Rows are read at once, for keys that are foreseen, or when they are asked for; where `streamed` they come one key
    after another and are not kept, for tables of which each key is asked for once, in their order.
    """

    def __init__(self, con, query: str, names: tuple[str, ...], *, single=False, streamed=False, shown="*"):
        """Name the query; nothing is read yet. Of its rows the columns `shown` are kept, the names among them."""
        self.con, self.names, self.single, self.streamed, self.shown = con, names, single, streamed, shown
        self.source, _, self.order = query.rpartition("order by")
        self.asked: dict[Hashable, None] = {}
        self._rows: dict = {}
        self._whole, self._unforeseen = False, 0
        self._ahead: Iterator[tuple[Hashable, list]] | None = None

    def __getitem__(self, key):
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key, default=None):
        """The rows of a key."""
        self.asked[key] = None
        found = self._rows.get(key)
        if found is None and not self._whole:
            found = self._late(key)
        return default if found is None else found

    def __contains__(self, key) -> bool:
        self.asked[key] = None
        return key in (self._rows if self._whole else self.digests)

    def __iter__(self) -> Iterator:
        self.asked[KEYS] = None
        return iter(list(self.digests))

    def __len__(self) -> int:
        self.asked[KEYS] = None
        return len(self.digests)

    def items(self):
        """Every key with its rows, in the query's order."""
        self.read_all()
        self.asked[ALL] = None
        return self._rows.items()

    def values(self):
        """The rows of every key, in the query's order."""
        return dict(self.items()).values()

    @property
    def rows(self) -> list:
        """All rows in the query's order."""
        return list(self.values()) if self.single else [row for some in self.values() for row in some]

    @cached_property
    def tables(self) -> set[str]:
        """The tables of the marts that the query names."""
        return set(re.findall(r"\bmarts\.(\w+)", self.source))

    @cached_property
    def digests(self) -> dict[Hashable, object]:
        """Of every key a number that tells its rows from others."""
        names = "".join(f"{name}, " for name in self.names)
        answer = self.con.execute(
            f"select {names} hash(sum(hash(t))) from ({self.source}) t group by all having count(*) > 0 order by all"
        )
        return {key[0] if len(key) == 1 else tuple(key): told for *key, told in answer.fetchall()}

    def read_all(self) -> None:
        """Read every row that has not been."""
        if not self._whole:
            self._rows, self._whole = self._by(data.rows(self.con, self._query())), True

    def read(self, keys: list) -> None:
        """Read the rows of some keys."""
        if not self.names:
            self.read_all()
        if self._whole or not keys:
            return
        parts = keys if len(self.names) > 1 else [(key,) for key in keys]
        columns = [[None if part is None else str(part) for part in column] for column in zip(*parts, strict=True)]
        wanted = ", ".join(f"unnest(?::varchar[]) as k{place}" for place in range(len(columns)))
        same = " and ".join(f"t.{name}::varchar is not distinct from k{at}" for at, name in enumerate(self.names))
        only = f"semi join (select {wanted}) on {same}"
        self._rows |= self._by(data.rows(self.con, self._query(only), columns))

    def prepare(self) -> None:
        """Make ready for every key to be asked for."""
        if self.streamed:
            self._ahead = data.groups(self.con, self._query(), *self.names)
        else:
            self.read_all()

    def foresee(self, asked: Iterable[Hashable]) -> None:
        """Read what will be asked for."""
        if ALL in asked:
            self.read_all()
        else:
            self.read([key for key in asked if key != KEYS and key in self.digests])

    def _query(self, only: str = "") -> str:
        return f"select {self.shown} from ({self.source}) t {only} order by {self.order}"

    def _late(self, key):
        """Rows that are not at hand: the stream comes to them, or they are read now."""
        if key not in self.digests:
            return None
        if self._ahead is not None:
            for found, rows in self._ahead:
                if found == key:
                    self._rows = {key: list(rows)}
                    return self._rows[key]
        self._unforeseen += 1
        if self._unforeseen > FEW:
            self.read_all()
        else:
            self.read([key])
        return self._rows[key]

    def _by(self, rows: list) -> dict:
        return data.by(rows, *self.names, single=self.single)


class Facts(Lookup):
    """What is known beside the published file, by key; noted like what is read from it."""

    def __init__(self, known: dict):
        super().__init__(None, "", ())
        self._rows, self._whole = known, True

    @cached_property
    def digests(self) -> dict[Hashable, object]:
        """Of every key a text that tells what is known from anything else."""
        return {key: sha(value) for key, value in self._rows.items()}


class Digests(NamedTuple):
    """What tells a published file from others: a number a table of the marts, and the digests of every lookup."""

    tables: dict[str, int]
    lookups: list[dict[Hashable, object]]


class Tables:
    """All lookups of one build, and the rows that every page may rest on."""

    def __init__(self, con, before: Digests | None = None):
        """Take the digests of the site before, made by the same code: a lookup of tables that are the same keeps its.

        Without them every page is made, and rows are read at once; else when they are asked for.
        """
        self.con, self.before = con, before
        self.lookups: list[Lookup] = []
        self._fixed: list[tuple] = []

    def fixed(self, query: str) -> list:
        """The rows of a small table: any change of them reaches every page."""
        rows = data.rows(self.con, query)
        self._fixed.append((query, rows))
        return rows

    def by(self, query: str, *names: str, **how) -> Lookup:
        """The rows of a query by key (see `Lookup`)."""
        lookup = Lookup(self.con, query, names, **how)
        if self.before is None:
            lookup.prepare()
        elif lookup.tables and lookup.tables <= self.same:
            lookup.digests = self.before.lookups[len(self.lookups)]
        self.lookups.append(lookup)
        return lookup

    def facts(self, known: dict) -> Facts:
        """Facts by key."""
        self.lookups.append(Facts(known))
        return self.lookups[-1]

    def asked(self) -> list[Asked]:
        """What was asked for since this was last called: which lookup, and which key."""
        found = []
        for number, lookup in enumerate(self.lookups):
            if lookup.asked:  # a page asks few of many lookups
                found += [(number, key) for key in lookup.asked]
                lookup.asked.clear()
        return found

    @cached_property
    def digests(self) -> Digests:
        """All that tells the published file from others."""
        return Digests(self.tables, [lookup.digests for lookup in self.lookups])

    @cached_property
    def tables(self) -> dict[str, int]:
        """Of every table of the marts a number that tells its rows from others."""
        answer = self.con.execute("select table_name from duckdb_tables() where schema_name = 'marts' order by all")
        told = "select hash(sum(hash(t))) from marts.{} t"
        return {name: self.con.execute(told.format(name)).fetchone()[0] for (name,) in answer.fetchall()}

    @cached_property
    def same(self) -> set[str]:
        """Tables that are as they were for the site before."""
        return {name for name, told in self.tables.items() if self.before.tables.get(name, 0) == told}

    def changed(self) -> set[Asked]:
        """What whoever asks for it gets another answer to than for the site before."""
        found: set[Asked] = set()
        for number, (old, new) in enumerate(zip(self.before.lookups, self.digests.lookups, strict=True)):
            if old is not new and (keys := {key for key in old | new if old.get(key) != new.get(key)}):
                found.update((number, key) for key in (*keys, ALL, *([KEYS] if old.keys() != new.keys() else [])))
        return found

    def told(self) -> str:
        """What tells the fixed rows from others."""
        return sha(self._fixed)


def sha(value: object) -> str:
    """A short name for a value that has the same text whenever it is the same."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
