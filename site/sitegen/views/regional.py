"""England and the regions on one indicator part: their lines, small charts and roll-ups. Shared by several pages."""

from dataclasses import dataclass

from sitegen import words
from sitegen.charts import Point, bounds, panel
from sitegen.data import ENGLAND
from sitegen.hub import Cell, Hub, newest
from sitegen.links import anchor

ROLLED_UP = "rolled up from areas"


@dataclass(frozen=True, slots=True)
class Line:
    """One area's line over the periods that all lines of the part share.

    `proof` is the address of the proof of all its figures, `proofs` of each one ("" where there is no figure).
    """

    area: str
    points: list[Point]
    cells: list[Cell]
    origin: str
    proof: str
    proofs: list[str]
    proof_words: str


def regional_lines(hub: Hub, key: tuple[str, str]) -> dict[str, Line]:
    """Return the line of England and each region, on one list of periods, keyed by region code.

    A region's line is what the publisher gives for it; only a region without any published figure shows its
    roll-up. The two are never mixed in one line. Undated and mixed period bases keep the basis held most often.
    """
    chosen = _chosen(hub, key)
    bases = [row.period_basis for rows, _ in chosen.values() for row in rows]
    if not bases:
        return {}
    basis = max(sorted(set(bases)), key=bases.count)
    periods = sorted(
        {
            (str(row.period_end or ""), row.period_label)
            for rows, _ in chosen.values()
            for row in rows
            if row.period_basis == basis
        }
    )
    part = hub.parts[key]
    return {
        code: _line(hub, code, [row for row in rows if row.period_basis == basis], periods, part, origin)
        for code, (rows, origin) in chosen.items()
    }


def _chosen(hub: Hub, key: tuple[str, str]) -> dict[str, tuple[list, str]]:
    """The rows of each region's line and where they are from."""
    chosen = {}
    for code in hub.nations:
        published = [row for row in hub.series.get((*key, code), []) if row.value is not None]
        if published:
            origin = "worked out by the hub from published figures" if published[-1].derivation else "published"
            chosen[code] = (hub.series[(*key, code)], origin)
        elif rolled := [row for row in hub.rollups.get((*key, code), []) if row.value is not None]:
            chosen[code] = (rolled, ROLLED_UP)
    return chosen


def shown_rollups(hub: Hub, key: tuple[str, str]) -> list:
    """The roll-ups of areas that pages show: each region's latest, those of lines, and those of measures of PSAs."""
    latest = [newest(hub.rollups[(*key, code)]) for code in hub.nations if (*key, code) in hub.rollups]
    lines = [row for rows, origin in _chosen(hub, key).values() if origin == ROLLED_UP for row in rows]
    of_psas = [
        row
        for code in hub.nations
        for row in hub.rollups.get((*key, code), [])
        if (*key, code, row.period_label, row.period_basis) in hub.assurance.figures
    ]
    return [
        row for row in dict.fromkeys([*latest, *lines, *of_psas]) if row.value is not None and row.method != "published"
    ]


def _line(hub: Hub, code: str, rows: list, periods: list[tuple], part, origin: str) -> Line:
    """Lay one area's rows on the shared periods; a period without a row says so."""
    found = {row.period_label: row for row in rows}
    points, cells, proofs = [], [], []
    rolled = origin == ROLLED_UP
    for _, label in periods:
        row = found.get(label)
        status = getattr(row, "status", "final") if row else "final"
        proofs.append("" if row is None else hub.rollup_proof(part, row) if rolled else hub.proof(part, row))
        # a figure under another definition is a break in the line: it stands in the table only
        drawn = row is not None and not hub.other_definition(part, row.definition_version)
        points.append(Point(label, row.value if drawn else None, firm=status != "provisional"))
        if row is None:
            cells.append(Cell("no figure held", missing=True))
        else:
            mark, correction = getattr(row, "mark", None), getattr(row, "correction_code", None)
            cell = hub.cell(row.value, mark, part, row.definition_version, correction)
            note = cell.note or ("provisional" if status == "provisional" else "")
            cells.append(Cell(cell.text, cell.missing, "" if cell.missing else note))
    proof = f"{hub.proof(part)}#{'rollups' if rolled else anchor(code)}"
    return Line(hub.name(code), points, cells, origin, proof, proofs, "Areas added" if rolled else "Cell")


def panels(lines: dict[str, Line], part) -> list[dict]:
    """Small charts of the regions on one scale, against England unless England is their sum."""
    regions = [(code, line) for code, line in lines.items() if code != ENGLAND]
    other = lines[ENGLAND].points if compares_with_england(lines, part) else []
    marks = bounds([*(line.points for _, line in regions), other])
    if not regions or not marks or len(regions[0][1].points) < 2:
        return []
    return [
        {
            "name": line.area,
            "last": line.cells[-1],
            "period": line.points[-1].label,
            "origin": line.origin,
            "chart": panel(f"panel-{code}", f"{part.title}: {line.area} against England", line.points, other, marks),
        }
        for code, line in regions
    ]


def compares_with_england(lines: dict[str, Line], part) -> bool:
    """Whether a region's line means something beside England's: not for counts."""
    return ENGLAND in lines and part.aggregation_rule != "sum" and part.unit != "number"


def rollup_view(hub: Hub, row, part) -> dict:
    """One roll-up as tables show it: value or reason, method, coverage in words, the publisher's own figure."""
    cell = (
        hub.cell(row.value, None, part, row.definition_version)
        if row.value is not None
        else Cell("not combined", missing=True)
    )
    return {
        "code": row.region_code,
        "name": hub.name(row.region_code),
        "period": row.period_label,
        "cell": cell,
        "method": words.say(words.METHOD, row.method),
        "coverage": covered(row) if row.areas_due else "no areas due",
        "cover": words.COVER.get(row.cover, ""),
        "reason": row.reason or "",
        "reconciled": row.reconciled or "",
        "proof": hub.rollup_proof(part, row),
        "proof_words": "Areas added"
        if row.value is not None and row.method != "published"
        else "Cell"
        if row.published_value is not None
        else "Rule",
        "published": hub.cell(row.published_value, None, part, row.definition_version)
        if row.published_value is not None
        else Cell("none held", missing=True),
    }


def covered(row) -> str:
    """How many areas are in, and how many of their people: `11 of 12 areas reported, 97% of people`."""
    said = f"{row.areas_reporting or 0} of {row.areas_due} areas reported"
    if row.population_share is None or row.areas_reporting in (0, None, row.areas_due):
        return said
    return f"{said}, {int(100 * row.population_share)}% of people"


def rollup_table(hub: Hub, part, codes: list[str] | None = None) -> list[dict]:
    """The latest roll-up of England and each region for one part."""
    key = (part.indicator_code, part.part)
    return [
        rollup_view(hub, newest(hub.rollups[(*key, code)]), part)
        for code in codes or hub.nations
        if (*key, code) in hub.rollups
    ]
