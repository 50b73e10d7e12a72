import io

from rich.console import Console

from orchestration.commands.screen import Screen
from orchestration.settings import Settings
from quality.issues import Issue
from quality.report import Report


def drawn(published=True, *reports, problem=""):
    out = io.StringIO()
    with Screen(Console(file=out, width=150)) as screen:
        with screen.stage("feeds", "reading"):
            screen.expect(2)
            for report in reports:
                screen.reported(report)
            screen.advance("f")
        if problem:
            screen.problem(problem)
    screen.summary(Settings.from_env({"HUB_HOME": "home"}), published, 1.5)
    return out.getvalue()


def test_a_finished_stage_leaves_one_line_on_no_terminal():
    assert "feeds           1 steps" in drawn()


def test_the_summary_counts_a_feeds_files():
    reports = [
        Report("f", "a.csv", status="landed", rows=1234),
        Report("f", "b.csv", status="unchanged", rows=99),
        Report("f", "[c].csv", issues=[Issue("error", "e", f"Reason {n}.") for n in range(5)]),
    ]
    out = drawn(True, *reports)
    line = next(line for line in out.splitlines() if line.startswith("│ f"))
    assert [cell.strip() for cell in line.strip("│").split("│")] == [
        "f",
        "3",
        "1",
        "1",
        "1",
        "1,234",
        "5",
        "0",
        "0",
    ]
    assert "Quarantined: f: [c].csv" in out
    assert "Reason 2." in out
    assert "Reason 3." not in out
    assert "and 2 more" in out
    assert "Published:" in out


def test_what_failed_is_said_last():
    out = drawn(False, problem="dbt [failed]")
    assert out.index("dbt [failed]") < out.index("Nothing new was published")
