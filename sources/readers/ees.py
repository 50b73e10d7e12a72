"""Explore education statistics pairs: a data CSV and the .meta.csv that describes it.

Belongs here: turning a pair's own metadata into a layout. Does not belong here: whether the pair keeps the
publisher's rules (ees_rules). Source: FORMATS section 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from quality.issues import Issue, Refused, refuse
from sources.readers.ees_rules import check_data, check_meta
from sources.readers.grid import decode, read_grids
from sources.readers.table import Table, read_tables
from sources.registry import AreaCode, AreaRule, Dimension, FeedSpec, Layout, Measure, PeriodRule

META_COLUMNS = ("col_name", "col_type", "label", "indicator_unit", "filter_grouping_column")
PLACES = (
    "country_code", "country_name", "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
    "lad_code", "lad_name",
)  # fmt: skip
# other levels' columns are known to the standard, but no area of the framework
OTHER_PLACES = (
    r"/(?:pcon|ward|lsip|rsc_region_lead|sponsor|opportunity_area|school|provider|institution|trust|mat|"
    r"local_enterprise_partnership|local_skills_improvement_plan_area|english_devolved_area|parliamentary_constituency|"
    r"planning_area|police_force_area|estab|laestab|urn|ukprn)(?:_\w+)?\Z/"
)
PERIOD = PeriodRule(basis="academic_year", column="time_period", identifier="time_identifier")
AREAS = (
    AreaRule(when={"geographic_level": "national"}, find=(AreaCode(area="E92000001"),)),
    AreaRule(
        when={"geographic_level": "regional"},
        find=(
            AreaCode(scheme="gss", code="region_code", called="region_name"),
            AreaCode(name="region_name", types=("region", "region_part")),
        ),
    ),
    *(
        AreaRule(when={"geographic_level": level, name: "not available"}, outside="areas the publisher does not know")
        for level, name in (("local authority", "la_name"), ("local authority district", "lad_name"))
    ),
    AreaRule(
        when={"geographic_level": "local authority"},
        find=(
            AreaCode(scheme="gss", code="new_la_code", called="la_name"),
            AreaCode(scheme="dcsf", code="old_la_code", called="la_name"),
        ),
    ),
    AreaRule(
        when={"geographic_level": "local authority district"},
        find=(AreaCode(scheme="gss", code="lad_code", called="lad_name"),),
    ),
    AreaRule(outside="rows of schools, trusts or other levels that are no area of the framework"),
)


@dataclass(frozen=True)
class Variable:
    """One line of the metadata: a filter or an indicator."""

    name: str
    kind: str
    label: str
    unit: str
    decimals: int | None
    group: str


def read_pair(data: bytes, meta: bytes | None, spec: FeedSpec, file: str) -> tuple[list[Table], list[Issue]]:
    """The data as a table, laid out by its metadata or, for a feed with measures of its own, by the feed's YAML.

    Raises:
        Refused: the pair breaks a rule of the publisher's that makes its numbers unsafe to read.
    """
    grids = read_grids(data, file)
    if grids[0].issues:
        said = grids[0].issues[0].message.split("; it was read")[0] + "."
        raise refuse("utf8", said, "The publisher's standard is UTF-8.", file=file)
    issues: list[Issue] = []
    variables: list[Variable] = []
    if meta is not None:
        variables, issues = read_meta(meta, file)
    elif not spec.layouts:
        raise refuse(
            "companion", "its metadata file (.meta.csv) is missing, so no column can be told from another.",
            "Give the .meta.csv beside the data file, under the same name.", file=file,
        )  # fmt: skip
    else:
        said = "its metadata file (.meta.csv) is missing; the feed's own description was used."
        issues.append(Issue("warning", "companion", said, "Keep the pair together.", file))
    try:
        layouts = tuple(_placed(layout) for layout in spec.layouts) or (_layout_of(variables, file),)
        tables = read_tables(grids, layouts, file)
        for table in tables:
            issues += check_data(table, variables, grids[0], file)
    except Refused as refused:  # what was wrong before is part of the reason
        raise Refused(*refused.issues, *issues) from refused
    return tables, issues


def read_meta(content: bytes, file: str) -> tuple[list[Variable], list[Issue]]:
    """The variables of a .meta.csv and what is wrong with it."""
    name = file.removesuffix(".csv") + ".meta.csv"
    _, unlike_utf8 = decode(content, name)
    if unlike_utf8:
        raise refuse("utf8", unlike_utf8[0].message.split("; it was read")[0] + ".", unlike_utf8[0].remedy, file=name)
    grid = read_grids(content, name)[0]
    header = [cell.strip() for cell in grid.rows[0]]
    missing = [column for column in META_COLUMNS if column not in header]
    if missing:
        tabs = "; its cells are separated by tabs, not commas" if "\t" in grid.rows[0][0] else ""
        check = "separator" if tabs else "columns"
        said = f"the metadata misses the columns {', '.join(map(repr, missing))}{tabs}."
        raise refuse(check, said, "Save it as CSV (commas) with the publisher's columns.", file=name, row=1)
    variables = []
    for row in grid.rows[1:]:
        cells = dict(zip(header, [cell.strip() for cell in row], strict=False))
        if cells.get("col_name"):
            places = cells.get("indicator_dp", "")
            group = cells.get("filter_grouping_column", "")
            decimals = int(places) if places.isdigit() else None
            label, unit = cells.get("label", ""), cells.get("indicator_unit", "")
            variables.append(Variable(cells["col_name"], cells.get("col_type", ""), label, unit, decimals, group))
    return variables, check_meta(variables, name)


def _placed(layout: Layout) -> Layout:
    """A feed's EES layout with the standard's time and place columns, areas and periods filled in."""
    columns = {role: (role,) for role in ("time_period", "time_identifier", "geographic_level")}
    return layout.model_copy(
        update={
            "columns": {**columns, **layout.columns},
            "optional": {**{role: (role,) for role in PLACES}, **layout.optional},
            "ignored": (*layout.ignored, OTHER_PLACES),
            "areas": AREAS,
            "period": PERIOD,
        }
    )


def _layout_of(variables: list[Variable], file: str) -> Layout:
    """A layout from metadata alone: filters become dimensions, indicators measures under their own names."""
    filters = [v for v in variables if v.kind.lower() == "filter"]
    indicators = [v for v in variables if v.kind.lower() == "indicator"]
    if not indicators:
        raise refuse("columns", "the metadata names no indicator column.", file=file.removesuffix(".csv") + ".meta.csv")
    groups = [v.group for v in filters if v.group and v.group not in {f.name for f in filters}]
    named = [v.name for v in (*filters, *indicators)] + list(dict.fromkeys(groups))
    dimensions = {v.name: Dimension(columns=(v.name,), totals=("Total", "All")) for v in filters}
    dimensions |= {group: Dimension(columns=(group,), totals=("Total", "All")) for group in groups}
    measures = tuple(
        Measure(
            indicator=f"EES {v.name}", value=v.name, dimensions=dimensions, title=v.label or v.name,
            unit=UNITS.get(v.unit, "number"), decimals=v.decimals,
        )
        for v in indicators
    )  # fmt: skip
    base = Layout(
        name="its own metadata",
        columns={name: (name,) for name in named},
        areas=AREAS,
        period=PERIOD,
        measures=measures,
    )
    return _placed(base)


UNITS = {
    "": "number",
    "%": "percent",
    "pp": "percentage_points",
    "£": "pounds",
    "£m": "pounds_million",
    "numberstring": "text",
}
