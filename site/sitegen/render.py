"""Templates and writing: turns a Page into a file.

Belongs here: the Jinja environment, what every page gets, relative addresses. Does not belong here: what a page says.
"""

from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sitegen import assurance, format, judged_words, twins, words
from sitegen.folder import Folder
from sitegen.narrative import narrative
from sitegen.views import Page

HERE = Path(__file__).resolve().parent.parent
# One text for the meta tag of every page and the header of `hub serve`: all a page needs lies beside it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
NAVIGATION = (
    ("Areas", "area/index.html", "area/"),
    ("Indicators", "ni/index.html", "ni/"),
    ("Agreements", "laa/index.html", "laa/"),
    ("Partnerships", "partnership/index.html", "partnership/"),
    ("Exceptions", "exceptions/index.html", "exceptions/"),
    ("Government Offices", "go/index.html", "go/"),
    ("PSAs", "psa/index.html", "psa/"),
    ("Releases", "releases/index.html", "releases/"),
    ("Data", "data.html", "data.html"),
    ("Rules", "rules.html", "rules.html"),
    ("About", "about.html", "about.html"),
)


def direction(code: str | None) -> Markup:
    """A direction of travel as a shape and a word."""
    code = words.SAME_DIRECTION.get(code, code)
    shape, word = words.DIRECTION.get(code, ("", words.words(code)))
    mark = f'<i aria-hidden="true">{shape}</i> ' if shape else ""
    css = f"hub-direction--{format.slug(code or 'none')}"
    return Markup(f'<span class="{css}">{mark}{escape(word)}</span>')


class Site:
    """Renders pages into a folder; every address it writes is relative, so the folder works from any place."""

    def __init__(self, folder: Folder, *, illustrative: bool, known_on: date | None = None):
        """Prepare the templates; `known_on` is the day whose knowledge is shown, if it is not today's."""
        self.folder = folder
        self.edition = "Illustrative data" if illustrative else "published"
        self.env = Environment(
            loader=FileSystemLoader([HERE / "pages", HERE / "components"]),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.globals.update(
            navigation=NAVIGATION, illustrative=illustrative, known_on=known_on, direction=direction
        )
        self.env.globals.update(content_security_policy=CONTENT_SECURITY_POLICY)
        self.env.globals.update(status=judged_words.status, light=judged_words.light, quality=assurance.quality)
        self.env.filters.update(
            day=format.day, plural=format.plural, words=words.words, unit=words.unit, narrative=narrative
        )

    def render(self, page: Page) -> str:
        """Return one page, for which all is collected, as HTML."""
        root = "../" * page.path.count("/")
        twin = page.path.rpartition("/")[2].removesuffix(".html") if page.rows or page.data else None
        return self.env.get_template(page.template).render(
            page.context, root=root, path=page.path, page=page.kind, twin=twin
        )

    def write(self, page: Page) -> None:
        """Render one page to its place, and what lies beside it."""
        page = page.collected()
        self.folder.put(page.path, self.render(page))
        for name, content in twins.write(page, self.edition):
            self.folder.put(name, content)

    def copy_static(self) -> int:
        """Copy style sheets and scripts; return how many."""
        found = [path for path in sorted((HERE / "static").rglob("*")) if path.is_file()]
        for path in found:
            self.folder.put(f"static/{path.relative_to(HERE / 'static').as_posix()}", path.read_bytes())
        return len(found)
