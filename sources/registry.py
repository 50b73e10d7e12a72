"""The feeds: one YAML file each, checked against one schema.

Belongs here: what may be said about a feed. Does not belong here: how what is said is carried out (readers, canonical).
A new feed of a known shape is a new YAML file and nothing else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sources.yaml_files import read_yaml

FEEDS = Path(__file__).parent / "feeds"
KINDS = (
    "observations", "areas", "targets", "partnerships", "organisations", "responsibilities", "plans", "plan_links",
    "return_register", "returns", "actions", "agreed_statuses", "inspections",
)  # fmt: skip


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Strict(BaseModel):
    """Frozen, and unknown keys are errors: a typing slip in a YAML must not pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AreaCode(Strict):
    """One way to find a row's area: by `code` in `scheme`, by `name` among `types`, or a fixed `area`.

    `called` is the role of the name beside a code: only for telling which known name an unknown code is closest to.
    """

    scheme: str = ""
    code: str = ""
    name: str = ""
    types: Names = ()
    area: str = ""
    called: str = "name"


class AreaRule(Strict):
    """Rows for which every `when` pattern matches (role -> regex, whole cell, any case) take their area from `find`.

    `find` is tried in order. `outside` instead says why such rows are no area of the framework.
    """

    when: dict[str, str] = {}
    find: tuple[AreaCode, ...] = ()
    outside: str = ""


class PeriodRule(Strict):
    """Where a row's period stands and what kind it is (basis: see sources.periods)."""

    basis: str
    column: str = ""  # role; "period" when the headers carry it
    quarter: str = ""  # role of a quarter number beside a year
    identifier: str = ""  # role that names the basis row by row (EES time_identifier)
    files: dict[str, str] = {}  # file name regex -> label, for files that do not say
    published_offset_years: int | None = None  # label = year of publication + offset, when nothing else says
    otherwise: str = ""  # label of the release the feed describes, taken with a warning when nothing says
    undated: str = ""  # prefix of the label where the publisher's file does not date its periods
    expected: Names = ()  # periods a wide layout must have columns for: without one, its figures would vanish unseen


class Dimension(Strict):
    """A breakdown: the role(s) holding it, the word for its total, and whether one single word means no breakdown."""

    columns: Names
    totals: Names = ("Total",)
    constant_is_total: bool = False


class Measure(Strict):
    """One indicator part to take from a row.

    `value`, `numerator` and `denominator` are roles; several numerators are added. Without `value` it is
    `per` x numerator / denominator. `survey_base` is the number of unweighted answers. `add_rows` names the roles over
    which the rows of a key are added (values and numerators; the denominator is the one they share); rows alike in them
    repeat one another, except where `alike_when` matches: there the publisher labels different rows alike. `indicator`
    and `part` may hold {role}: one measure then serves every indicator of a file. What such a row names must be of the
    framework, unless `title` is the role of its name: then the file brings indicators of its own.
    """

    indicator: str
    part: str = "headline"
    value: str = ""
    numerator: Names = ()
    denominator: str = ""
    per: float = 1
    scale: float = 1
    lower_ci: str = ""
    upper_ci: str = ""
    survey_base: str = ""
    design_effect: str = ""
    flag: str = ""
    note: str = ""
    add_rows: Names = ()
    alike_when: dict[str, str] = {}
    when: dict[str, str] = {}
    dimensions: dict[str, Dimension] = {}
    title: str = ""
    unit: str = ""
    decimals: int | None = None

    def roles(self) -> list[str]:
        """Roles whose cells are read as numbers, value first."""
        others = (self.lower_ci, self.upper_ci, self.survey_base, self.design_effect)
        return [role for role in (self.value, *self.numerator, self.denominator, *others) if role]


class NoteMark(Strict):
    """A publisher's remark (regex) and the mark it stands for."""

    match: str
    mark: str


class Repeat(Strict):
    """Rows wrongly labelled alike: keep the one whose `column` holds all the others together; `reason` is published."""

    column: str
    reason: str


class Layout(Strict):
    """One arrangement of a file or sheet.

    `columns` maps roles to headers: the first that exists counts; /.../ is a regex, and a (?P<period>) group in it
    makes the layout wide. `(blank after X)` names a column without a header. A header that is neither in `columns`,
    `optional` nor `ignored` is an extra column, and the delivery is refused.

    `record` is the kind of row it lands. Of every kind but observations the roles are the kind's own columns (see
    sources.parquet), and `words` says, role by role, which of them a printed word stands for ('' for none at all).
    """

    name: str
    record: Literal[KINDS] = "observations"
    sheet: str = ""
    header_rows: int = 1
    columns: dict[str, Names]
    optional: dict[str, Names] = {}
    ignored: Names = ()
    from_title: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    exclude: tuple[AreaRule, ...] = ()
    areas: tuple[AreaRule, ...] = ()
    period: PeriodRule | None = None
    measures: tuple[Measure, ...] = ()
    status: str = ""  # role that says row by row whether a figure is provisional, revised or final
    repeats: Repeat | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Layout:
        if (self.record == "observations") != bool(self.measures):
            raise ValueError(f"layout {self.name}: observations need measures, and no other kind has any")
        if self.record in ("observations", "targets") and self.period is None:
            raise ValueError(f"layout {self.name}: {self.record} need a period")
        return self


class FeedSpec(Strict):
    """One feed: who publishes it, under what terms, when it comes, and how its files are read."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    family: Literal["departments", "police", "NHS", "education", "councils", "partnerships", "offices", "inspectorates"]
    publisher: str
    licence: str
    contact_page: str
    cadence: str
    public_url: str
    description: str
    area_scheme: str
    arrival_lag_months: int
    disclosure: Literal["published", "management"] = "published"  # who hides small counts: its publisher, or the hub
    due_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()  # months of publication; () = no schedule
    due_years: tuple[int, ...] = ()  # years in which it publishes at all; () = every year
    folder: str
    files: Names
    indicators: Names
    suppliers: Names = ()  # texts of the framework's supplier_system this feed speaks for
    reader: Literal["table", "ees"] = "table"
    status: Literal["provisional", "final", "revised"] = "final"
    marks: dict[str, str]
    note_marks: tuple[NoteMark, ...] = ()
    layouts: tuple[Layout, ...] = ()

    @model_validator(mode="after")
    def _has_layouts(self) -> FeedSpec:
        if self.reader == "table" and not self.layouts:
            raise ValueError(f"feed {self.key}: a feed read as a table needs at least one layout")
        return self

    @property
    def brings_areas(self) -> bool:
        """Whether its files name areas: they must have landed before figures about these can be placed."""
        return any(layout.record == "areas" for layout in self.layouts)


@cache
def load_feeds() -> dict[str, FeedSpec]:
    """Every feed by key, sorted.

    Raises:
        ValueError: a YAML does not fit the schema, or its key is not its file name.
    """
    feeds = {}
    for path in sorted(FEEDS.glob("*.yaml")):
        spec = FeedSpec.model_validate(read_yaml(path))
        if spec.key != path.stem:
            raise ValueError(f"{path.name}: its key is {spec.key!r}; key and file name must agree")
        feeds[spec.key] = spec
    return feeds
