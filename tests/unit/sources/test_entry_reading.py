"""Targets, partnerships and returns: from a workbook's cells to canonical rows, and what keeps a row out."""

from datetime import date

import pandas as pd
import pytest
import workbooks as book

from quality import entry_schemas
from quality.issues import Refused
from sources.archive import Received
from sources.areas import read_seed
from sources.entries import KINDS
from sources.parquet import ENTRIES
from sources.reading import read
from sources.registry import KINDS as NAMED
from sources.registry import load_feeds


def reading(feed, content):
    """Rows by kind, and the warnings."""
    landed, issues = read(load_feeds()[feed], Received(content, "f.xlsx"))
    return landed, [issue for issue in issues if issue.severity != "info"]


def targets(*rows, **how):
    landed, issues = reading("go_laa_targets", book.targets(*rows, **how))
    return landed["targets"], issues


def test_every_kind_is_described_once_everywhere():
    assert ("observations", *ENTRIES) == NAMED
    assert set(KINDS) == set(ENTRIES)
    for kind, columns in ENTRIES.items():
        schema = entry_schemas.entry_schema(kind)
        assert set(KINDS[kind].key) <= set(schema.unique) <= set(columns)
        assert set(schema.columns) - {"source_row"} <= set(columns)


FEEDS = ["go_laa_targets", "go_laa_reviews", "inspectorates_judgements", "lsp_partnerships", "lsp_returns"]


@pytest.mark.parametrize("feed", FEEDS)
def test_the_roles_of_a_layout_are_the_columns_of_its_kind_and_its_words_are_known(feed):
    inspected = read_seed("framework/inspection_judgements")
    known = {
        **{role: set(inspected[role]) for role in ("assessment", "judgement")},
        "organisation_code": set(read_seed("framework/organisations")["organisation_code"]),
        "commitment_type": entry_schemas.COMMITMENTS, "target_basis": entry_schemas.TARGET_BASES,
        "target": (*entry_schemas.TARGET_STATES, ""), "partnership_type": entry_schemas.PARTNERSHIPS,
        "plan_type": entry_schemas.PLANS, "self_assessed_status": entry_schemas.STATUSES,
        "office_view": entry_schemas.STATUSES, "agreed_status": entry_schemas.STATUSES,
        "self_assessed_direction": entry_schemas.DIRECTIONS,
        "state": entry_schemas.ACTION_STATES, "baseline_value": ("",), "base_period_label": ("",),
    }  # fmt: skip
    for layout in load_feeds()[feed].layouts:
        roles = set(layout.columns) | set(layout.optional)
        assert roles - {"code", "name", "target"} <= set(ENTRIES[layout.record])
        for role, words in layout.words.items():
            assert set(words.values()) <= set(known[role])


def test_a_commitment_is_one_row_a_year():
    rows, issues = targets(book.TARGET)
    assert issues == []
    assert rows["period_label"].tolist() == ["2008/09", "2009/10", "2010/11"]
    assert rows["target_value"].tolist() == [310, 320, 330.5]
    first = rows.iloc[0]
    assert dict(first[["area_code", "indicator_code", "part", "commitment_type", "target_basis", "state"]]) == {
        "area_code": book.HARTLEPOOL, "indicator_code": "NI 154", "part": "headline", "commitment_type": "designated",
        "target_basis": "level", "state": "agreed",
    }  # fmt: skip
    assert (first["period_start"], first["period_end"]) == (date(2008, 4, 1), date(2009, 3, 31))
    assert (first["base_period_label"], first["baseline_value"], first["reward_eligible"]) == ("2007/08", 300, True)
    assert first["decided_on"] == date(2008, 6, 30)
    assert (first["source_sheet"], first["source_row"], first["source_text"]) == ("North East", 5, "310")


def test_words_stand_for_states_and_a_frozen_target_keeps_its_number():
    odd = {"2008/09": "TBC", "2009/10": "Frozen 12.3", "2010/11": "n/a", "Baseline": "TBC", "Baseline period": ""}
    rows, issues = targets(book.TARGET | odd, book.TARGET | {
        "Indicator": "NI 155", "2008/09": "deferred", "2009/10": "Withdrawn", "2010/11": "frozen",
    })  # fmt: skip
    assert issues == []
    found = rows.sort_values(["indicator_code", "period_label"])
    assert found["state"].tolist() == ["placeholder", "frozen", "deferred", "withdrawn", "frozen"]
    assert found["target_value"].fillna(-1).tolist() == [-1, 12.3, -1, -1, -1]
    assert found["baseline_value"].isna().tolist() == [True, True, False, False, False]
    assert found["base_period_label"].isna().sum() == 2


