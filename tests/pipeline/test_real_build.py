"""The publishers' real files from end to end: what stands in the published file."""

from __future__ import annotations

import duckdb
import pytest
from proofs import lands_on_its_cell, numbers, prove, sample

from orchestration import cli
from orchestration.settings import Settings


@pytest.fixture(scope="module")
def published(landed, feeds_dir, tmp_path_factory):
    """A connection to hub.duckdb built from the real files (those already landed are found unchanged)."""
    home, _ = landed
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUB_HOME", str(home))
        patch.delenv("HUB_FEEDS", raising=False)
        assert cli.main(["build", "--feeds", str(feeds_dir)]) == 0
    with duckdb.connect(str(Settings(home).published / "hub.duckdb"), read_only=True) as con:
        yield con


def test_real_rows_only_from_four_families(published):
    assert published.execute("select distinct edition from marts.fct_observation").fetchall() == [("published",)]
    families = published.execute(
        "select count(distinct f.family), count(distinct o.indicator_code) filter (o.indicator_code like 'NI %') "
        "from marts.fct_observation o join marts.dim_feed f using (feed)"
    ).fetchone()
    assert families[0] == 4
    assert families[1] >= 15
    assert not published.execute("select 1 from duckdb_tables() where comment like '%llustrative data%'").fetchall()


def test_rebuilt_regional_figures_agree_with_the_publishers_own(published):
    """Within a tenth, or one display unit: publishers round regions to 10, and hidden small numbers stay hidden."""
    off = published.execute(
        """select r.* from marts.rollup_region r join marts.dim_indicator i using (indicator_code, part)
        where r.value is not null and r.published_value is not null
          and abs(r.value - r.published_value)
              > greatest(0.1 * abs(r.published_value), 1.01 * power(10, -i.decimals))"""
    )
    assert off.fetchall() == []
    compared = "select count(*) from marts.rollup_region where value is not null and published_value is not null"
    assert published.execute(compared).fetchone()[0] > 300


def test_new_councils_have_the_years_before_them_where_counts_allow_and_the_break_is_marked(published):
    """Cornwall as the county it was; Central Bedfordshire's homes from its two districts, its exclusions' rate not."""
    told = {
        row[:3]: row[3:]
        for row in published.execute(
            """select area_code, indicator_code, period_label, value, origin, method, shorthand
            from marts.area_series where part = 'headline'"""
        ).fetchall()
    }
    homes = published.execute(
        """select sum(value) from marts.fct_observation_current where indicator_code = 'NI 154' and dimensions = ''
        and area_code in ('E07000001', 'E07000003') and period_label = '2008/09'"""
    ).fetchone()[0]
    assert told["E06000056", "NI 154", "2008/09"] == (homes, "rebuilt", "sum", None)
    assert told["E06000056", "NI 154", "2009/10"][1:] == ("published", None, "[b]")
    assert told["E06000056", "NI 154", "2010/11"][3] is None
    assert told["E06000056", "NI 114", "2007/08"][:3] == (None, "refused", "none")
    assert told["E06000052", "NI 154", "2008/09"][1:3] == ("rebuilt", "same_area")


RECONCILED = {"NI 061", "NI 101", "NI 114", "NI 147", "NI 148", "NI 154", "NI 155", "NI 186", "NI 193"}


def test_every_roll_up_agrees_with_the_publishers_own_figure_or_says_why_not(published):
    """Regions, England and counties of the publishers' own files, each row by itself."""
    rows = published.execute(
        """select r.*, i.decimals from marts.rollup_reconciliation r
        join marts.dim_indicator i using (indicator_code, part, definition_version)"""
    ).df()
    assert set(rows["indicator_code"]) >= RECONCILED
    off = (rows["value"] - rows["published_value"]).abs()
    shown = 0.5 * 10.0 ** -rows["decimals"].fillna(0) + 1e-6
    agrees = rows["outcome"] == "agrees"
    assert (off[agrees] <= shown[agrees]).all()
    assert (rows["outcome"] != "unexplained").all(), rows[rows["outcome"] == "unexplained"]
    assert (off[rows["outcome"] == "explained"] > shown[rows["outcome"] == "explained"] - 2e-6).all()
    assert rows.loc[~agrees, "reason"].str.len().min() > 20
    assert agrees.sum() > 1000


