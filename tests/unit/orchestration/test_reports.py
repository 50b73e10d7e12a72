import dagster as dg

from orchestration.lib import reports
from quality.issues import Issue
from quality.report import Report

LANDED = Report(
    "f",
    "a.csv",
    "f-1",
    "1" * 64,
    "landed",
    3,
    [Issue("warning", "w", "Odd.", occurrences=4)],
    [{"a": "x|y", "b": None}],
)
REFUSED = Report("f", "b.csv", "f-2", "2" * 64, "quarantined", 0, [Issue("error", "e", "It is empty.", file="b.csv")])
UNCHANGED = Report("f", "c.csv", "f-3", "3" * 64, "unchanged", 9)


def by_name(found):
    return {check.check_name: check for check in found}


def test_metadata_counts_what_came_in():
    told = reports.metadata([LANDED, REFUSED, UNCHANGED])
    assert told["dagster/row_count"] == 12
    assert [told[f"files_{status}"] for status in ("landed", "unchanged", "quarantined")] == [1, 1, 1]
    assert [told[f"issues_{severity}"] for severity in ("error", "warning", "info")] == [1, 4, 0]
    assert "2" * 64 in told["deliveries"].value
    assert told["preview"].value == "| a | b |\n| --- | --- |\n| x\\|y |  |"


def test_a_quarantined_delivery_fails_the_check_that_stops_a_run():
    found = by_name(reports.checks([LANDED, REFUSED]))
    assert not found["no_errors"].passed
    assert found["no_errors"].severity == dg.AssetCheckSeverity.ERROR
    assert "b.csv: It is empty." in found["no_errors"].metadata["findings"].value


def test_a_warning_only_warns():
    found = by_name(reports.checks([LANDED]))
    assert found["no_errors"].passed
    assert not found["no_warnings"].passed
    assert found["no_warnings"].severity == dg.AssetCheckSeverity.WARN
    assert found["no_warnings"].metadata["count"].value == 4


def test_a_feed_without_files_passes():
    assert all(check.passed for check in reports.checks([]))
    assert reports.metadata([])["preview"].value == "none"
