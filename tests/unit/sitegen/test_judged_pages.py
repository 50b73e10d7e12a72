"""Pages of judgement in a site built from the tiny published file: what they say, never hide and never run."""

import datetime as dt
import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from sitegen import judged_words
from sitegen.target_chart import Mark, draw
from sitegen.views.target_said import spoken


@pytest.fixture(scope="module")
def page(tiny_site):
    """Text of a page as a reader gets it: no tags, spaces joined."""

    def read(path):
        html = (tiny_site / path).read_text("utf-8").split("<main")[1]
        return re.sub(r"\s+", " ", Markup(re.sub(r"<[^>]+>", " ", html)).unescape())

    return read


TARGET = "laa/E08000003/ni-112.html"


def test_a_target_opens_with_a_plain_line(page):
    text = page(TARGET)
    assert "Lower is better. Target 50.0 by March 2011. Latest 59.3, 2009, provisional." in text
    assert "\N{MULTIPLICATION X} Off target" in text
    assert "\N{BLACK CIRCLE} No change" in text


def test_a_forecast_is_said_with_its_interval_and_chance(page):
    assert (
        "Forecast for 2010/11: 55.0, four times in five between 50.0 and 60.0, if the straight line through 3 yearly "
        "figures (2007 to 2009) goes on. Chance of meeting the target: 12%."
    ) in page(TARGET)


def test_what_each_side_says_is_never_merged(tiny_site, hostile):
    html = (tiny_site / TARGET).read_text("utf-8")
    rows = html.split("What each side says")[1].split("</table>")[0].split("<tr>")[2:]
    assert [re.findall(r"</span> ([A-Z][a-z ]+)</span>", row)[0] for row in rows] == [
        "Off target", "Near target", "Off target", "Near target",
    ]  # fmt: skip
    assert "2 August 2009" in rows[2]
    assert "1 August 2009" in rows[3]
    assert "&lt;script&gt;" in rows[3]
    assert hostile not in html


def test_a_side_that_said_nothing_yet_is_quoted_of_the_round_it_spoke_of():
    rounds = [
        SimpleNamespace(round_label=label, office_view=view) for label, view in (("Q1", "off_target"), ("Q2", None))
    ]
    assert spoken(rounds, "office_view") == ("Q1", "off_target")
    assert spoken(rounds[:1], "office_view") is None
    assert spoken(rounds[1:], "office_view") is None


def test_every_round_is_kept_with_its_reason(page):
    history = page(TARGET).split("Round by round ")[-1].split("The rule ")[0]
    assert "2009/10 Q1 Within 5 percent \N{MULTIPLICATION X} Off target 59.3 2009, provisional, new 55.0" in history
    assert "2008/09 Q4 Strict \N{WHITE CIRCLE} Awaited" in history
    assert "the year's target, by months" in history


def test_a_target_without_a_value_says_what_is_missing_and_why(page):
    text = page("laa/E08000006/ni-009.local.html")
    assert "No target value by March 2011: target to come. No figure yet: target to come." in text
    missing = text.split("What is missing, and why ")[-1]
    assert "Status The agreement holds a placeholder" in missing
    assert "Self-assessment no return of this round is known" in missing


def test_a_report_card_has_its_rule_its_answer_and_its_history(tiny_site, page):
    text = page(TARGET)
    assert "Report card 1: Returned by the board A card is due after a second round at risk." in text
    assert "due by 28 July 2009" in text
    assert "../laa/E08000003/ni-112.html#card-1" in (tiny_site / "laa/E08000003.html").read_text("utf-8")


def test_a_light_never_stands_without_its_rule_both_shares_and_the_coverage(page):
    text = page("partnership/cyp-e08000003.html")
    for words in (
        "\N{MULTIPLICATION X} Red 2009/10 Q1",
        "Green when more than 59 % are on target.",
        "On target, of those assessed 0 of 1 = 0.0%; the light is by this share",
        "On target, of those counted 0 of 2 = 0.0%",
        "Coverage 1 of 2 = 50.0% assessed",
        "NI 031 Re-offending rate The area has no target on it Head of Youth Manchester City Council",
    ):
        assert words in text


def test_a_partnership_that_manages_nothing_says_so(page):
    assert "no indicator was this partnership\N{RIGHT SINGLE QUOTATION MARK}s to manage" in page(
        "partnership/scp-e08000003.html"
    )


def test_exceptions_begin_with_the_share_on_track_and_tell_what_is_done(page):
    text = page("exceptions/laa-e08000003.html")
    assert "1 of 4 on track, 2 assessed: 25.0% of all, 50.0% of those assessed. Coverage 50%." in text
    assert "59.3 in 2009, provisional, held against 55.0: \N{MINUS SIGN}4.3 (plus is better)" in text
    assert "Owner Head of Youth Due 1 September 2009" in text
    assert "Good exception (0) None." in text


def test_a_scorecard_counts_each_status_and_labels_the_reward_a_simulation(page):
    text = page("laa/E08000003.html")
    assert "\N{MULTIPLICATION X} Off target 1" in text
    assert "Reward grant: simulation only" in text
    assert "Simulation: nothing would be paid." in text
    assert "Simulated reward, laa_2008 No gain: nothing counts." in page(TARGET)


