"""Findings and how a list of them is kept short."""

from quality.issues import SAMPLE, Issue, Refused, count_and_sample, refuse
from quality.report import Report


def test_a_finding_is_a_sentence_with_its_place():
    issue = Issue("warning", "x", "it is odd.", "Look.", "a.csv", "S1", 7, "value")
    assert str(issue) == "a.csv, sheet 'S1', row 7, column 'value': it is odd. Look."
    assert str(Issue("info", "x", "so.")) == "so."


def test_a_refusal_carries_its_issue():
    refused = refuse("empty", "nothing there.", file="a.csv")
    assert isinstance(refused, Refused)
    assert refused.issues[0].severity == "error"


def test_many_alike_are_sampled_and_none_is_lost():
    many = [Issue("warning", "x", f"row {i}", column="a", row=i) for i in range(100)] + [Issue("error", "y", "bad")]
    kept = count_and_sample(many)
    assert len(kept) == SAMPLE + 2
    assert kept[0].severity == "error"
    assert sum(issue.occurrences for issue in kept) == 101
    assert "alike from here on" in max(kept, key=lambda issue: issue.occurrences).message


def test_a_report_counts_occurrences():
    report = Report("f", "a.csv", issues=[Issue("warning", "x", "m", occurrences=5), Issue("error", "y", "bad")])
    assert report.counts() == {"error": 1, "warning": 5, "info": 0}
    assert report.reasons() == ["bad"]
    assert report.as_json()["status"] == "quarantined"
