"""What each kind of page holds: one module a kind, each yields Page objects and nothing is written here."""

from collections.abc import Callable
from typing import NamedTuple


class Page(NamedTuple):
    """One page to render: its kind, its path in the site, its template and what the template gets.

    `context` may be a function that collects it: where there are many pages, only the process that renders one calls
    its. `data` makes the page's content for programs of what was collected; it is written as JSON beside the page.
    """

    kind: str
    path: str
    template: str
    context: dict | Callable[[], dict]
    data: Callable[[dict], dict] | None = None
