"""Random tables, protected by the real models: whatever is printed, no hidden cell is found."""

import itertools
from datetime import date

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.attacker import determined, table

MODELS = (
    "int_area_partly", "int_observation_counted", "int_recoverable_suppression", "int_sensitive_cell", "int_told_cell",
    "int_carrying_cell", "int_disclosure_cell", "int_disclosure_outer", "int_disclosure_unit", "int_unprotected_cell",
    "int_secondary_unit", "int_hidden_cell", "int_observation_protected",
)  # fmt: skip
GIVEN = (
    "int_observation_stated", "stg_observations", "stg_feeds", "int_definition", "int_indicator_part", "areas",
    "int_area_cover", "int_area_container", "int_area_delivered", "derived_parts",
    "area_memberships",
)  # fmt: skip
BOUND = 4
DAYS = (date(2009, 5, 1), date(2009, 8, 1), date(2009, 11, 1))
# England, two regions, counties of districts beside single councils; a force lies across a county and a single council.
# Trusts are sums of councils as well, but two of them share county A and council s1 in ways that nobody tells.
PARENTS = {
    "a1": ("A", "F", "R1"), "a2": ("A", "F", "R1"), "a3": ("A", "F", "R1"), "b1": ("B", "T1", "R1"),
    "b2": ("B", "T1", "R1"), "s1": ("F", "R1"), "s2": ("T2", "R1"), "s3": ("T1", "R1"), "c1": ("C", "T3", "R2"),
    "c2": ("C", "T3", "R2"), "t1": ("T4", "R2"), "t2": ("T3", "R2"),
}  # fmt: skip
LEAVES = tuple(PARENTS)
OUTERS = ("A", "B", "C", "F", "T1", "T2", "T3", "T4", "R1", "R2")
MADE_OF = {**{outer: tuple(leaf for leaf in LEAVES if outer in PARENTS[leaf]) for outer in OUTERS}, "E": LEAVES}
SHARED = {"V": lambda n: n // 3, "W": lambda n: n - n // 3}  # what each has of A and of s1
WITHIN = {
    (inner, outer)
    for inner in (*LEAVES, *MADE_OF)
    for outer in MADE_OF
    if inner != outer and set(MADE_OF.get(inner, (inner,))) <= set(MADE_OF[outer])
} | {(inner, outer) for inner in SHARED for outer in ("R1", "E")}
PARTLY = [(inner, outer) for inner in ("A", "a1", "a2", "a3", "s1") for outer in SHARED]
COVERS = [
    *((outer, frozenset(leaves)) for outer, leaves in MADE_OF.items()),
    ("R1", frozenset({"A", "B", "s1", "s2", "s3"})), ("R2", frozenset({"C", "t1", "t2"})),
    ("E", frozenset({"R1", "R2"})), ("F", frozenset({"A", "s1"})), ("R1", frozenset({"F", "B", "s2", "s3"})),
    ("T1", frozenset({"B", "s3"})), ("T3", frozenset({"C", "t2"})), ("R1", frozenset({"T1", "T2", *SHARED})),
    ("R2", frozenset({"T3", "T4"})), ("E", frozenset({"T1", "T2", "T3", "T4", *SHARED})),
]  # fmt: skip
WORDS = ("", "k=x", "k=y", "k=z")


def _kind(area):
    """Type and tier of an area."""
    outer = {"E": ("country", "national"), "R": ("region", "region"), "F": ("police_force", "force")}
    outer |= dict.fromkeys(("T", *SHARED), ("primary_care_trust", "other"))
    if area[0] in outer:
        return outer[area[0]]
    return ("county", "upper") if area.isupper() else ("district", "single" if area[0] in "st" else "lower")


class Protected:
    """The compiled models of disclosure control on hand-made rows."""

    def __init__(self, warehouse, compiled):
        self.con = duckdb.connect()
        self.con.execute("set threads = 1; attach ':memory:' as build")
        for schema in ("seeds", "staging", "intermediate", "marts"):
            self.con.execute(f"create schema build.{schema}")
        self.con.execute("use build")
        with duckdb.connect(str(warehouse), read_only=True) as built:
            for schema, name in built.execute(
                f"select schema_name, table_name from duckdb_columns() where table_name in {GIVEN} group by all"
            ).fetchall():
                columns = built.execute(
                    "select column_name, data_type from duckdb_columns() where table_name = ? order by column_index",
                    [name],
                ).fetchall()
                told = ", ".join(f'"{column}" {kind}' for column, kind in columns)
                self.con.execute(f"create table {schema}.{name} ({told})")
        self.sql = {
            path.stem: path.read_text()
            for path in compiled.rglob("*.sql")
            if path.stem in MODELS and path.parent.suffix != ".yml"
        }
        self._put("staging.stg_feeds", [{"feed": f, "disclosure": f} for f in ("management", "published")])
        self._put("seeds.areas", [
            {"area_code": area, "area_type": kind, "tier": tier}
            for area in (*LEAVES, *MADE_OF, *SHARED)
            for kind, tier in [_kind(area)]
        ])  # fmt: skip
        self._put("seeds.area_memberships", [{"child_code": i, "parent_code": o, "share": 0.5} for i, o in PARTLY])
        self._put("intermediate.int_area_container", [{"inner_code": i, "outer_code": o} for i, o in sorted(WITHIN)])
        upper = {
            "R1": ("A", "B", "s1", "s2", "s3"),
            "R2": ("C", "t1", "t2"),
            "E": ("A", "B", "C", "s1", "s2", "s3", "t1", "t2"),
        }
        self._put("intermediate.int_area_cover", [
            {"region_code": total, "cover": cover, "boundaries_on": date(2008, 6, 30), "area_code": area}
            for total in ("R1", "R2", "E")
            for cover, areas in (("upper", upper[total]), ("lower", MADE_OF[total]))
            for area in areas
        ])  # fmt: skip

    def _put(self, name, rows):
        self.con.execute(f"delete from {name}")
        if rows:
            self.con.register("given", pd.DataFrame(rows))
            self.con.execute(f"insert into {name} by name select * from given")

    def protect(self, several):
        """The rows of several worlds as they may be published; each is (rows, is_share), and a row a dict of feed, day,
        area, dimensions, counted, denominator, mark. All run at once: each world is an indicator."""
        measures = [
            {"indicator_code": f"X{i}", "part": "p", "unit": "percent" if is_share else "number"}
            for i, (_, is_share) in enumerate(several)
        ]
        self._put("intermediate.int_definition", [{**one, "definition_version": 1, "per": 100.0} for one in measures])
        self._put("intermediate.int_indicator_part", [
            {**one, "aggregation_rule": "ratio_of_sums" if one["unit"] == "percent" else "sum",
             "suppression_threshold": BOUND} for one in measures
        ])  # fmt: skip
        self._put("intermediate.int_observation_stated", [
            {"indicator_code": f"X{i}", "part": "p", "period_label": "2008", "period_basis": "y",
             "definition_version": 1, "dimensions": row["dimensions"], "area_code": row["area"], "feed": row["feed"],
             "delivery_id": f"d{row['day']}", "known_from": row["day"], "received_at": row["day"], "mark": row["mark"],
             "value": row["counted"], "numerator": row["counted"] if is_share else None,
             "denominator": row["denominator"] if is_share else None, "source_text": str(row["counted"])}
            for i, (rows, is_share) in enumerate(several) for row in rows
        ])  # fmt: skip
        for model in MODELS:
            self.con.execute(f"create or replace table intermediate.{model} as {self.sql[model]}")
        published = self.con.execute(
            "select indicator_code, known_from, area_code, dimensions, coalesce(numerator, value), denominator, mark, "
            "suppressed_by, source_text from intermediate.int_observation_protected order by all"
        ).fetchall()
        return [[row[1:] for row in published if row[0] == one["indicator_code"]] for one in measures]


@pytest.fixture(scope="module")
def models(illustrative):
    return Protected(illustrative.warehouse, illustrative.dbt_target / "compiled")


COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))


