"""Release pages: the list of frozen releases, and what changed from each to the next."""

from collections.abc import Iterator

from sitegen import atom, format
from sitegen.changes import KINDS, SUBJECTS, figure, shown
from sitegen.folder import Folder
from sitegen.frozen import Release
from sitegen.hub import Hub
from sitegen.views import Page

EACH = 40  # rows of a kind that a page shows; the CSV beside it has all


def pages(hub: Hub, releases: list[Release]) -> Iterator[Page]:
    """Yield the list and a page for every pair of successive releases."""
    after = {release.manifest["supersedes"]: release for release in releases}
    listed = [_listed(release, after.get(release.name)) for release in reversed(releases)]
    yield Page("release_index", "releases/index.html", "releases.html", {"releases": listed})
    for release in releases:
        if release.pair:
            yield Page("changes", f"releases/{release.pair.name}.html", "changes.html", _changes(hub, release))


def offices(hub: Hub) -> dict[str, tuple[str, str]]:
    """Code and name of the Government Office of every area that has one."""
    names = {row.region_code: row.government_office for row in hub.regions}
    return {
        code: (row.region_code, names[row.region_code])
        for code, row in hub.areas.items()
        if row.region_code in names
    }  # fmt: skip


def followed(hub: Hub, releases: list[Release]) -> dict[str, str]:
    """The feed of every page that can be followed: address of the page, address of the feed."""
    page_of = {
        "area": hub.links.area,
        "partnership": hub.judged.partnership_path,
        "ni": lambda code: hub.path(hub.headline(code)) if code in hub.indicators else None,
        "go": hub.links.office,
    }
    of_area = offices(hub)
    found: dict[str, str] = {}
    for pair in (release.pair for release in releases if release.pair):
        codes = {subject: pair.changes.codes(subject) for subject in SUBJECTS}
        codes["go"] = sorted({of_area[code][0] for code in codes["area"] if code in of_area})
        for subject, some in codes.items():
            for code in some:
                if page := page_of[subject](code):
                    found[page] = f"releases/atom/{subject}/{format.slug(code)}.atom"
    return found


def write_files(hub: Hub, releases: list[Release], into: Folder) -> int:
    """Write what lies beside the pages: manifests, changes as CSV, Atom feeds; returns how many feeds."""
    for release in releases:
        into.put(f"releases/{release.name}.json", (release.folder / "manifest.json").read_bytes())
        if release.pair:
            into.put(f"releases/{release.pair.name}.csv", (release.folder / "changes.csv").read_bytes())
    pairs, folder = [release.pair for release in releases if release.pair], into.path / "releases" / "atom"
    written = atom.write(pairs, folder, pages=True, offices=offices(hub))
    into.names += [path.relative_to(into.path).as_posix() for path in sorted(folder.rglob("*.atom"))]
    return written


def _listed(release: Release, successor: Release | None) -> dict:
    said = release.manifest
    issues, tests = said["checks"]["quality_issues"], said["checks"]["tests"]
    return {
        "name": release.name,
        "as_at": format.iso_day(said.get("as_known_on") or said["as_at"]),
        "signed": said["signed"],
        "deliveries": len(said["inputs"]),
        "rows": sum(said["rows"].values()),
        "tests": sum(tests.values()),
        "issues": {severity: issues.get(severity, 0) for severity in ("error", "warning", "info")},
        "code": said["code"],
        "sentence": release.pair.changes.sentence() if release.pair else "",
        "pair": release.pair.name if release.pair else "",
        "before": said["supersedes"],
        "successor": successor.name if successor else "",
        "reason": successor.manifest["reason"] if successor else "",
    }


def _changes(hub: Hub, release: Release) -> dict:
    pair = release.pair
    counts = pair.changes.counts()
    kinds: dict[str, list] = {}
    for row in pair.changes.samples(EACH):
        kinds.setdefault(row.kind, []).append(_row(hub, row))
    sections = [
        {
            "id": format.slug(kind),
            "title": format.plural(counts[kind], *KINDS.get(kind, (kind, kind))),
            "rows": rows,
            "more": counts[kind] > len(rows),
        }
        for kind, rows in kinds.items()
    ]
    return {
        "pair": pair,
        "day": format.iso_day(pair.day),
        "reason": release.manifest["reason"],
        "sentence": pair.changes.sentence(),
        "csv": f"releases/{pair.name}.csv",
        "kinds": sections,
        "sections": [(section["id"], section["title"]) for section in sections],
    }


def _row(hub: Hub, row) -> dict:
    part = hub.parts.get((row.indicator_code, row.part)) or (
        hub.headline(row.indicator_code) if row.indicator_code in hub.indicators else None
    )
    return {
        "indicator": row.indicator_code or "",
        "title": hub.title(part) if part else row.part or "",
        "path": hub.path(part) if part else "",
        "place": shown(row, "area"),
        "area": hub.links.area(row.area_code) if row.area_code else None,
        "concerns": (row.concerns or "").replace("_", " "),
        "period": row.period_label or "",
        "before": _figure(row.before, part),
        "after": _figure(row.after, part),
        "why": row.why or "",
        "delivery": row.delivery_id if row.delivery_id in hub.deliveries else "",
        "file": row.source_file or "",
    }


def _figure(text: str | None, part) -> str:
    """A value as the indicator's figures are written; words, and numbers with words, as they are."""
    try:
        return format.figure(float(text), part.decimals, part.unit)
    except (TypeError, ValueError, AttributeError):
        return figure(text)
