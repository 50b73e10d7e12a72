"""What each kind of page holds: one module a kind, each yields Page objects and nothing is written here."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Page(NamedTuple):
    """One page to render: its kind, its path in the site, its template and what the template gets.

    `context` may be a function that collects it: it is called only if the page is rendered, by the process that does.
    `rows` are what the page shows as the marts hold it, or a function that gets them, written beside it as CSV and
    JSON: all their columns, or `columns`. `data` makes another JSON of what was collected, for a page whose rows hold
    more than a table can.
    """

    kind: str
    path: str
    template: str
    context: dict | Callable[[], dict]
    data: Callable[[dict], dict] | None = None
    rows: Sequence | Callable[[], Sequence] = ()
    columns: tuple[str, ...] = ()

    def collected(self) -> "Page":
        """This page with all that it shows."""
        context = self.context() if callable(self.context) else self.context
        return self._replace(context=context, rows=self.rows() if callable(self.rows) else self.rows)


class Pages(NamedTuple):
    """Pages that are made together: which there are is known only from what they show.

    `path` is how their addresses begin, or that of the first, and then the others begin as it does.
    """

    path: str
    make: Callable[[], Iterable[Page]]


class Files(NamedTuple):
    """Files that are made together: their kind, the address of the first, what writes and counts them."""

    kind: str
    path: str
    make: Callable[[], int]


# What a site is made of. What a page is made from comes from the hub's lookups when it is made; whatever a view hands
# on is said in the arguments of a `partial` of a function with a name, so that a change of it is seen (build.py).
Piece = Page | Pages | Files