@st.composite
def worlds(draw, days=3, words=True):
    """What is counted in every leaf on each day, and which areas are printed."""
    kinds = WORDS[1:] if words and draw(st.booleans()) else ("",)
    told = [
        {(leaf, kind): draw(COUNTS) for leaf in LEAVES for kind in kinds} for _ in range(draw(st.integers(1, days)))
    ]
    if days > 1:  # at first some totals under a region are not the sum of what is in them
        apart = draw(st.sets(st.sampled_from([*"ABCF", "T1", "T2", "T3", "T4", *SHARED]), max_size=3))
        told[0] |= {(area, ""): draw(COUNTS) for area in sorted(apart)}
    printed = {area for area in (*LEAVES, *MADE_OF) if draw(st.integers(0, 5)) > 0}
    printed |= set(SHARED) if draw(st.booleans()) else set()
    return told, printed, draw(st.booleans())


def rows_of(told, printed, is_share, feed="management", until=3):
    """One delivery a day: every printed area's total, and its breakdown where there is one."""
    rows = []
    for day, counts in zip(DAYS[:until], told, strict=False):
        for area in sorted(printed):
            leaves = (*MADE_OF["A"], "s1") if area in SHARED else MADE_OF.get(area, (area,))
            has = SHARED.get(area, int)
            kinds = {kind for _, kind in counts} | {""}
            for kind in sorted(kinds):
                counted = sum(has(n) for (leaf, word), n in counts.items() if leaf in leaves and kind in ("", word))
                counted = counts.get((area, kind), counted) if area not in LEAVES else counted
                others = sum(has((7 * len(leaf) + 13 * ord(leaf[-1])) % 40) for leaf in leaves)
                rows.append({
                    "feed": feed, "day": day, "area": area, "dimensions": kind, "counted": float(counted), "mark": None,
                    "denominator": float(counted + others),
                })  # fmt: skip
    return rows


