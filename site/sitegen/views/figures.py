"""Figures and roll-ups as rows of proof: for a table, and as data for programs.

Belongs here: what one row says. Does not belong here: which rows a page of proof has (proof.py).
"""

from datetime import date

from sitegen import format, words
from sitegen.hub import Hub
from sitegen.links import anchor

# What a roll-up's method counts of each area: columns of OPERANDS, and how tables head them.
COUNTED = {"sum": ("counted_value",)}
HEADS = {"counted_value": "Counted", "numerator": "Numerator counted", "denominator": "Denominator counted"}


def figure(hub: Hub, part, row, files: dict, name: str) -> dict:
    """One figure and its cell: `data` for programs, the rest as the table shows it."""
    cell = hub.cell(row.value, row.mark, part, row.definition_version, row.correction_code)
    measure = hub.other_definition(part, row.definition_version) or part
    correction = hub.corrections.get(row.correction_code)
    data = {
        "id": name,
        "area_code": row.area_code,
        "area": row.area_name,
        "period": row.period_label,
        "period_basis": row.period_basis,
        "dimensions": row.dimensions,
        "shown": cell.text,
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "mark": row.mark,
        "suppressed_by": row.suppressed_by,
        "status": row.status,
        "known_from": plain(row.known_from),
        "revision": row.revision,
        "file": files.get((row.delivery_id, row.source_file)),
        "sheet": row.source_sheet,
        "rows": row.source_rows,
        "column": row.source_column,
        "text": row.source_text,
        "rule": row.derivation,
        "definition_version": row.definition_version if measure is not part else None,
        "correction": correction and correction_data(correction),
        "issues": cell_issues(hub, row),
    }
    return {
        "name": name,
        "of": row.dimensions.replace(";", "; ").replace("=", ": ") or hub.name(row.area_code),
        "period": row.period_label,
        "cell": cell,
        "exact": exact(row.value, measure.decimals),
        "counted": [counts(row.numerator, row.denominator) or "not given"],
        "number": data["file"],
        "place": place(row),
        "column": row.source_column or "not named",
        "text": row.source_text or ("(hidden by the hub)" if row.suppressed_by == "hub" else "(empty)"),
        "rule": row.derivation or "",
        "correction": corrected(part, correction) if correction else "",
        "issues": data["issues"],
        "data": {key: value for key, value in data.items() if value not in (None, "", [])},
    }


def operand(hub: Hub, part, row, files: dict, method: str) -> dict:
    """One area's figure in a roll-up, with the numbers as they were counted."""
    item = figure(hub, part, row, files, "")
    counted = {name: getattr(row, name) for name in counted_columns(method)}
    if row.operand_part != part.part:
        item["data"]["part"] = row.operand_part
        item["of"] = f"{item['of']}: {hub.part_title(hub.parts[part.indicator_code, row.operand_part])}"
    item["data"]["counted"] = {name.removeprefix("counted_"): value for name, value in counted.items()}
    return item | {"counted": [format.number(value, None) or "left out" for value in counted.values()]}


def counted_columns(method: str) -> tuple[str, ...]:
    """What a method counts of each area: its value, or numerator and denominator."""
    return COUNTED.get(method, ("numerator", "denominator"))


def rollup_line(hub: Hub, part, row) -> dict:
    """One roll-up: its value, what it is the ratio or sum of, and the areas it covers."""
    published = f"{hub.proof(part)}#{anchor(row.region_code, row.period_label, row.period_basis)}"
    data = {
        "id": anchor(row.region_code),
        "area_code": row.region_code,
        "area": hub.name(row.region_code),
        "period": row.period_label,
        "period_basis": row.period_basis,
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "method": row.method,
        "cover": row.cover,
        "boundaries_on": plain(row.boundaries_on),
        "areas_reporting": row.areas_reporting,
        "areas_due": row.areas_due,
        "published_value": row.published_value,
        "published_proof": published.removeprefix("proof/") if row.published_value is not None else None,
    }
    cell = hub.cell(row.value, None, part, row.definition_version)
    return {
        "name": anchor(row.region_code),
        "area": hub.name(row.region_code),
        "period": row.period_label,
        "counted": [HEADS[name] for name in counted_columns(row.method)],
        "cell": cell,
        "exact": exact(row.value, part.decimals),
        "method": row.method,
        "method_words": words.say(words.METHOD, row.method),
        "counts": counts(row.numerator, row.denominator),
        "coverage": f"{row.areas_reporting} of {row.areas_due}",
        "cover": words.say(words.COVER, row.cover),
        "boundaries": format.day(row.boundaries_on),
        "published": None
        if row.published_value is None
        else hub.cell(row.published_value, None, part, row.definition_version),
        "published_path": published,
        "path": hub.rollup_proof(part, row),
        "data": {key: value for key, value in (data | {"shown": cell.text}).items() if value is not None},
    }


def counts(numerator: float | None, denominator: float | None) -> str:
    """Write what stands above and below the line: `12 / 345`."""
    if numerator is None and denominator is None:
        return ""
    return " / ".join(
        "not given" if value is None else format.number(value, None) for value in (numerator, denominator)
    )


def place(row) -> str:
    """Name sheet and rows of a file: `sheet Table 6, row 14`."""
    rows = format.source_rows(row.source_rows) if row.source_rows else ""
    return ", ".join(filter(None, [f"sheet {row.source_sheet}" if row.source_sheet else "", rows]))


def cell_issues(hub: Hub, row) -> list[str]:
    """Warnings about the rows and columns a figure was read from."""
    columns = (row.source_column or "").split(" / ")
    return [
        issue.message
        for number in (row.source_rows or "").split("+")
        if number.isdigit()
        for issue in hub.cell_issues(row.delivery_id, row.source_sheet or "", int(number))
        if not issue.column_name or issue.column_name in columns
    ]


def plain(value: date | None) -> str | None:
    """A day or moment as ISO text."""
    return value.isoformat() if value else None


def correction_data(row) -> dict:
    """A correction for programs, with the figure it puts right as it was last published."""
    data = {
        "code": row.correction_code,
        "decided_on": plain(row.decided_on),
        "reason": row.reason,
        "source": row.source,
        "published_value": row.original_value,
    }
    return {key: value for key, value in data.items() if value is not None}


def corrected(part, row) -> str:
    """What a correction did to a figure, in words; a part worked out from the corrected one only rests on it."""
    own = (row.indicator_code, row.part) == (part.indicator_code, part.part)
    was = f", where the publisher gives {plain_number(row.original_value)}" if own else ", in what it rests on"
    known = f"{row.correction_code}, {format.day(row.decided_on)}"
    return f"Corrected by the hub ({known}){was}: {row.reason}. Basis: {row.source}."


def exact(value: float | None, decimals: int | None) -> str:
    """The value in full where the figure as shown is rounded."""
    if value is None or float(format.number(value, decimals).replace(",", "").replace(format.MINUS, "-")) == value:
        return ""
    return plain_number(value)


def plain_number(value: float | None) -> str:
    """A number in full, as it is stored."""
    return "none" if value is None else repr(value).removesuffix(".0").replace("-", format.MINUS)
