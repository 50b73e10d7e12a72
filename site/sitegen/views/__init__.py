"""What each kind of page holds: one module a kind, each yields Page objects and nothing is written here."""

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Page(NamedTuple):
    """One page to render: its kind, its path in the site, its template and what the template gets.

    `context` may be a function that collects it: where there are many pages, only the process that renders one calls
    its. `rows` are what the page shows as the marts hold it, written beside it as CSV and JSON: all their columns, or
    `columns`. `data` makes another JSON of what was collected, for a page whose rows hold more than a table can.
    """

    kind: str
    path: str
    template: str
    context: dict | Callable[[], dict]
    data: Callable[[dict], dict] | None = None
    rows: Sequence = ()
    columns: tuple[str, ...] = ()