def test_codes_are_old_or_new_and_a_comparator_may_be_named():
    new = {"LAA code": "E06000002", "Comparator": "England", "Target basis": "Relative to comparator"}
    rows, issues = targets(book.TARGET, book.TARGET | new)
    assert issues == []
    assert set(rows["area_code"]) == {"E06000001", "E06000002"}
    assert set(rows["comparator_code"].dropna()) == {"E92000001"}


@pytest.mark.parametrize(
    ("slip", "check", "column", "said"),
    [
        ({"LAA code": "99ZZ"}, "unknown_area", "LAA code", "'99ZZ' (Hartlepool) is no known area; the row was kept"),
        ({"LAA code": ""}, "blank_cell", "LAA code", "the cell is blank; the row was kept out"),
        ({"Indicator": "NI 999"}, "unknown_indicator", "Indicator", "'NI 999' is no indicator"),
        ({"Part": "attic"}, "unknown_indicator", "Part", "'attic' is no indicator or part"),
        ({"Target type": "Wish"}, "unreadable_value", "Target type", "'Wish' is none of the words known here"),
        ({"Target type": ""}, "blank_cell", "Target type", "the cell is blank"),
        ({"Baseline": "three"}, "unreadable_value", "Baseline", "'three' is no number"),
        ({"Baseline period": "lately"}, "unreadable_period", "Baseline period", "'lately' is no period"),
        ({"Comparator": "Mars"}, "unknown_area", "Comparator", "'Mars' is no known area"),
        ({"Reward eligible": "perhaps"}, "unreadable_value", "Reward eligible", "'perhaps' is neither Yes nor No"),
        ({"Decided on": "30/06/2008"}, "unreadable_value", "Decided on", "'30/06/2008' is no date"),
        ({"Decided on": "2008-06-31"}, "unreadable_value", "Decided on", "'2008-06-31' is no date"),
    ],
)  # fmt: skip
def test_a_bad_row_is_kept_out_once_and_told(slip, check, column, said):
    rows, issues = targets(book.TARGET | {"LAA code": "E06000002"}, book.TARGET | slip)
    assert set(rows["area_code"]) == {"E06000002"}
    assert len(rows) == 3
    assert [(i.check, i.severity, i.sheet, i.row, i.column) for i in issues] == [
        (check, "warning", "North East", 6, column)
    ]
    assert issues[0].message.startswith(said)
    assert issues[0].remedy


@pytest.mark.parametrize("cell", ["soon", "", "Frozen soon", "soon 12.3", "n/a 12"])
def test_a_year_that_says_nothing_readable_is_kept_out_alone(cell):
    rows, issues = targets(book.TARGET | {"2009/10": cell})
    assert rows["period_label"].tolist() == ["2008/09", "2010/11"]
    assert [(i.check, i.row, i.column, i.value) for i in issues] == [("unreadable_value", 5, "2009/10", cell)]


def test_a_commitment_without_a_target_for_any_year_is_told():
    rows, issues = targets(book.TARGET | dict.fromkeys(("2008/09", "2009/10", "2010/11"), "n/a"))
    assert rows.empty
    assert [(i.check, i.row) for i in issues] == [("no_target", 5)]


def test_rows_that_contradict_one_another_are_both_kept_out_whole():
    other = book.TARGET | {"2010/11": "n/a"}
    rows, issues = targets(book.TARGET, other, book.TARGET | {"Target type": "Local"})
    assert set(rows["commitment_type"]) == {"local"}
    assert len(issues) == 1
    assert issues[0].message.startswith("rows 5 and 6 have one key (E06000001, NI 154, headline, designated)")


def test_rows_said_twice_count_once():
    rows, issues = targets(book.TARGET, book.TARGET | {"LAA code": "E06000001", "2008/09": "310.0"})
    assert (len(rows), issues) == (3, [])


@pytest.mark.parametrize("gone", ["Baseline", "2009/10", "Decision"])
def test_a_missing_column_refuses_the_file(gone):
    with pytest.raises(Refused, match=f"missing column '{gone}'"):
        targets(book.TARGET, headers=[header for header in book.TARGETS if header != gone])


def test_a_bad_sheet_among_good_ones_refuses_the_file():
    good, bad = book._sheet(book.TARGETS, [book.TARGET]), book._sheet(book.TARGETS[:-1], [book.TARGET])
    with pytest.raises(Refused, match="missing column 'Decided on'"):
        reading("go_laa_targets", book.workbook_bytes({"North East": good, "London": bad}))


