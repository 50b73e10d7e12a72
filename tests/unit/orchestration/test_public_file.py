"""Equal data, equal bytes: in another folder, time zone, locale, order of rows."""

import duckdb
import pytest
from cells import FORMULAS, PLAIN

from orchestration.lib import public_file


def warehouse(path, order):
    """Every kind of column a mart has, with NULLs, over several row groups' worth of vectors."""
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(f"""
            create table marts.fct as select
                i, case when i % 7 > 0 then i * 0.1 end as value, case when i % 5 > 1 then i % 1000 end as small,
                case when i % 3 > 0 then date '2008-04-01' + (i % 900)::integer end as day,
                timestamp '2010-01-01 10:00:00' + interval (i) second as moment, i % 2 = 0 as flag,
                case when i % 11 > 0 then 'text number ' || (i % 5000) || ' of a file with, commas' end as words,
                case when i % 13 > 3 then md5(i::varchar) end as hash
            from range(150_000) t(i) order by i {order}""")
        con.execute("comment on column marts.fct.value is 'a value'; comment on table marts.fct is 'facts'")
    return path


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    (folder / "out").mkdir()
    assert list(public_file.write(warehouse(folder / "wh" / "build.duckdb", "asc"), folder / "out", folder)) == ["fct"]
    return files(folder / "out")


@pytest.mark.parametrize("turn", [1, 2])
def test_another_folder_time_zone_locale_and_order_differ_in_no_byte(first, tmp_path, monkeypatch, turn):
    out = tmp_path / ("a longer name " * 5 * turn)
    out.mkdir()
    for name, value in {"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": str(turn)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UNRELATED", "x" * 5000 * turn)
    list(public_file.write(warehouse(tmp_path / "wh" / "build.duckdb", "desc"), out, tmp_path))
    assert [name for name, content in files(out).items() if first[name] != content] == []
    assert set(first) == {"hub.duckdb", "csv/fct.csv", "parquet/fct.parquet"}


def test_a_failure_says_why(tmp_path):
    with pytest.raises(public_file.NotWritten, match="nowhere"):
        list(public_file.write(tmp_path / "nowhere.duckdb", tmp_path, tmp_path))
    assert not list((tmp_path / "csv").iterdir())


def test_only_csv_marks_texts_that_a_spreadsheet_takes_for_formulas(tmp_path):
    build, out = warehouse(tmp_path / "wh" / "build.duckdb", "asc"), tmp_path / "out"
    out.mkdir()
    texts = [*FORMULAS, *PLAIN, None]
    with duckdb.connect(str(build)) as con:
        con.execute("create table marts.said (i integer, words varchar, low double)")
        con.executemany("insert into marts.said values (?, ?, -1.5)", list(enumerate(texts)))
    list(public_file.write(build, out, tmp_path))
    with duckdb.connect() as con:
        read = "select words, low from read_csv(?, nullstr = '', allow_quoted_nulls = false) order by i"
        csv = con.execute(read, [str(out / "csv/said.csv")]).fetchall()
        parquet = con.execute("select words from read_parquet(?) order by i", [str(out / "parquet/said.parquet")])
        assert [words for (words,) in parquet.fetchall()] == texts
    assert [words for words, _ in csv] == [f"'{words}" if words in FORMULAS else words for words in texts]
    assert {low for _, low in csv} == {-1.5}
