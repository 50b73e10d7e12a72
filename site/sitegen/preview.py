"""Pages as the templates of this moment make them, for who writes templates: nothing is written.

Belongs here: finding and rendering one page at a time. Does not belong here: a server (orchestration's `hub serve`).
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from sitegen import broken
from sitegen.build import Builder
from sitegen.data import Published
from sitegen.folder import Folder
from sitegen.frozen import Release
from sitegen.render import HERE
from sitegen.views import Page


class Preview:
    """The pages of one published file. The first look at a page searches for it; after that it is known."""

    def __init__(self, published: Path, frozen: Iterable[Path] = ()):
        """Read what pages look up: seconds for a large file."""
        self._folder = tempfile.TemporaryDirectory(prefix="hub-preview-")
        kept = [Release(folder) for folder in frozen]
        self._builder = Builder(Published(published), Folder(Path(self._folder.name)), kept)
        self._builder.site.env.auto_reload = True
        self._known: dict[str, Page] = {}
        self._lock = Lock()

    def page(self, path: str) -> str | None:
        """Render the page at a path of the site; None where the site has none.

        Raises:
            NotMade: template or query is at fault; says where.
        """
        with self._lock:
            page = self._known.get(path) or next(
                (found for found in broken.told_each(self._builder.pages(path)) if found.path == path), None
            )
            if page is None:
                return None
            self._known[path] = page
            with broken.told(path, page.template):
                return self._builder.site.render(page.collected())

    @staticmethod
    def static(path: str) -> bytes | None:
        """A style sheet or script as it is now, or None."""
        place = (HERE / path).resolve()
        inside = place.is_relative_to(HERE / "static") and place.is_file()
        return place.read_bytes() if inside else None