def test_what_a_difference_is_put_down_to_can_be_counted_again(published):
    """Each kind of reason against the publishers' rows, counted here and not by the models."""
    figures = published.execute("select * from marts.fct_observation_current where dimensions = ''").df()
    key = ["area_code", "indicator_code", "part", "period_label", "period_basis"]
    rows = published.execute("select * from marts.rollup_reconciliation where outcome = 'explained'").df()
    own = rows.merge(figures[[*key, "numerator", "denominator"]], on=key, suffixes=("", "_own"))
    by_code = dict(list(own.groupby("reason_code")))
    cut = by_code["published_value_off"]
    ratio = cut["numerator"] / cut["denominator"]
    assert ((ratio - cut["published_value"]).abs()[cut["part"] == "per_capita"] > 0.05).all()
    hidden = by_code["suppressed_cells"]
    assert (hidden["areas_suppressed"] > 0).all()
    for name in ("numerator_difference", "denominator_difference"):
        # the publisher rounds its own to ten
        assert (hidden[name] >= -5).all()
    rounded = by_code["rounded_counts"]
    rates = rounded[rounded["method"] == "ratio_of_sums"]
    assert (rates[["numerator", "denominator"]] % 10 == 0).all(axis=None)
    # NI 154: the old county of Cornwall is printed with the Isles of Scilly in it, so the tiers do not agree
    (other,) = by_code["other_areas"][["area_code", "indicator_code"]].drop_duplicates().values.tolist()
    assert other == ["E12000009", "NI 154"]
    assert by_code["other_total"][["area_code", "indicator_code"]].drop_duplicates().values.tolist() == [
        ["E10000005", "NI 154"]
    ]
    scilly = figures[(figures["area_code"] == "E06000053") & (figures["indicator_code"] == "NI 154")]
    told = dict(zip(scilly["period_label"], scilly["value"], strict=True))
    more = dict(zip(by_code["other_total"]["period_label"], by_code["other_total"]["difference"], strict=True))
    assert all(abs(told[label] - difference) <= 3 for label, difference in more.items())


def test_a_change_from_a_base_is_worked_out_from_the_figures_it_cites(published):
    (value, derivation) = published.execute(
        """select value, derivation from marts.fct_observation where indicator_code = 'NI 186'
        and part = 'percent_change' and area_code = 'E08000003' and period_label = '2009'"""
    ).fetchone()
    now, then = (part.split(" / ") for part in derivation.split(": ")[1].split(" against "))
    rates = [float(top) / float(bottom) for top, bottom in (now, then)]
    assert value == pytest.approx(100 * (rates[0] / rates[1] - 1))


def test_a_gap_is_the_difference_of_the_published_shares(published):
    (value, text) = published.execute(
        """select value, source_text from marts.fct_observation where indicator_code = 'NI 082' and part = 'gap'
        and area_code = 'E12000009' and period_label = '2009/10'"""
    ).fetchone()
    high, low = (float(part) for part in text.split(" / "))
    assert value == pytest.approx(high - low)


def test_abolished_councils_end_with_their_last_figure(published):
    latest = published.execute(
        """select count(*), count(value) from marts.latest_observation l join marts.dim_area a using (area_code)
        where l.indicator_code = 'NI 154' and a.valid_to < date '2023-01-01'"""
    ).fetchone()
    assert latest[0] > 60
    assert latest[1] == latest[0]


def test_nothing_is_blank_where_null_is_meant(published):
    # a breakdown of nothing and a cell with nothing in it are blank and mean it
    meant = ("dimensions", "source_text")
    texts = published.execute(
        """select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and data_type = 'VARCHAR'"""
    ).fetchall()
    blank = [
        (table, column)
        for table, column in texts
        if column not in meant
        and published.execute(f"select 1 from marts.{table} where {column} = '' limit 1").fetchall()
    ]
    assert blank == []


def test_five_hundred_random_numbers_of_the_site_lead_to_the_publishers_own_cells(landed, published):
    home, _ = landed
    site = Settings(home).published / "site"
    for number in sample(numbers(site), 500, seed=186):
        proved = prove(site, number)
        assert proved, number
        for entry, file in proved:
            assert lands_on_its_cell(home, entry, file), (number, entry, file["file"])
