"""Rows of the published file by key, and which keys were asked for: what a page was made of.

Belongs here: reading rows by key, noting which were asked for, a digest of what each key holds. Does not belong here:
the SQL of a record (data.py, judged.py ...), what is done with digests (notes.py).
"""

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count

from sitegen import data

ALL, KEYS = "*", "*keys"  # asked for by who goes through a whole lookup, or through its keys
FEW = 3  # keys nobody foresaw that are read one by one; after that all are read
MOST = 2**62
NUMBER = count()  # of the tables that keep rows
Asked = tuple[int, Hashable]


class Lookup(Mapping):
    """The rows of a query by the named columns; `asked` is what has been asked for.

    A key of one column is its value, of several (or of none: all rows are of one key) a tuple; `single` keeps one row a
    key. Keys are in the query's order.
    Rows are read at once, for keys that are foreseen, or when they are asked for; where `streamed` they come one key
    after another and are not kept, for tables of which each key is asked for once, in their order.
    """

    def __init__(self, con, query: str, names: tuple[str, ...], *, single=False, streamed=False, raw="", shown="t.*"):
        """Name the query; nothing is read yet.

        `raw` is what the query is made from by the columns `shown`, in the same order, where these take long to make.
        """
        self.con, self.query, self.names = con, query, names
        self.single, self.streamed, self.raw, self.shown = single, streamed, raw or query, shown
        self.table = f"rows_{next(NUMBER)}"  # of this lookup, or of all that keep the same rows
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
        return iter(list(self._rows if self._whole else self.digests))

    def __len__(self) -> int:
        self.asked[KEYS] = None
        return len(self._rows if self._whole else self.digests)

    def items(self):
        """Every key with its rows."""
        self.read_all()
        self.asked[ALL] = None
        return self._rows.items()

    def values(self):
        """The rows of every key."""
        return dict(self.items()).values()

    @property
    def rows(self) -> list:
        """All rows in the query's order."""
        return list(self.values()) if self.single else [row for some in self.values() for row in some]

    def read_all(self) -> None:
        """Read every row that has not been."""
        if not self._whole:
            self._rows, self._whole = self._by(data.rows(self.con, self.query)), True

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
        self._keep()
        query = f"select {self.shown} from {self.table} t semi join (select {wanted}) on {same} order by t.rowid"
        self._rows |= self._by(data.rows(self.con, query, columns))

    def prepare(self) -> None:
        """Make ready for every key to be asked for."""
        if self.streamed:
            self._stream()
        else:
            self.read_all()

    def foresee(self, asked: Iterable[Hashable]) -> None:
        """Read what will be asked for."""
        if ALL in asked:
            self.read_all()
        else:
            self.read([key for key in asked if key != KEYS and key in self.digests])

    def _stream(self) -> None:
        self._ahead = data.groups(self.con, self.query, *self.names)

    @cached_property
    def digests(self) -> dict[Hashable, object]:
        """Of every key a number that tells its rows from others, or the same rows in another order."""
        names = "".join(f"{name}, " for name in self.names)
        if self._whole or self._ahead is not None:  # no single keys will be read; without a limit nothing is sorted
            source, at = f"(select * from ({self.raw}) limit {MOST})", "row_number() over ()"
        else:
            self._keep()
            source, at = self.table, "rowid"
        rows = f"select {names} hash(t) as _told, {at} as _at from {source} t"
        answer = self.con.execute(
            f"select {names} hash(list(_told order by _at)) from ({rows}) group by all order by min(_at)"
        )
        return {key[0] if len(key) == 1 else tuple(key): told for *key, told in answer.fetchall()}

    def _keep(self) -> None:
        """Have the rows in a table, in their order, from which those of single keys are read in no time."""
        self.con.execute(f"create temp table if not exists {self.table} as {self.raw}")

    def digest(self, asked: Hashable) -> object:
        """What tells the rows asked for from others; None where there are none."""
        if asked not in (ALL, KEYS):
            return self.digests.get(asked)
        return sha(list(self.digests.items() if asked == ALL else self.digests))

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


class Tables:
    """All lookups of one build, and the rows that every page may rest on."""

    def __init__(self, con, *, at_once: bool):
        """Read rows `at_once`, for a build that makes every page, or when they are asked for."""
        self.con, self.at_once = con, at_once
        self.lookups: list[Lookup] = []
        self._fixed: list[tuple] = []
        self._tables: dict[str, str] = {}

    def fixed(self, query: str) -> list:
        """The rows of a small table: any change of them reaches every page."""
        rows = data.rows(self.con, query)
        self._fixed.append((query, rows))
        return rows

    def by(self, query: str, *names: str, **how) -> Lookup:
        """The rows of a query by key (see `Lookup`)."""
        lookup = Lookup(self.con, query, names, **how)
        lookup.table = self._tables.setdefault(lookup.raw, lookup.table)
        self.lookups.append(lookup)
        if self.at_once:
            lookup.prepare()
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

    def digest(self, asked: Asked) -> object:
        """What tells the rows asked for from others."""
        return self.lookups[asked[0]].digest(asked[1])

    def told(self) -> str:
        """What tells the fixed rows from others."""
        return sha(self._fixed)


def sha(value: object) -> str:
    """A short name for a value that has the same text whenever it is the same."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