def test_a_government_office_sees_how_its_agreements_stand(page):
    text = page("go/north-west.html").split("Areas against indicators ")[1]
    assert "Manchester 0 0 0 1 none returned 1" in text
    assert "Salford 0 1 0 0 target to come 1 none" in text


def test_rules_are_in_words_with_settings_and_source(page):
    text = page("rules.html")
    for words in (
        "Near within 5 percent.",
        "Near target, by 5 percent of what it is held against",
        "Source: a rule of this test ( unverified )",
        "2 Report card 2 or more",
        "Green when all are. Only for Manchester. Not applied in this release. Name in the data: all . "
        "Source: Minutes of a board",
    ):
        assert words in text


def test_the_rule_of_a_board_names_its_source_and_whether_that_proves_it(page, hostile):
    told = page("rules.html").split("A card is due after a second round at risk.")[1]
    assert told.split("Partnership light")[0].strip() == (
        f"Last applied in 2009/10 Q1. Name in the data: second . Source: Paper {hostile} ( unverified )"
    )


def test_the_track_record_and_the_progress_of_a_psa_are_told(page):
    assert "40 forecasts of a year whose outturn is known by now: the targets were met 30%" in page("forecasts.html")
    psa = page("psa/14.html")
    assert "Not yet assessed in Spring 2009: 1 of 5 indicators improved." in psa
    assert "Improved 40.9 2007 39.7 2008" in psa


def test_no_page_of_judgement_runs_what_people_wrote(tiny_site):
    for folder in ("laa", "partnership", "exceptions"):
        for path in (tiny_site / folder).rglob("*.html"):
            assert "<script>alert" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("code", [*judged_words.STATUS, *judged_words.REASON, None])
def test_a_status_has_a_word_and_never_only_a_colour(code):
    shown = judged_words.status(code)
    assert re.sub(r"<[^>]+>|[^A-Za-z ]", "", shown).strip()
    assert len({judged_words.STATUS[name][0] for name in judged_words.STATUS}) == len(judged_words.STATUS)


def test_a_chance_is_never_said_to_be_certain():
    assert judged_words.percent(99.8) == "over 99%"
    assert judged_words.percent(0.3) == "under 1%"
    assert (judged_words.percent(None), judged_words.percent(100.0)) == ("", "100%")


def test_the_chart_of_a_target_says_itself_in_words():
    year = [dt.date(number, 3, 31) for number in range(2008, 2012)]
    fan = [Mark(year[1], 58.0), Mark(year[3], 55.0, low=50.0, high=60.0)]
    figures = [Mark(year[0], 60.0), Mark(year[1], 58.0, firm=False)]
    root = ElementTree.fromstring(draw("trend", "A & B", [figures], [], [Mark(year[3], 50.0)], fan, 1))
    assert root[0].text == "A & B"
    assert "1 targets" not in root[1].text
    assert root[1].text.endswith("Forecast 55.0 in 2011-03, between 50.0 and 60.0.")
    assert draw("trend", "A", [[Mark(year[0], 1.0)]], [], [], [], 0) == ""


PERCENT = SimpleNamespace(unit="percent", decimals=1)
GRADE = SimpleNamespace(unit="grade", decimals=0)


def test_a_rank_and_a_grade_read_as_what_they_are():
    grades = {1: "Very effective", 2: "Effective"}
    assert judged_words.target(30.0, "agreed", "rank", PERCENT) == "among the best 30 areas"
    assert judged_words.target(2.0, "agreed", "ordinal", GRADE, grades=grades) == "grade 2 (effective) or better"
    assert judged_words.target(3.0, "agreed", "ordinal", GRADE, grades=grades) == "grade 3 or better"
    assert judged_words.target(None, "placeholder", "rank", PERCENT) == "Target to come"


@pytest.mark.parametrize(
    ("judged", "against", "variance"),
    [
        ({"compared_value": 30.0, "variance": -1.0, "areas_ranked": 150}, "place 30 of 150", "\u22121 place"),
        ({"compared_value": 30.0, "variance": 0.0, "areas_ranked": 150}, "place 30 of 150", "0 places"),
        ({"compared_value": 30.0, "variance": 12.0, "areas_ranked": 150}, "place 30 of 150", "+12 places"),
        ({"compared_value": 30.0, "variance": -1.0, "areas_ranked": None}, "30.0%", "\u22121.0 pp"),
        ({"compared_value": None, "variance": None, "areas_ranked": None}, "", ""),
    ],
)  # fmt: skip
def test_what_a_rank_is_held_against_is_a_place_and_never_a_rate(judged, against, variance):
    row = SimpleNamespace(**judged)
    assert judged_words.compared(row, PERCENT) == against
    assert judged_words.variance(row, PERCENT) == variance


def test_the_axis_of_grades_names_whole_grades_only():
    runs = [[Mark(dt.date(2008, 3, 31), 1), Mark(dt.date(2009, 3, 31), 1)]]
    chart = draw("k", "t", runs, [], [Mark(dt.date(2011, 3, 31), 2)], [], 0)
    named = re.findall(r'text-anchor="end">([^<]+)<', chart)
    assert named == ["1", "2"]
