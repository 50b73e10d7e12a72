"""Atom feeds of changes: one an area, partnership, NI and Government Office, an entry for each pair of releases.

Belongs here: the form of a feed. Does not belong here: what changed (changes.py). Days come from the releases, never
from a clock.
"""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from sitegen.changes import SUBJECTS, TOLD_OF_A_SUBJECT, Changes, line, say
from sitegen.format import slug

URN = "urn:local-performance-hub"


class Pair(NamedTuple):
    """Two releases, the day the later one is as at (ISO), and what changed."""

    old: str
    new: str
    day: str
    changes: Changes

    @property
    def name(self) -> str:
        """How the pair is called in addresses."""
        return f"{self.old}..{self.new}"


def write(
    pairs: list[Pair], folder: Path, *, pages: bool = False, offices: dict[str, tuple[str, str]] | None = None
) -> int:
    """Write <folder>/<area, partnership, ni, go>/<code>.atom, newest pair first; returns how many feeds.

    With `pages`, entries lead to the pages of pairs that lie beside the folder. `offices` names of an area's code the
    code and name of its Government Office.
    """
    feeds: dict[tuple[str, str], list[str]] = defaultdict(list)
    about: dict[tuple[str, str], tuple[str, str, str]] = {}
    for pair in reversed(pairs):
        found = {subject: pair.changes.by(subject) for subject in SUBJECTS}
        found["go"] = by_office(found["area"], offices or {})
        for subject, changed in found.items():
            for code, (name, counts, rows) in changed.items():
                key = (subject, code)
                about.setdefault(key, (name, pair.day, code))
                feeds[key].append(_entry(pair, f"{URN}:{subject}:{code}", name, say(counts), rows, pages))
    for (subject, code), entries in feeds.items():
        name, day, _ = about[subject, code]
        target = folder / subject / f"{slug(code)}.atom"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            feed(f"{URN}:{subject}:{code}", f"Changes: {name}", f"{day}T00:00:00Z", entries),
            encoding="utf-8",
            newline="\n",
        )
    return len(feeds)


def by_office(areas: dict, offices: dict[str, tuple[str, str]]) -> dict:
    """The changes of areas added up by Government Office; of their rows the first ones of each area in turn."""
    found: dict[str, tuple[str, dict[str, int], list]] = {}
    for code, (_, counts, rows) in areas.items():
        if code in offices:
            office, name = offices[code]
            _, total, kept = found.setdefault(office, (name, {}, []))
            for kind, number in counts.items():
                total[kind] = total.get(kind, 0) + number
            kept += rows[: TOLD_OF_A_SUBJECT - len(kept)]
    return found


def feed(urn: str, title: str, updated: str, entries: list[str]) -> str:
    """A whole feed of entries, which are XML already; `updated` is a moment as Atom writes it."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>{text(urn)}</id>\n<title>{text(title)}</title>\n<updated>{updated}</updated>\n"
        f"<author><name>Local Performance Hub</name></author>\n{''.join(entries)}</feed>\n"
    )


def _entry(pair: Pair, urn: str, name: str, sentence: str, rows: list, pages: bool) -> str:
    more = "" if not pages else f'<link rel="alternate" href={quoteattr(f"../../{pair.name}.html")}/>\n'
    lines = "".join(f"\n{line(row)}" for row in rows)
    return (
        f"<entry>\n<id>{text(f'{urn}:{pair.name}')}</id>\n"
        f"<title>{text(f'{name}: {sentence} ({pair.old} to {pair.new})')}</title>\n"
        f"<updated>{pair.day}T00:00:00Z</updated>\n{more}"
        f'<content type="text">{text(sentence + lines)}</content>\n</entry>\n'
    )


def text(said: object) -> str:
    """Text for XML: escaped, and without the control characters no XML may hold."""
    return escape("".join(mark for mark in str(said) if mark >= " " or mark in "\n\t"))