def views(published, others=False):
    """The tables of each day: cells printed that day, with their count or None."""
    for day, same in itertools.groupby(published, key=lambda row: row[0]):
        told = {}
        for _, area, kind, counted, denominator, mark, _, _ in same:
            hidden = mark == "suppressed"
            told[area, kind] = None if hidden else denominator - counted if others else counted
        yield day, told


def small(rows, is_share):
    """Cells nobody may find, by the rule as it is told to readers."""
    for row in rows:
        numbers = [row["counted"]]
        if is_share:
            numbers += [row["denominator"] - row["counted"], row["denominator"]]
        if any(0 < number < BOUND for number in numbers):
            yield row["area"], row["dimensions"]


MANY = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def several(**options):
    """Some worlds at once: a run of the models costs the same for one as for six."""
    return st.lists(worlds(**options), min_size=6, max_size=6)


def told_of(some, **options):
    """Their deliveries, as `protect` takes them."""
    return [(rows_of(told, printed, is_share, **options), is_share) for told, printed, is_share in some]


@MANY
@given(some=several())
def test_no_hidden_cell_is_determined_and_every_small_one_is_hidden(models, some):
    delivered = told_of(some)
    for (rows, is_share), published in zip(delivered, models.protect(delivered), strict=True):
        must = set(small(rows, is_share))
        hidden = {row[1:3] for row in published if row[5] == "suppressed"}
        assert must <= hidden
        assert all(row[3:5] == (None, None) and row[7] is None for row in published if row[1:3] in hidden)
        assert must or not hidden
        for others in (False, True)[: 1 + is_share]:
            for day, counts in views(published, others):
                found = determined([table(counts, COVERS)])
                assert not found, (day, others, found)


@MANY
@given(some=several(days=1, words=False))
def test_no_hidden_count_is_known_closer_than_the_threshold(models, some):
    delivered = told_of(some)
    for (_, is_share), published in zip(delivered, models.protect(delivered), strict=True):
        for others in (False, True)[: 1 + is_share]:
            for _, counts in views(published, others):
                one = table(counts, COVERS)
                # a share of nought or of all is no secret, so in a share a hidden cell may be nought
                one = type(one)(one.counts, one.equations, 0.0 if is_share else 1.0)
                for cell, (low, high) in (one.intervals() or {}).items():
                    assert high - low >= BOUND - 1e-6, (others, cell, low, high)


@MANY
@given(some=several())
def test_what_one_release_hid_no_later_one_shows(models, some):
    before = [set()] * len(some)
    for until in range(1, len(DAYS) + 1):
        releases = models.protect(told_of(some, until=until))
        now = [{row[1:3] for row in published if row[5] == "suppressed"} for published in releases]
        assert all(was <= still for was, still in zip(before, now, strict=True))
        before = now


@MANY
@given(some=several(days=1, words=False), hides=st.lists(st.sets(st.sampled_from(LEAVES), max_size=4), min_size=6))
def test_what_a_publisher_hid_badly_is_not_given_back(models, some, hides):
    """By any one total: what several totals tell only between them is the publisher's own to hide (decision 026)."""
    delivered = []
    for (told, printed, _), hidden in zip(some, hides, strict=False):
        rows = rows_of(told, printed | hidden, is_share=False, feed="published")
        for row in rows:
            if row["area"] in hidden:
                row.update(counted=None, mark="suppressed")
        delivered.append((rows, False))
    for (rows, _), hidden, published in zip(delivered, hides, models.protect(delivered), strict=False):
        assert {row[1] for row in published if row[6] == "publisher"} == hidden
        totals = [row["counted"] for row in rows if row["area"] in MADE_OF]
        for _, counts in views(published):
            for cover in COVERS[:-1]:  # totals one by one; the last mixes kinds of area
                found = {cell for cell in determined([table(counts, [cover])]) if cell[0] in hidden}
                assert not found or any(total % 5 == 0 for total in totals), (cover, found)


def test_the_attacker_finds_what_is_not_protected():
    counts = {("A", ""): 20.0, ("a1", ""): None, ("a2", ""): 9.0, ("a3", ""): 8.0}
    assert determined([table(counts, COVERS)]) == {("a1", "")}
    assert table(counts, COVERS).intervals() == {("a1", ""): (3.0, 3.0)}
