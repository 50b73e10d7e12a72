"""The list of arrivals orders and dates files; one that cannot be read does nothing but say so."""

from datetime import date

import pytest

from sources.arrivals import Arrival, in_order, read_list

HEAD = "path,published_on,received_on\n"


@pytest.fixture
def folder(tmp_path):
    for name in ("a.csv", "b.csv", "c.csv", "new.csv"):
        (tmp_path / name).write_text("x")
    return tmp_path


def taken(folder, text, encoding="utf-8"):
    (folder / "arrivals.csv").write_bytes(text.encode(encoding))
    paths = [folder / name for name in ("a.csv", "b.csv", "c.csv", "new.csv")]
    return [(a.path.name, a.published_on, a.received_on) for a in in_order(paths, folder)]


def test_files_come_in_the_order_they_arrived_and_unlisted_ones_last(folder):
    text = HEAD + "b.csv,2009-06-01,2009-07-02\nc.csv,,2009-06-30\na.csv,2009-05-01,2009-07-02\ngone.csv,,2008-01-01\n"
    assert taken(folder, text) == [
        ("c.csv", None, date(2009, 6, 30)),
        ("a.csv", date(2009, 5, 1), date(2009, 7, 2)),
        ("b.csv", date(2009, 6, 1), date(2009, 7, 2)),
        ("new.csv", None, None),
    ]
    assert read_list(folder)[1] == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("path,published_on\na.csv,2009-01-01\n", "row 1: column 'received_on' is missing"),
        (HEAD + "a.csv,,2009-01-01\nb.csv,,1.2.2009\n", "row 3, column 'received_on': '1.2.2009' is not a day"),
        (HEAD + ",,2009-01-01\n", "row 2, column 'path': it names no file"),
        (HEAD + "a.csv,,2009-01-01\na.csv,,2009-01-02\n", "row 3, column 'path': 'a.csv' stands in the list twice"),
        ("", "row 1: column 'path' is missing"),
    ],
)
def test_a_list_that_cannot_be_read_says_so_and_does_nothing(folder, text, said):
    assert taken(folder, text) == [(name, None, None) for name in ("a.csv", "b.csv", "c.csv", "new.csv")]
    days, sentence = read_list(folder)
    assert days == {}
    assert sentence.startswith("arrivals.csv, " + said)
    assert sentence.endswith("correct it and build again.")


def test_a_list_in_another_encoding(folder):
    assert taken(folder, HEAD + "a.csv,,2009-01-01\n", "utf-16")[0] == ("a.csv", None, None)
    assert "cannot be read as CSV in UTF-8" in read_list(folder)[1]


def test_no_folder_and_no_list(folder):
    assert read_list(None) == ({}, "")
    assert in_order([folder / "a.csv"], None) == [Arrival(folder / "a.csv")]
