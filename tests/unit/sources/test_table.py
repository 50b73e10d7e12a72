"""Headers to roles."""

import pytest

from quality.issues import Refused
from sources.readers.grid import Grid
from sources.readers.table import PERIOD, ROW, header_names, read_tables
from sources.registry import AreaCode, AreaRule, Layout, Measure, PeriodRule


def layout(columns=None, **more):
    return Layout(
        name="test", columns=columns or {"code": ("Code",), "value": ("Value", "Number")},
        areas=(AreaRule(find=(AreaCode(scheme="gss", code="code"),)),), period=PeriodRule(basis="calendar_year"),
        measures=(Measure(indicator="NI 1", value="value"),), **more,
    )  # fmt: skip


def table(rows, sheet="", **how):
    (found,) = read_tables([Grid(sheet, rows)], (layout(**how),), "f")
    return found


def test_columns_are_found_by_name_below_titles():
    found = table([["A title"], [], [" NUMBER", "code "], ["5", "E1"], ["", ""], ["6", "E2"]])
    assert found.frame[["code", "value", ROW]].values.tolist() == [["E1", "5", 4], ["E2", "6", 6]]
    assert found.headers[("value", "")] == "NUMBER"


def test_wide_columns_become_rows():
    wide = {"code": ("Code",), "value": (r"/^Value (?P<period>\d{4})$/",)}
    found = table([["Code", "Value 2009", "Value 2010"], ["E1", "5", "6"]], columns=wide)
    assert found.frame[["code", "value", PERIOD]].values.tolist() == [["E1", "5", "2009"], ["E1", "6", "2010"]]
    assert found.headers[("value", "2010")] == "Value 2010"


def test_stacked_headers_and_blanks_get_names():
    names = header_names([["Area", "", "2009", "", ""], ["", "", "Rate", "", "Count"]])
    rate = "2009 | Rate"
    assert names == ["Area", "(blank after Area)", rate, f"(blank after {rate})", "2009 | Count"]


@pytest.mark.parametrize(
    ("head", "said"),
    [(["Code", "Amount"], "missing column 'Value'; extra column 'Amount'"),
     (["Code", "Value", "X"], "extra column 'X'"),
     (["Code", "Value", "Value"], "extra column 'Value'"), (["Code"], "missing column 'Value'"),
     (["Nothing", "Here"], "no header row was found")],
)  # fmt: skip
def test_misfits_are_named(head, said):
    with pytest.raises(Refused, match=said):
        table([head, ["E1"] + ["5"] * (len(head) - 1)])


def test_ragged_records_are_kept_out_and_a_last_one_refused():
    found = table([["Code", "Value"], ["E1", "5"], ["E2"], ["E3", "6", "7"], ["E4", "8"]])
    assert found.frame["code"].tolist() == ["E1", "E4"]
    assert [issue.row for issue in found.issues] == [3, 4]
    with pytest.raises(Refused, match="breaks off"):
        read_tables([Grid("", [["Code", "Value", "N"], ["E1", "5", "1"], ["E3", "6"]])],
                    (layout(ignored=("N",)),), "f")  # fmt: skip


def test_only_sheets_of_the_right_name_are_read_where_one_has_it():
    rows = [["Code", "Value"], ["E1", "5"]]
    sheets = [Grid("Data", rows), Grid("Copy", rows)]
    assert [t.sheet for t in read_tables(sheets, (layout(sheet="^data"),), "f")] == ["Data"]
    assert [t.sheet for t in read_tables(sheets[1:], (layout(sheet="^data"),), "f")] == ["Copy"]