def test_a_partnerships_workbook_lands_five_kinds():
    landed, issues = reading("lsp_partnerships", book.sent("lsp_partnerships", book.PARTNERSHIPS))
    assert issues == []
    assert {kind: len(rows) for kind, rows in landed.items()} == {
        "partnerships": 2, "organisations": 1, "responsibilities": 1, "plans": 1, "plan_links": 1,
    }  # fmt: skip
    first, second = landed["partnerships"].to_dict("records")
    assert first["partnership_type"] == "local_strategic_partnership"
    assert (first["parent_code"], second["parent_code"]) == (None, "LSP-00EB")
    assert (first["valid_from"], first["valid_to"]) == (date(2008, 4, 1), None)
    assert landed["plans"]["area_code"].tolist() == ["E06000001"]
    assert landed["responsibilities"]["source_text"].iloc[0].startswith("LSP-00EB-1 | NI 154 |")


def test_an_organisation_may_have_no_area_and_a_wrong_one_is_told():
    organisations = [book.ORGANISATION | {"Organisation code": "PCT-1", "LAA code": ""},
                     book.ORGANISATION | {"LAA code": "99ZZ"}]  # fmt: skip
    rows = book.PARTNERSHIPS | {"Organisations": organisations}
    landed, issues = reading("lsp_partnerships", book.sent("lsp_partnerships", rows))
    assert landed["organisations"][["organisation_code", "area_code"]].values.tolist() == [["PCT-1", None]]
    assert [issue.check for issue in issues] == ["unknown_area"]


def test_a_term_that_ends_before_it_begins_is_told():
    rows = book.PARTNERSHIPS | {"Responsibilities": [book.RESPONSIBILITY | {"To": "2008-03-31"}]}
    landed, issues = reading("lsp_partnerships", book.sent("lsp_partnerships", rows))
    assert landed["responsibilities"].empty
    assert [(i.check, i.column) for i in issues] == [("dates_out_of_order", "To")]


@pytest.mark.parametrize("gone", book.SENT["lsp_returns"])
def test_a_missing_sheet_refuses_the_file(gone):
    with pytest.raises(Refused, match=r"no sheet holds the (list|register) of"):
        reading("lsp_returns", book.sent("lsp_returns", book.RETURNS, leave_out=gone))


