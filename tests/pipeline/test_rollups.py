"""What must hold of any roll-up: its models on made-up countries, and on the illustrative edition."""

from dataclasses import replace
from fractions import Fraction

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rollup_models import Area, Country, Rollups

COUNTS = st.integers(1, 5000).flatmap(lambda bottom: st.tuples(st.integers(0, bottom), st.just(bottom)))
LEAST_COVERAGE = Fraction(8, 10)


@st.composite
def countries(draw, hidden=True):
    """One to three regions of single-tier councils, each perhaps with a county of districts; some figures hidden."""
    counts = st.none() | COUNTS if hidden else COUNTS
    areas = []
    for region in range(draw(st.integers(1, 3))):
        code = f"R{region}"
        for number in range(draw(st.integers(1, 6))):
            areas.append(Area(f"{code}U{number}", "unitary", code, draw(st.integers(1, 900)), draw(counts)))
        if draw(st.booleans()):
            districts = [
                Area(f"{code}D{number}", "shire_district", f"{code}C", draw(st.integers(1, 900)), draw(counts))
                for number in range(draw(st.integers(1, 3)))
            ]
            areas += [_county(f"{code}C", code, districts), *districts]
    return Country(areas)


def _county(code, region, districts):
    """A county is what its districts are; with one hidden, so is it."""
    counts = None
    if all(one.counts for one in districts):
        counts = tuple(sum(one.counts[place] for one in districts) for place in (0, 1))
    return Area(code, "county", region, sum(one.people for one in districts), counts)


@pytest.fixture(scope="module")
def rollups(illustrative):
    """The models the illustrative edition was built with."""
    return Rollups(illustrative.warehouse, illustrative.dbt_target / "compiled")


PROPERTY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(country=countries())
def test_a_roll_up_is_what_plain_arithmetic_gives(rollups, country):
    """Fractions over the counties' tier or the districts', whichever has more areas in; counties if both are alike."""
    for (code, indicator), (value, top, bottom, due, there, people, cover, reason) in rollups.load(country).items():
        inside = [area for area in country.areas if _region(country, area) == code or code == "E"]
        if code not in ("E", *country.regions):
            inside = [area for area in country.areas if area.parent == code]
        tiers = {
            "upper": [a for a in inside if a.kind in ("unitary", "county")],
            "lower": [a for a in inside if a.kind in ("unitary", "shire_district")],
        }
        shares = {name: Fraction(sum(bool(a.counts) for a in tier), len(tier)) for name, tier in tiers.items() if tier}
        assert cover == max(shares, key=lambda name: (shares[name], name == "upper"))
        told = [area for area in tiers[cover] if area.counts]
        assert (due, there) == (len(tiers[cover]), len(told))
        everyone = sum(area.people for area in tiers[cover])
        assert people == pytest.approx(sum(area.people for area in told) / everyone)
        tops, bottoms = (sum(area.counts[place] for area in told) for place in (0, 1))
        if indicator == "total":
            assert value == (tops if there == due else None)
        elif shares[cover] < LEAST_COVERAGE or Fraction(sum(a.people for a in told), everyone) < LEAST_COVERAGE:
            assert value is None
        else:
            assert (top, bottom) == (tops, bottoms)
            assert value == pytest.approx(100 * tops / bottoms)
        assert (value is None) == (reason is not None)


def _region(country, area):
    if area.kind != "shire_district":
        return area.parent
    return next(one.parent for one in country.areas if one.code == area.parent)


@PROPERTY
@given(country=countries(), random=st.randoms(use_true_random=False))
def test_a_roll_up_does_not_depend_on_the_order_of_rows(rollups, country, random):
    """To the last digit."""
    assert rollups.load(country) == rollups.load(country, lambda rows: random.sample(rows, len(rows)))


@PROPERTY
@given(country=countries(hidden=False))
def test_regions_add_up_to_the_country(rollups, country):
    """Of a sum the value, of a rate what stands above and below the line."""
    found = rollups.load(country)
    assert found["E", "total"][0] == sum(found[code, "total"][0] for code in country.regions)
    for place in (1, 2):
        assert found["E", "rate"][place] == sum(found[code, "rate"][place] for code in country.regions)


@PROPERTY
@given(country=countries(), data=st.data())
def test_an_area_split_in_two_gives_the_same(rollups, country, data):
    """Where both have a figure; one more area in may lift a body over the least coverage, which changes no figure."""
    told = [area for area in country.areas if area.kind == "unitary" and area.counts and area.counts[1] > 1]
    if not told:
        return
    area = data.draw(st.sampled_from(told))
    bottom = data.draw(st.integers(1, area.counts[1] - 1))
    least, most = max(0, area.counts[0] - (area.counts[1] - bottom)), min(area.counts[0], bottom)
    top = data.draw(st.integers(least, most))
    people = data.draw(st.integers(0, area.people))
    first = replace(area, code=f"{area.code}a", people=people, counts=(top, bottom))
    second = replace(
        area,
        code=f"{area.code}b",
        people=area.people - people,
        counts=(area.counts[0] - top, area.counts[1] - bottom),
    )
    whole = rollups.load(country)
    split = rollups.load(Country([one for one in country.areas if one is not area] + [first, second]))
    assert whole.keys() == split.keys()
    for key in whole:
        if whole[key][0] is not None and whole[key][6] == split[key][6]:
            assert split[key][:3] == whole[key][:3], key
            assert split[key][5] == pytest.approx(whole[key][5])


