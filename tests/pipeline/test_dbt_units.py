"""The dbt unit tests of the models, on the tables of the small illustrative edition; builds leave them out."""

import shutil

from orchestration.lib import dbt
from orchestration.settings import Settings


def test_every_dbt_unit_test_passes(illustrative, tmp_path):
    home = Settings(tmp_path)
    shutil.copytree(illustrative.landing, home.landing)
    home.next_warehouse.parent.mkdir(parents=True)
    shutil.copyfile(illustrative.warehouse, home.next_warehouse)
    outcomes = dbt.unit_tests(home)
    assert len(outcomes) > 30
    assert {outcome.unique_id: outcome.message for outcome in outcomes if outcome.failed} == {}
