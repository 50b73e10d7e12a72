"""What went wrong with a page, in a sentence: which page, which template or query, which line.

Belongs here: turning an error into words for who writes templates and views. Does not belong here: preventing it.
"""

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from jinja2 import TemplateSyntaxError

SITE = Path(__file__).resolve().parent.parent
# where an error passes through, not where it is made
READERS = ("data.py", "broken.py", "build.py", "render.py", "lookup.py")


class NotMade(Exception):
    """Something of the site could not be made; says what, and what is wrong where."""


@contextmanager
def told(what: str, template: str = "") -> Iterator[None]:
    """Say of what goes wrong within that it went wrong with `what`, a page's path or words.

    Raises:
        NotMade: something went wrong.
    """
    try:
        yield
    except NotMade:
        raise
    except Exception as problem:
        raise NotMade(sentence(problem, what, template)) from problem


def told_each(pages: Iterable, first: str = "the first page") -> Iterator:
    """Yield pages, and say which was the last one before something went wrong with finding the next.

    Raises:
        NotMade: something went wrong.
    """
    last = first
    try:
        for page in pages:
            last = f"the page after {page.path}"
            yield page
    except NotMade:
        raise
    except Exception as problem:
        raise NotMade(sentence(problem, last)) from problem


def sentence(problem: Exception, what: str, template: str = "") -> str:
    """Name the page, the template it is rendered from, the line at fault, and the fault."""
    of = f" (template {template})" if template else ""
    fault = " ".join(str(problem).split()) or type(problem).__name__
    if isinstance(problem, duckdb.Error):
        fault = f"the query there fails: {fault}"
    elif not _is_of_jinja(problem):
        fault = f"{type(problem).__name__}: {fault}"
    return f"Could not make {what}{of}: {_place(problem)}: {fault}"


def _is_of_jinja(problem: Exception) -> bool:
    return type(problem).__module__.startswith("jinja2")


def _place(problem: Exception) -> str:
    """File and line at fault: the innermost one that a person of this project wrote."""
    if isinstance(problem, TemplateSyntaxError):
        return f"{_name(Path(problem.filename or problem.name or 'template'))}, line {problem.lineno}"
    frames = [(Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(problem.__traceback__)]
    ours = [
        (path, line)
        for path, line in frames
        if path.suffix == ".html" or (path.is_relative_to(SITE) and path.name not in READERS)
    ]
    path, line = (ours or frames)[-1]
    return f"{_name(path)}, line {line}"


def _name(path: Path) -> str:
    """A file's path as a person of this project says it."""
    return path.relative_to(SITE.parent).as_posix() if path.is_relative_to(SITE.parent) else path.name
