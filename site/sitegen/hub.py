"""All that the pages show, looked up by key.

Belongs here: which rows are looked up by what, and how one value reads. Does not belong here: SQL
(data.py), what a page holds (views/), HTML.
"""

from dataclasses import dataclass
from functools import cached_property, partial

from sitegen import data, format, words
from sitegen.assurance import Assurance
from sitegen.compared import Compared
from sitegen.data import ENGLAND, by
from sitegen.history import History
from sitegen.judged import Judged
from sitegen.links import Links, anchor, family
from sitegen.lookup import Tables

OTHER_THEME = "Other measures"
NO_REASON = "missing; the hub holds no reason, which is a fault to report"
PAGED_TYPES = (*words.LOCAL_TYPES, "region", "police_force", "primary_care_trust")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value as it reads: its text, whether that text stands for a missing value, and a qualification."""

    text: str
    missing: bool = False
    note: str = ""


class Hub:
    """The published file, grouped for the pages."""

    def __init__(self, tables: Tables):
        """Name every table the pages use. Rows of the framework are read; a change of them reaches every page."""
        fixed = {name: tables.fixed(query) for name, query in data.FRAMEWORK.items()}
        self.areas = {row.area_code: row for row in fixed["areas"]}
        self.known_on = next((row.as_at for row in fixed["edition"]), None)
        self.illustrative: bool = fixed["illustrative"][0].illustrative
        self.regions, self.psas, self.successors = fixed["regions"], fixed["psas"], fixed["successors"]
        self.feeds = {row.feed: row for row in fixed["feeds"]}
        self.marks = {row.mark: row for row in fixed["marks"]}
        self.tables, self.columns, self.macros = fixed["tables"], by(fixed["columns"], "table_name"), fixed["macros"]
        self.models = {row.model: row for row in fixed["models"]}
        self.column_sources = by(fixed["column_sources"], "model", "column_name")
        self.tests = by(fixed["tests"], "model")
        self.parents = by(fixed["memberships"], "child_code")
        self.children = by(fixed["memberships"], "parent_code")
        self.psa_links = by(fixed["psa_links"], "psa_number")
        self.indicators = by(fixed["indicators"], "indicator_code")
        self.corrections = by(fixed["corrections"], "correction_code", single=True)
        self.definitions = by(fixed["definitions"], "indicator_code", "part")
        self.parts = {(row.indicator_code, row.part): row for row in fixed["indicators"]}
        self.place = {key: place for place, key in enumerate(self.parts)}
        of = {name: partial(tables.by, query) for name, query in data.QUERIES.items()}
        self.deliveries = of["deliveries"]("delivery_id", single=True)
        self.deliveries_of = of["deliveries"]("feed")
        there = any(row.table_name == "fct_arrival" for row in self.tables)
        self.arrivals, self.coming = of["arrivals"]() if there else tables.facts({}), of["coming"]()
        self.disclosure, self.disclosure_tables = of["disclosure"](), of["disclosure_tables"]()
        self.partnerships = of["partnerships"]("partnership_code", single=True)
        self.issue_counts, self.issues_of = of["issue_counts"]("feed"), of["issue_counts"]("delivery_id")
        self.issue_samples = of["issue_samples"]("feed")
        self._cell_issues = of["cell_issues"]("delivery_id")
        self._issues_by_row: dict[str, dict] = {}
        self._totals = of["totals"]()
        self.held = of["held"]("indicator_code", "part", single=True)
        self.kinds_held = of["kinds_held"]("indicator_code")
        self.files = of["used_files"]("indicator_code", "part")
        self.breakdowns = of["breakdowns"]("indicator_code", "part")
        self.latest = of["latest"]("indicator_code", "part")
        self.latest_of_area = of["latest"]("area_code")
        self.series = of["series"]("indicator_code", "part", "area_code")
        self.rollups = of["rollups"]("indicator_code", "part", "region_code")
        self.evidence = tables.by(data.EVIDENCE, "indicator_code", "part", streamed=True)
        self.operands = tables.by(data.OPERANDS, "indicator_code", "part", streamed=True)
        self.judged, self.assurance, self.compared = Judged(tables), Assurance(tables), Compared(tables)
        self.history = History(tables)

    def settle(self) -> None:
        """Find at once what all pages share, so that no page is noted as the one that asked for it."""
        for name, found in vars(type(self)).items():
            if isinstance(found, cached_property):
                getattr(self, name)

    @property
    def totals(self):
        """How many figures, areas, indicators and deliveries there are."""
        return self._totals.rows[0]

    @cached_property
    def codes_held(self) -> set[str]:
        """Indicators with at least one observation."""
        return {code for code, _ in self.held}

    @cached_property
    def paged_areas(self) -> list:
        """Areas with a page of their own, by name: those of the framework's main kinds, and any with data."""
        held = set(self.latest_of_area)
        return [row for row in self.areas.values() if row.area_type in PAGED_TYPES or row.area_code in held]

    @cached_property
    def links(self) -> Links:
        """Addresses of all pages."""
        return Links(
            list(self.indicators),
            [row.area_code for row in self.paged_areas],
            {row.region_code: row.region_name for row in self.regions},
        )

    def headline(self, code: str):
        """The part of an indicator that stands for it."""
        return self.indicators[code][0]

    def path(self, part) -> str:
        """Address of an indicator part's page."""
        return self.links.indicator(part.indicator_code, part.part, self.headline(part.indicator_code).part)

    def proof(self, part, row=None) -> str:
        """Address of the proof of a part's figures, or of the one in `row` (area_code, period_label, period_basis)."""
        page = self.links.proof(part.indicator_code, part.part, self.headline(part.indicator_code).part)
        if row is None:
            return page
        nation = row.area_code in self.nations
        return f"{page if nation else self.proof_of_areas(part, self.region_of(row.area_code))}#{self.figure_id(row)}"

    def proof_of_areas(self, part, region_code: str) -> str:
        """Address of the proof of the figures of a region's areas."""
        return f"{self.proof(part)[:-5]}.{region_code}.html"

    def delivery_path(self, delivery_id: str) -> str:
        """Address of what is said of a delivery, on the page of its feed."""
        found = self.deliveries.get(delivery_id)
        return f"{self.links.feed(found.feed)}#{delivery_id}" if found else "quality.html"

    def region_of(self, area_code: str) -> str:
        """Region of an area; `none` for one of which the framework knows none."""
        area = self.areas.get(area_code)
        return (area and area.region_code) or "none"

    def has_themes(self, area) -> bool:
        """Whether an area's figures have a page a theme: those with an agreement, and regions, have very many."""
        return bool(area.in_laa_2008 or area.in_laa_2009 or area.area_code in self.nations)

    def theme(self, part) -> str:
        """The theme a part is listed under."""
        return part.theme if part.framework == "NI" and part.theme else OTHER_THEME

    def area_figure(self, area_code: str, part) -> str | None:
        """Address of an area's latest figure on a part, where the area has a page."""
        page = self.links.area(area_code)
        if page and self.has_themes(self.areas[area_code]):
            page = self.links.area_theme(area_code, self.theme(part))
        return page and f"{page}#{format.slug(f'{part.indicator_code} {part.part}')}"

    def figure_id(self, row) -> str:
        """Fragment of a total on its part's proof page: England and the regions have one a period."""
        nation = row.area_code in self.nations
        return anchor(row.area_code, *((row.period_label, row.period_basis) if nation else ()))

    def rollup_page(self, part, row) -> str:
        """Address of the page that shows what the roll-ups of a part in one period add up."""
        return f"{self.proof(part)[:-5]}.{format.slug(row.period_label)}.{format.slug(row.period_basis)}.html"

    def rollup_proof(self, part, row) -> str:
        """Address of the proof of a roll-up; where areas are not added, of the publisher's figure or the rule."""
        if row.value is not None and row.method != "published":
            return f"{self.rollup_page(part, row)}#{anchor(row.region_code)}"
        if row.published_value is not None:
            return f"{self.proof(part)}#{anchor(row.region_code, row.period_label, row.period_basis)}"
        return f"{self.links.model('rollup_region')}#sql"

    def target(self, row) -> str:
        """Address of the page of a commitment."""
        head = self.headline(row.indicator_code).part
        return self.links.target(row.area_code, row.indicator_code, row.part, row.commitment_type, head)

    def beside_others(self, row) -> str | None:
        """Address of how an area stands to others on a measure, in what has area_code, indicator_code and part."""
        if (row.area_code, row.indicator_code, row.part) not in self.compared.measures or not self.links.area(
            row.area_code
        ):
            return None
        name = format.slug(f"{row.indicator_code} {row.part}")
        return f"{self.links.peers(row.area_code, family(row.indicator_code))}#{name}"

    def funnel(self, part) -> str | None:
        """Address of the funnel of a part, if there is one."""
        held = (part.indicator_code, part.part) in self.compared.funnels
        return self.path(part).replace("ni/", "funnel/", 1) if held else None

    def map(self, part) -> str | None:
        """Address of the map of councils on a part, if there is one."""
        if (part.indicator_code, part.part) not in self.compared.mapped:
            return None
        head = self.headline(part.indicator_code).part
        return self.links.areas_of_kind(part.indicator_code, part.part, head, "map")

    def title(self, part) -> str:
        """Title of a part where its indicator is not named beside it."""
        head = self.headline(part.indicator_code)
        return part.title if part is head or part.title != head.title else f"{part.title}: {self.part_title(part)}"

    def part_title(self, part) -> str:
        """How a part is called where its indicator is named; a part titled like its indicator is not said twice."""
        head = self.headline(part.indicator_code)
        if part.part_title and part.part_title != head.title:
            return part.part_title
        return "Headline measure" if part is head else words.words(part.part)

    def name(self, area_code: str) -> str:
        """Name of an area or partnership; its code where the framework has no name for it."""
        if area_code in self.areas:
            return self.areas[area_code].area_name
        found = self.partnerships.get(area_code)
        return found.partnership_name if found else area_code

    def cell_issues(self, delivery_id: str, sheet: str, row_number: int) -> list:
        """Warnings about one row of a file."""
        rows = self._cell_issues.get(delivery_id, [])
        if rows and delivery_id not in self._issues_by_row:
            self._issues_by_row[delivery_id] = by(rows, "sheet", "row_number")
        return self._issues_by_row[delivery_id].get((sheet, row_number), []) if rows else []

    def cell(
        self, value: float | None, mark: str | None, part, version: int | None = None, correction: str | None = None
    ) -> Cell:
        """How one value of an indicator part reads.

        Its unit is told where another version of the definition holds, and that it is corrected where it is.
        """
        why = self.marks[mark].shown_as if mark in self.marks else (mark or "").replace("_", " ")
        if correction and value is not None:
            why = "; ".join(filter(None, (why, words.CORRECTED)))
        if value is None:
            return Cell(why or NO_REASON, missing=True)
        if other := self.other_definition(part, version):
            unit = f"{words.unit(other.unit)}, definition {version}"
            return Cell(format.figure(value, other.decimals, other.unit), note="; ".join(filter(None, (unit, why))))
        return Cell(format.figure(value, part.decimals, part.unit), note=why)

    def other_definition(self, part, version: int | None):
        """The definition a figure follows where that is not the part's as shown, else None."""
        found = self.definitions.get((part.indicator_code, part.part), [])
        return next((row for row in found if row.definition_version == version != part.definition_version), None)

    def areas_of_region(self, region_code: str, laa_only: bool = True) -> list:
        """Local Area Agreement areas of a region, by name."""
        return [
            row
            for row in self.areas.values()
            if row.region_code == region_code and (not laa_only or row.in_laa_2008 or row.in_laa_2009)
        ]

    @cached_property
    def nations(self) -> list[str]:
        """England and its regions, in the order tables list them."""
        return [ENGLAND, *(row.region_code for row in self.regions)]


def newest(rows: list):
    """The row of the latest period; undated periods follow their label."""
    return max(rows, key=lambda row: (row.period_end is not None, str(row.period_end or ""), row.period_label))
