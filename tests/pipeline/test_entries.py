"""Hand-made targets, partnerships and returns from the file to the marts: history, edition, hostile text."""

from datetime import date

import duckdb
import pytest
import workbooks as book

from orchestration.lib import dbt
from orchestration.settings import Settings
from sources.landing import land, prepare
from sources.registry import load_feeds

HOSTILE = '<script>alert(1)</script>\n=HYPERLINK("http://example.org")\'; DROP TABLE fct_return; --\u202e' + "x" * 500
LINKED = book.TARGET | {"Lead partnership": "LSP-00EB-1", "Decision": ""}
SIGNED = LINKED | {"Baseline": "TBC", "Baseline period": "TBC", "2009/10": "TBC", "2010/11": "TBC"}
OTHER = book.TARGET | {"Indicator": "NI 155", "Target type": "Local", "Reward eligible": "No"}
REFRESHED = LINKED | {"2008/09": 310, "2009/10": 315, "2010/11": "Deferred"}
FROZEN = LINKED | {"2008/09": "n/a", "2009/10": 325, "2010/11": "Frozen 330", "Reward eligible": "No"}
FILES = {  # in the order of their landing: the refresh of 2010 comes in before that of 2009
    "LAA_targets_signed.xlsx": ("go_laa_targets", date(2008, 6, 30), book.targets(SIGNED, OTHER)),
    "LAA_targets_2010.xlsx": ("go_laa_targets", date(2010, 3, 31), book.targets(FROZEN)),
    "LAA_targets_2009.xlsx": ("go_laa_targets", date(2009, 3, 31), book.targets(REFRESHED)),
    "LSP_partnerships.xlsx": ("lsp_partnerships", date(2008, 6, 30), book.sent("lsp_partnerships", book.PARTNERSHIPS)),
    "LSP_returns.xlsx": (
        "lsp_returns", date(2009, 11, 4),
        book.sent("lsp_returns", book.RETURNS | {"Returns": [book.RETURN | {"Commentary": HOSTILE}]}),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def marts(tmp_path_factory):
    """A warehouse of these files; another edition's target lies beside them."""
    settings, folder = Settings(tmp_path_factory.mktemp("entries")), tmp_path_factory.mktemp("sent")
    prepare(settings.home)
    for name, (feed, known, content) in FILES.items():
        path = book.put(folder, name, content)
        report = land(load_feeds()[feed], path, settings.home, published_on=known, edition="Illustrative data")
        assert (report.status, report.warnings()) == ("landed", [])
        assert land(load_feeds()[feed], path, settings.home, edition="Illustrative data").rows == report.rows > 0
    real = book.put(folder, "LAA_targets_real.xlsx", book.targets(book.TARGET | {"Indicator": "NI 141"}))
    assert land(load_feeds()["go_laa_targets"], real, settings.home).status == "landed"
    settings.next_warehouse.parent.mkdir(parents=True)
    outcomes = dbt.build(settings, "Illustrative data")
    assert not [outcome for outcome in outcomes if outcome.failed or outcome.status == "warn"]
    with duckdb.connect(str(settings.next_warehouse), read_only=True) as con:
        con.execute("use build.marts")
        yield lambda sql: con.execute(sql).fetchall()


def test_every_version_is_kept_by_the_day_it_was_known(marts):
    assert marts("""select version, period_label, state, target_value, baseline_value, known_from, known_to, is_current
        from fct_target where indicator_code = 'NI 154' order by version, period_label""") == [
        (1, "2008/09", "agreed", 310, None, date(2008, 6, 30), date(2009, 3, 31), False),
        (1, "2009/10", "placeholder", None, None, date(2008, 6, 30), date(2009, 3, 31), False),
        (1, "2010/11", "placeholder", None, None, date(2008, 6, 30), date(2009, 3, 31), False),
        (2, "2008/09", "agreed", 310, 300, date(2009, 3, 31), date(2010, 3, 31), False),
        (2, "2009/10", "agreed", 315, 300, date(2009, 3, 31), date(2010, 3, 31), False),
        (2, "2010/11", "deferred", None, 300, date(2009, 3, 31), date(2010, 3, 31), False),
        (3, "2009/10", "agreed", 325, 300, date(2010, 3, 31), None, True),
        (3, "2010/11", "frozen", 330, 300, date(2010, 3, 31), None, True),
    ]  # fmt: skip


def test_a_commitment_that_refreshes_leave_out_stays_as_it_was(marts):
    assert marts("select distinct version, is_current from fct_target where indicator_code = 'NI 155'") == [(1, True)]


def test_commitments_as_last_known_of_this_edition_alone(marts):
    assert marts("""select indicator_code, versions, baseline_value, reward_eligible, known_from, last_known_from,
        edition from dim_target order by 1""") == [
        ("NI 154", 3, 300, False, date(2008, 6, 30), date(2010, 3, 31), "Illustrative data"),
        ("NI 155", 1, 300, False, date(2008, 6, 30), date(2008, 6, 30), "Illustrative data"),
    ]  # fmt: skip


def test_the_golden_thread_runs_from_agreement_to_post(marts):
    assert marts("""select relation, plan_code, partnership_code, owner, post from bridge_plan_indicator
        where delivery_id is not null and is_current order by relation, indicator_code""") == [
        ("laa_target", "LAA E06000001", "LSP-00EB-1", "ORG-00EB", "Head of Housing Strategy"),
        ("laa_target", "LAA E06000001", "LSP-00EB", "ORG-00EB", None),
        ("plan_link", "CSP-00EB-1", "LSP-00EB-1", "ORG-00EB", "Head of Housing Strategy"),
    ]  # fmt: skip
    assert marts("""select child.plan_type, parent.plan_type from dim_plan as child
        join dim_plan as parent on child.parent_plan_code = parent.plan_code""") == [
        ("community_strategy_pledge", "local_area_agreement")
    ]
    assert marts("""select partnership_type, count(*) from dim_partnership where delivery_id is not null
        group by 1 order by 1""") == [("local_strategic_partnership", 1), ("thematic_partnership", 1)]


def test_free_text_stands_in_the_marts_as_it_came(marts):
    assert marts("select commentary, self_assessed_status from fct_return") == [(HOSTILE, "near_target")]
    assert marts("select owner_post, state, due_on from fct_action") == [
        ("Head of Planning", "in_progress", date(2010, 3, 31))
    ]
    assert marts("select returns_due, received_on from fct_return_register") == [(1, date(2009, 11, 2))]


def test_deliveries_and_periods_know_of_them(marts):
    assert marts("select distinct rows > 0, observations, warnings from dim_delivery") == [(True, 0, 0)]
    assert marts("select file_name from dim_delivery where not is_current") == [("LAA_targets_2009.xlsx",)]
    assert marts("select period_label from dim_period order by sort_order") == [
        ("2008/09",), ("2009/10",), ("2010/11",)
    ]  # fmt: skip