@pytest.fixture(scope="module")
def published(illustrative):
    """The published file of the illustrative edition."""
    with duckdb.connect(str(illustrative.published / "hub.duckdb"), read_only=True) as con:
        yield con


def test_every_kind_of_body_has_roll_ups(published):
    """England, regions, forces, trusts, health authorities, multi-area agreements and counties."""
    found = dict(
        published.execute(
            "select relation, count(distinct area_code) from marts.rollup_area where value is not null group by all"
        ).fetchall()
    )
    bodies = {"country", "region", "county", "police_force", "fire_authority", "multi_area_agreement"}
    assert bodies | {"primary_care_trust", "strategic_health_authority"} <= set(found)
    assert found["primary_care_trust"] > found["police_force"] > found["region"]
    apportioned = published.execute(
        "select distinct relation from marts.rollup_area where is_apportioned and value is not null"
    ).fetchall()
    assert ("primary_care_trust",) in apportioned


@pytest.mark.parametrize("relation", ["primary_care_trust", "police_force", "multi_area_agreement"])
def test_proof_of_any_body_leads_to_the_areas_it_is_made_of(published, relation):
    """What marts.proof lists of the areas adds up to the roll-up, shares taken."""
    *key, top, bottom = published.execute(
        """select indicator_code, part, area_code, period_label, numerator, denominator from marts.rollup_area
        where method = 'ratio_of_sums' and reason is null and relation = ?
        order by is_apportioned desc, areas_due desc, 1, 2, 3, 4 limit 1""",
        [relation],
    ).fetchone()
    rows = published.execute(
        "select evidence, numerator, denominator, source_text from marts.proof(?, ?, ?, ?)", key
    ).fetchall()
    operands = [row for row in rows if row[0] == "operand"]
    assert [row[1] for row in rows if row[0] == "rolled up"] == [top]
    assert all(row[3] is not None for row in operands)
    for place, total in ((1, top), (2, bottom)):
        told = [row[place] for row in operands if row[1] is not None and row[2] is not None]
        assert sum(told) == pytest.approx(total, rel=1e-9)


def test_shares_of_a_council_that_lies_in_several_bodies_add_up(published):
    """Trusts take each council whole, on any day; the illustrative figures cannot hold more people than there are."""
    off = published.execute(
        """select d.day, m.child_code, sum(m.share) from marts.bridge_area_membership m
        cross join (values (date '2008-06-30'), (date '2009-06-30'), (date '2010-06-30')) d(day)
        where m.relation = 'primary_care_trust' and coalesce(m.valid_from <= d.day, true)
            and coalesce(m.valid_to >= d.day, true)
            and m.child_code not in (
                select child_code from marts.bridge_area_membership where relation = 'primary_care_trust'
                and share is null)
        group by all having abs(sum(m.share) - 1) > 0.0002"""
    ).fetchall()
    # a district is named only where its county lies in several trusts, and then whole
    assert off == []


def test_every_council_of_the_agreements_lies_in_one_police_force_and_one_fire_authority(published):
    """In those of June 2008, and in those of April 2009."""
    for relation in ("police_force", "fire_authority"):
        for agreement, day in (("in_laa_2008", "2008-06-30"), ("in_laa_2009", "2009-04-01")):
            found = published.execute(
                f"""select a.area_code, count(m.parent_code) from marts.dim_area a
                left join marts.bridge_area_membership m on a.area_code = m.child_code and m.relation = '{relation}'
                    and coalesce(m.valid_from <= date '{day}', true) and coalesce(m.valid_to >= date '{day}', true)
                where a.{agreement} and a.tier in ('single', 'upper') group by all"""
            ).fetchall()
            assert len(found) in (150, 152)
            assert {count for _, count in found} == {1}, (relation, day)


def test_no_successor_series_is_spliced_unseen(published):
    """Every rebuilt value is followed by a break, and none stands where the publisher gives a figure."""
    silent = published.execute(
        """select * from (
            select *, lag(origin) over (partition by area_code, indicator_code, part, period_basis
                order by period_end, period_label) as before
            from marts.area_series where value is not null)
        where before = 'rebuilt' and origin <> 'rebuilt' and shorthand is distinct from '[b]'"""
    ).fetchall()
    assert silent == []
    doubled = published.execute(
        """select count(*) from marts.area_series s join marts.fct_observation_current o
        using (area_code, indicator_code, part, period_label, period_basis)
        where o.dimensions = '' and o.value is not null and s.origin in ('rebuilt', 'refused')"""
    ).fetchone()
    assert doubled == (0,)
    origins = {row[0] for row in published.execute("select distinct origin from marts.area_series").fetchall()}
    assert {"rebuilt", "refused"} <= origins
