"""Bytes to text cells."""

import csv
from datetime import date, datetime, time, timedelta

import pytest

from quality.issues import Refused
from sources.readers.grid import cell_text, decode, read_grids


@pytest.mark.parametrize(
    ("cell", "text"),
    [(2015.0, "2015"), (0.1, "0.1"), (True, "TRUE"), ("00AB", "00AB"), (None, ""), (date(2010, 3, 1), "2010-03-01"),
     (datetime.fromisoformat("2010-03-01"), "2010-03-01T00:00:00"), (time(9, 30), "09:30:00"),
     (timedelta(days=1), "1 day, 0:00:00"),
     (1e300, "1e+300"), (-0.0, "0")],
)  # fmt: skip
def test_cells_as_a_reader_would_type_them(cell, text):
    assert cell_text(cell) == text


def test_records_keep_line_ends_inside_cells():
    (grid,) = read_grids(b'code,"long\nheader"\r\n00AB,1\r\n', "f")
    assert grid.rows == [["code", "long\nheader"], ["00AB", "1"]]
    assert grid.ended


def test_a_last_record_without_line_end_is_known():
    assert not read_grids(b"a,b\n1,2", "f")[0].ended


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    assert decode("caf\u00e9,1".encode(encoding), "f") == ("caf\u00e9,1", [])


def test_an_older_encoding_is_told_with_its_line():
    text, issues = decode(b"a,b\nc,\xa35\n", "f")
    assert text == "a,b\nc,\u00a35\n"
    assert "0xa3 on line 2" in issues[0].message


def test_records_that_run_together_are_refused():
    with pytest.raises(Refused, match="run together"):
        read_grids(b'a,b,c\n1,"2,3\n4,5,6\n7,8,9",\n', "f")


def test_reading_leaves_the_limit_of_the_csv_module_as_it_was():
    """It is one for the process: lowered, dbt can no longer read its seeds."""
    before = csv.field_size_limit()
    read_grids(b"a,b\n1,2\n", "f.csv")
    with pytest.raises(Refused):
        read_grids(b'a,b\n1,"2\n', "f.csv")
    assert csv.field_size_limit() == before
