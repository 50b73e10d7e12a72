"""Bad input: refused or told in a sentence a person understands, and never a crash (issue 2, "Bad input gets")."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from variants import as_csv, facts, issues, landed, read_book, refused, write_csv, write_xlsx

from sources.landing import land
from sources.readers import grid
from sources.registry import load_feeds

NET, HOMES = "dclg_net_additional_dwellings", "dclg_affordable_homes"
HEAD = ["geography_code", "date", "value", "Measure"]
ROWS = [
    HEAD,
    ["E06000001", "2008-09", "310", "net_additional_dwellings"],
    ["E06000001", "2009-10", "120", "net_additional_dwellings"],
    ["E06000002", "2009-10", "-15", "net_additional_dwellings"],
    ["E92000001", "2009-10", "144870", "net_additional_dwellings"],
]
HOME_ROWS = [
    ["geography_code", "geography_name", "date", "Measure", "value"],
    ["E06000001", "Hartlepool", "2009-10", "Social Rent", "40"],
    ["E06000001", "Hartlepool", "2009-10", "Affordable Rent", "12"],
    ["E06000002", "Middlesbrough", "2009-10", "Social Rent", "7"],
]
WHOLE = as_csv(ROWS).encode()


def put(tmp_path, content: bytes, name: str = "net_additional.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "a,b\n1,2\n")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_DATA = {
    "nothing": (b"", "the file is empty"),
    "white space": (b"\n \n\t\n", "the file is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "the file is empty"),
    "only NULs": (b"\x00" * 900, "the file is empty"),
    "a web page": (b"<!DOCTYPE html>\n<html><body>404</body></html>", "a web page (HTML)"),
    "a web page behind a comment": (b"\n<!-- cached -->\n<HTML lang='en'>", "a web page (HTML)"),
    "an XHTML page": (b'<?xml version="1.0"?><!DOCTYPE html><html/>', "a web page (HTML)"),
    "a bare HTML table": (b"<table><tr><td>1</td></tr></table>", "a web page (HTML)"),
    "XML": (b'<?xml version="1.0"?><data/>', "an XML document"),
    "JSON object": (b'{"error": "not found"}', "JSON"),
    "JSON list": (b'[{"a": 1}]', "JSON"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "a PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "gzip": (b"\x1f\x8b\x08\x00rest", "a gzip archive"),
    "zip of a CSV": (zipped("a.csv"), "a zip archive"),
    "binary": (bytes(range(256)) * 4, "binary data"),
    "prose": (b"Statistics are released\nat half past nine.\n", "no header row was found"),
    "semicolons": (WHOLE.replace(b",", b";"), "separated by semicolons"),
    "tabs": (WHOLE.replace(b",", b"\t"), "separated by tabs"),
    "bars": (WHOLE.replace(b",", b"|"), "separated by bars"),
    "semicolons under a title": (b"Live table 122\n\n" + WHOLE.replace(b",", b";"), "separated by semicolons"),
    "a header alone": (as_csv(ROWS[:1]).encode(), "no record below it"),
    "an open quotation mark": (WHOLE.replace(b"310", b'"310'), "breaks off inside a quoted cell"),
    "records run together": (WHOLE.replace(b"310", b'"310').replace(b"-15", b'-15",'), "run together"),
    "broken zip": (b"PK\x03\x04" + b"junk" * 99, "cut short or damaged"),
    "broken xls": (OLE + b"junk" * 99, "cut short or damaged"),
    "password-protected xlsx": (OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "one endless cell": (b"a" * 300_000, "no header row was found"),
}


@pytest.mark.parametrize("what", NOT_DATA)
def test_what_is_no_data_is_refused_in_a_sentence(tmp_path, what):
    content, said = NOT_DATA[what]
    assert said in refused(NET, put(tmp_path, content), tmp_path / "hub")
    assert any((tmp_path / "hub" / "quarantine" / NET).rglob("reasons.json"))


def test_a_file_that_is_not_there(tmp_path):
    assert "there is no such file" in refused(NET, tmp_path / "none.csv", tmp_path / "hub")


def test_a_folder_is_no_file(tmp_path):
    assert "a folder, not a file" in refused(NET, tmp_path, tmp_path / "hub")


@pytest.mark.parametrize("cut", range(3, 40, 4))
def test_a_record_cut_short_is_refused_or_told(tmp_path, cut):
    report = land(load_feeds()[NET], put(tmp_path, WHOLE[:-cut]), tmp_path / "hub")
    told = {issue.check for issue in report.issues}
    assert {"truncated", "no_line_end"} & told, "a cut in the last cell can only be warned about"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_workbook_cut_short_is_refused(tmp_path, feeds_dir, share):
    whole = (feeds_dir / "ons_conceptions" / "conceptionstatisticstables2017.xls").read_bytes()
    path = put(tmp_path, whole[: int(len(whole) * share)], "conceptions.xls")
    assert "cut short or damaged" in refused("ons_conceptions", path, tmp_path / "hub")
    book = write_xlsx(tmp_path / "conceptions.xlsx", {"Table 6": ROWS}).read_bytes()
    path = put(tmp_path, book[: int(len(book) * share)], "conceptions.xlsx")
    assert "cut short or damaged" in refused("ons_conceptions", path, tmp_path / "hub")


def test_missing_and_extra_columns_are_both_named(tmp_path):
    rows = [["geography_code", "year", "value", "Measure"], *ROWS[1:]]
    reasons = refused(NET, write_csv(tmp_path / "net_additional.csv", rows), tmp_path / "hub")
    assert "missing column 'date'; extra column 'year'" in reasons


def test_headers_written_as_patterns_are_named_as_people_read_them(tmp_path, feeds_dir):
    path = feeds_dir / "dcsf_looked_after_children" / "KS4_Attainment_2007-2011_LA.csv"
    broken = path.read_bytes().replace(b"Number eligible to sit GCSEs 2009", b"Eligible 2009")
    reasons = refused("dcsf_looked_after_ks4", put(tmp_path, broken, path.name), tmp_path / "hub")
    assert "missing column 'Number eligible to sit GCSEs 2009'" in reasons
    assert "extra column 'Eligible 2009'" in reasons


def test_an_unknown_code_is_an_issue_with_the_closest_name_and_the_rest_lands(tmp_path):
    rows = [*ROWS, ["E0600002", "2009-10", "3", "net_additional_dwellings"]]
    report = landed(NET, write_csv(tmp_path / "net_additional.csv", rows), tmp_path / "hub")
    (issue,) = issues(report, "unknown_area")
    assert (issue.row, issue.column, issue.value) == (6, "geography_code", "E0600002")
    assert "The closest known name is" in issue.message
    assert report.rows == 4


def test_the_name_beside_an_unknown_code_finds_the_closest(tmp_path):
    rows = [*HOME_ROWS, ["E06999999", "Hartlepol", "2009-10", "Social Rent", "3"]]
    report = landed(HOMES, write_csv(tmp_path / "affordable.csv", rows), tmp_path / "hub")
    (issue,) = issues(report, "unknown_area")
    assert "(Hartlepol)" in issue.message
    assert "The closest known name is Hartlepool (E06000001)" in issue.message


def test_an_unknown_name_is_an_issue_with_the_closest_name(tmp_path, feeds_dir):
    path = feeds_dir / "home_office_recorded_crime" / "prc-pfa-mar2013-onwards-tables201718_q1.csv"
    changed = put(tmp_path, path.read_bytes().replace(b"Merseyside", b"Mersyside"), "prc-pfa.csv")
    report = landed("home_office_recorded_crime", changed, tmp_path / "hub")
    (issue,) = issues(report, "unknown_area")
    assert "The closest known name is Merseyside" in issue.message


def test_a_text_in_a_number_column_is_an_issue_with_its_place(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[2][2] = "see note"
    report = landed(NET, write_csv(tmp_path / "net_additional.csv", rows), tmp_path / "hub")
    (issue,) = issues(report, "unreadable_value")
    assert (issue.file, issue.row, issue.column, issue.value) == ("net_additional.csv", 3, "value", "see note")
    assert "neither a number nor a mark" in issue.message
    told = facts(tmp_path / "hub", report)
    assert told[("NI 154", "headline", "E06000001", "2009/10", "")] == (None, "unreadable")
    assert told[("NI 154", "headline", "E06000002", "2009/10", "")] == (-15, None)


def test_a_text_in_a_workbook_names_its_sheet(tmp_path, feeds_dir):
    sheets = read_book(feeds_dir / "ons_conceptions" / "conceptionstatisticstables2017.xls")
    table = sheets["Table 6"][:20]
    table[13][3] = "pending"
    path = write_xlsx(tmp_path / "conceptions.xlsx", {"Contents": sheets["Contents"], "Table 6": table})
    (issue,) = issues(landed("ons_conceptions", path, tmp_path / "hub"), "unreadable_value")
    assert (issue.sheet, issue.row, issue.value) == ("Table 6", 14, "pending")
    assert issue.column.endswith("Conception rate per 1,000 women in age group")


def test_an_unreadable_period_is_an_issue(tmp_path):
    rows = [*ROWS, ["E06000003", "lately", "3", "net_additional_dwellings"]]
    (issue,) = issues(landed(NET, write_csv(tmp_path / "net.csv", rows), tmp_path / "hub"), "unreadable_period")
    assert (issue.row, issue.column, issue.value) == (6, "date", "lately")


def test_two_rows_that_contradict_are_both_kept_out(tmp_path):
    rows = [*ROWS, ["E06000001", "2009-10", "121", "net_additional_dwellings"]]
    report = landed(NET, write_csv(tmp_path / "net_additional.csv", rows), tmp_path / "hub")
    (issue,) = issues(report, "conflicting_rows")
    assert "rows 3 and 6 have one key (E06000001, 2009/10) but different values" in issue.message
    assert ("NI 154", "headline", "E06000001", "2009/10", "") not in facts(tmp_path / "hub", report)
    assert report.rows == 3


def test_a_row_said_twice_counts_once(tmp_path):
    report = landed(NET, write_csv(tmp_path / "net_additional.csv", [*ROWS, ROWS[2]]), tmp_path / "hub")
    assert report.rows == 4
    assert [issue.severity for issue in issues(report, "repeated_row")] == ["info"]


def test_a_part_said_twice_is_not_added_twice(tmp_path):
    report = landed(HOMES, write_csv(tmp_path / "affordable.csv", [*HOME_ROWS, HOME_ROWS[1]]), tmp_path / "hub")
    assert facts(tmp_path / "hub", report)[("NI 155", "headline", "E06000001", "2009/10", "")] == (52, None)


def test_parts_that_contradict_make_no_sum(tmp_path):
    rows = [*HOME_ROWS, [*HOME_ROWS[1][:4], "41"]]
    report = landed(HOMES, write_csv(tmp_path / "affordable.csv", rows), tmp_path / "hub")
    told = facts(tmp_path / "hub", report)
    assert ("NI 155", "headline", "E06000001", "2009/10", "") not in told
    assert ("NI 155", "headline", "E06000001", "2009/10", "tenure=Affordable Rent") in told
    assert any("rows 2 and 5" in issue.message for issue in issues(report, "conflicting_rows"))


def test_sheets_that_contradict_are_told_with_their_names(tmp_path):
    other = [list(row) for row in ROWS]
    other[2][2] = "999"
    path = write_xlsx(tmp_path / "net_additional.xlsx", {"Revised": ROWS, "First": other})
    report = landed(NET, path, tmp_path / "hub")
    (issue,) = issues(report, "conflicting_rows")
    assert "3 of sheet 'Revised' and 3 of sheet 'First'" in issue.message
    assert report.rows == 3


def bomb(inside: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_workbook_that_unpacks_without_end_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(grid, "UNPACKED_LIMIT", 2**20)
    content = bomb({"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b" " * 2**22})
    assert len(content) < 2**14
    assert "it unpacks to 4 MB" in refused(NET, put(tmp_path, content, "net_additional.xlsx"), tmp_path / "hub")


def test_entities_that_multiply_are_not_expanded(tmp_path):
    book = write_xlsx(tmp_path / "book.xlsx", {"Table 1": ROWS}).read_bytes()
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    for name in [name for name in inside if name.startswith("xl/") and name.endswith(".xml")]:
        text = inside[name].decode().replace("net_additional_dwellings", "&a9;")
        head, mark, rest = text.partition("?>")
        declared = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'
        inside[name] = (head + mark + declared + rest if mark else declared + text).encode()
    report = land(load_feeds()[NET], put(tmp_path, bomb(inside), "net_additional.xlsx"), tmp_path / "hub")
    assert report.status == "quarantined"
    assert report.reasons()


def test_notes_below_a_table_are_not_data(tmp_path):
    content = WHOLE + b'\nNotes\n"1. Includes conversions, and demolitions."\n'
    report = landed(NET, put(tmp_path, content), tmp_path / "hub")
    assert report.rows == 4
    assert issues(report, "notes_below")[0].occurrences == 2


def test_a_quotation_mark_in_a_cell_is_told_and_read(tmp_path):
    rows = as_csv(HOME_ROWS).replace("Middlesbrough", '"Middlesbrough" (new)').encode()
    report = landed(HOMES, put(tmp_path, rows, "affordable.csv"), tmp_path / "hub")
    assert issues(report, "stray_quote")[0].row == 4
    assert report.rows == 5


def test_bytes_of_an_older_encoding_are_read_and_told(tmp_path):
    content = as_csv(HOME_ROWS).replace("Hartlepool", "Hartlepool\u2019s \u00a3").encode("cp1252")
    report = landed(HOMES, put(tmp_path, content, "affordable.csv"), tmp_path / "hub")
    assert "not UTF-8: byte 0x92 on line 2" in issues(report, "encoding")[0].message
    assert report.rows == 5


never_raises = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def survives(tmp_path, feed: str, content: bytes, name: str) -> None:
    report = land(load_feeds()[feed], put(tmp_path, content, name), tmp_path / "hub")
    assert report.status in ("landed", "quarantined", "unchanged")
    assert report.status != "quarantined" or report.reasons()
    assert not issues(report, "fault"), report.reasons()


@never_raises
@given(content=st.binary(max_size=300))
def test_any_bytes_are_survived(tmp_path, content):
    for prefix in (b"", OLE, b"PK\x03\x04"):
        survives(tmp_path, NET, prefix + content, "net_additional.csv")


@never_raises
@given(
    at=st.integers(0, len(WHOLE)), gone=st.integers(0, 30), new=st.one_of(st.binary(max_size=6), st.sampled_from(
        [b'"', b",", b"\n", b"\r", b",,,,", b"\x00", b"nan", b"inf", b"1e999", b"\xff\xfe", b";", b"9" * 400]
    )),
)  # fmt: skip
def test_any_change_to_a_good_file_is_survived(tmp_path, at, gone, new):
    survives(tmp_path, NET, WHOLE[:at] + new + WHOLE[at + gone :], "net_additional.csv")


@never_raises
@given(cells=st.lists(st.lists(st.text(max_size=8), min_size=4, max_size=4), max_size=4))
def test_any_text_in_the_cells_is_survived(tmp_path, cells):
    survives(tmp_path, NET, as_csv([*ROWS, *cells]).encode("utf-8", "surrogatepass"), "net_additional.csv")


def test_a_year_nobody_says_is_assumed_aloud(feeds_dir, tmp_path):
    path = tmp_path / "adopted.csv"
    path.write_bytes((feeds_dir / "dcsf_looked_after_children" / "SFR21_ADP.csv").read_bytes())
    report = land(load_feeds()["dcsf_adoption"], path, tmp_path / "home")
    assert report.status == "landed"
    assert {row["period_label"] for row in report.preview} == {"2010/11"}
    (issue,) = [issue for issue in report.issues if issue.check == "assumed_period"]
    assert "2010/11" in issue.message
    dated = land(load_feeds()["dcsf_adoption"], path, tmp_path / "other", published_on=date(2013, 9, 26))
    assert {row["period_label"] for row in dated.preview} == {"2012/13"}