HOSTILE = [
    "<script>alert(1)</script>", '=HYPERLINK("http://example.org", "click")', "'; DROP TABLE returns; --",
    "\u202egnirts desrever", "x" * 5000, 'two\nlines, a "quotation" and a\ttab', "  outer space  ", "NULL", "1e5",
    "n/a",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_free_text_is_kept_as_it_came(text):
    rows = book.RETURNS | {"Returns": [book.RETURN | {"Commentary": text, "Cause": text, "Board decision": text}]}
    landed, issues = reading("lsp_returns", book.sent("lsp_returns", rows))
    assert issues == []
    assert landed["returns"][["commentary", "cause", "board_decision"]].values.tolist() == [[text] * 3]


def test_a_view_may_stand_before_anything_is_agreed():
    pending = book.REVIEW | {"Agreed status": "", "Reason agreed": "", "Agreed on": "", "Indicator": "NI 155"}
    landed, issues = reading("go_laa_reviews", book.reviews(book.REVIEW, pending))
    assert issues == []
    rows = landed["agreed_statuses"]
    assert rows[["area_code", "commitment_type", "round_label", "office_view", "agreed_status"]].values.tolist() == [
        [book.HARTLEPOOL, "designated", "2009/10 Q2", "off_target", "near_target"],
        [book.HARTLEPOOL, "designated", "2009/10 Q2", "off_target", None],
    ]  # fmt: skip
    assert rows["agreed_on"].notna().tolist() == [True, False]


@pytest.mark.parametrize(
    ("slip", "check"),
    [({"Office view": ""}, "blank_cell"), ({"Office view": "Amber"}, "unreadable_value"),
     ({"Agreed status": "Red"}, "unreadable_value"), ({"Agreed on": "last week"}, "unreadable_value"),
     ({"Round": "2009"}, "unknown_round"), ({"Indicator": "NI 299"}, "unknown_indicator")],
)  # fmt: skip
def test_a_slip_in_a_review_is_told_and_keeps_its_row_out(slip, check):
    landed, issues = reading("go_laa_reviews", book.reviews(book.REVIEW | slip))
    assert [issue.check for issue in issues] == [check]
    assert landed["agreed_statuses"].empty


def test_a_judgement_may_name_an_indicator_and_a_text_or_not():
    plain = {"National indicator": "", "What the report says": "", "About": "The area as a whole"}
    other = {"About": "Crime", "National indicator": "ni15", "Judgement": "GREEN FLAG"}
    content = book.judgements(book.JUDGEMENT, book.JUDGEMENT | plain | {"Judgement": "No flag"}, book.JUDGEMENT | other)
    landed, issues = reading("inspectorates_judgements", content)
    assert issues == []
    rows = landed["inspections"].astype("object").where(landed["inspections"].notna(), None)
    columns = ["area_code", "organisation_code", "assessment", "theme", "indicator_code", "judgement", "summary"]
    flag = (book.HARTLEPOOL, "AC", "area_assessment")
    assert rows[columns].values.tolist() == [
        [*flag, "Affordable homes", "NI 154", "red_flag", "Two sites have stalled."],
        [*flag, "The area as a whole", None, "no_flag", None],
        [*flag, "Crime", "NI 015", "green_flag", "Two sites have stalled."],
    ]  # fmt: skip
    assert rows["published_on"].tolist() == [date(2009, 12, 9)] * 3


@pytest.mark.parametrize(
    ("slip", "check"),
    [({"Judgement": ""}, "blank_cell"), ({"Judgement": "Amber flag"}, "unreadable_value"),
     ({"About": ""}, "blank_cell"), ({"Inspectorate": "Oflog"}, "unreadable_value"),
     ({"Published on": "December"}, "unreadable_value"),
     ({"Published on": ""}, "blank_cell"), ({"National indicator": "NI 299"}, "unknown_indicator"),
     ({"Area code": ""}, "blank_cell")],
)  # fmt: skip
def test_a_slip_in_a_judgement_is_told_and_keeps_its_row_out(slip, check):
    landed, issues = reading("inspectorates_judgements", book.judgements(book.JUDGEMENT | slip))
    assert [issue.check for issue in issues] == [check]
    assert landed["inspections"].empty


def test_judgements_that_contradict_one_another_are_both_kept_out():
    content = book.judgements(book.JUDGEMENT, book.JUDGEMENT | {"Judgement": "Green flag"})
    landed, issues = reading("inspectorates_judgements", content)
    assert landed["inspections"].empty
    assert issues


@pytest.mark.parametrize(("arrow", "told"), [("", None), ("Improved", "improved"), ("unchanged", "unchanged")])
def test_an_arrow_may_stand_in_a_return_or_not(arrow, told):
    rows = book.RETURNS | {"Returns": [book.RETURN | {"Direction of travel": arrow}]}
    landed, issues = reading("lsp_returns", book.sent("lsp_returns", rows))
    assert issues == []
    assert landed["returns"]["self_assessed_direction"].tolist() == [told]


def test_a_blank_day_is_a_return_not_received():
    rows = book.RETURNS | {"Register": [book.REGISTER | {"Received on": "", "Returns due": "7"}]}
    landed, issues = reading("lsp_returns", book.sent("lsp_returns", rows))
    assert issues == []
    assert landed["return_register"][["returns_due", "received_on"]].values.tolist() == [[7, None]]


@pytest.mark.parametrize(
    ("sheet", "slip", "check", "said"),
    [("Register", {"Round": "Spring"}, "unknown_round", "'Spring' is no collection round"),
     ("Register", {"Returns due": "1.5"}, "unreadable_value", "'1.5' is no whole number"),
     ("Actions", {"State": "Lost"}, "unreadable_value", "'Lost' is none of the words known here"),
     ("Actions", {"Action number": ""}, "blank_cell", "the cell is blank"),
     ("Returns", {"Round": "2009/10 Q9"}, "unknown_round", "'2009/10 Q9' is no collection round")],
)  # fmt: skip
def test_a_slip_in_a_return_is_told(sheet, slip, check, said):
    rows = book.RETURNS | {sheet: [book.RETURNS[sheet][0] | slip]}
    landed, issues = reading("lsp_returns", book.sent("lsp_returns", rows))
    assert [(issue.check, issue.sheet) for issue in issues] == [(check, sheet)]
    assert issues[0].message.startswith(said)
    assert sum(map(len, landed.values())) == 2


def test_sheets_without_rows_are_fine():
    landed, issues = reading("lsp_returns", book.sent("lsp_returns", {"Register": [book.REGISTER]}))
    assert issues == []
    assert isinstance(landed["returns"], pd.DataFrame)
    assert [len(landed[kind]) for kind in ("return_register", "returns", "actions")] == [1, 0, 0]
