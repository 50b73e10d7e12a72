import duckdb
import pytest

from orchestration.lib import marts

TABLES = ("dim_area", "dim_indicator", "dim_period", "fct_observation", "fct_observation_current")


def warehouse(path, order="asc", without=()):
    """A small warehouse: the tables that must hold rows, a view, comments, and a schema to leave out."""
    with duckdb.connect(str(path / "build.duckdb")) as con:
        con.execute("create schema marts; create schema staging; create table staging.secret as select 1 as a")
        for table in TABLES:
            where = "false" if table in without else "true"
            con.execute(
                f"create table marts.{table} as select i as code, i / 3 as value, 'it''s, \"so\"' as words, "
                f"cast(null as date) as day from range(5) t(i) where {where} order by i {order}"
            )
        con.execute("create view marts.a_view as select count(*) as n from build.marts.dim_area")
        con.execute("comment on table marts.dim_area is 'one row an area''s code'")
        con.execute("comment on column marts.dim_area.code is 'the code'")
        con.execute("comment on view marts.a_view is 'a view'")
    return path / "build.duckdb"


def macros(path):
    """A folder with one macro on the small warehouse."""
    folder = path / "macros"
    folder.mkdir(exist_ok=True)
    sql = "-- Areas up to a code.\n-- It's short.\ncreate macro marts.upto(code) as table\n"
    (folder / "upto.sql").write_text(sql + "select a.code from marts.dim_area as a where a.code <= code\n")
    return folder


def copied(path, out, **options):
    (path / out).mkdir()
    return marts.copy_marts(warehouse(path, **options), path / out, macros=macros(path))


def test_marts_alone_are_copied_with_their_comments(tmp_path):
    rows = copied(tmp_path, "out")
    assert rows == {"a_view": 1, **dict.fromkeys(TABLES, 5)}
    with duckdb.connect(str(tmp_path / "out" / "hub.duckdb"), read_only=True) as con:
        schemas = con.execute("select distinct schema_name from duckdb_tables()").fetchall()
        comments = dict(
            con.execute("select table_name, comment from duckdb_tables() where comment is not null").fetchall()
        )
        column = con.execute("select comment from duckdb_columns() where comment is not null").fetchall()
        version = con.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'hub'"
        ).fetchone()
    assert schemas == [("marts",)]
    assert comments == {"dim_area": "one row an area's code", "a_view": "a view"}
    assert column == [("the code",)]
    assert version[0].startswith("v1.2")


def test_equal_data_gives_equal_csv_bytes_whatever_its_order(tmp_path):
    for name, order in (("one", "asc"), ("two", "desc")):
        (tmp_path / name).mkdir()
        copied(tmp_path / name, "out", order=order)
    for table in TABLES:
        first, second = (tmp_path / name / "out" / "csv" / f"{table}.csv" for name in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()
    assert first.read_text().splitlines()[:2] == ["code,value,words,day", '0,0.0,"it\'s, ""so""",']


def test_parquet_holds_the_same_rows(tmp_path):
    copied(tmp_path, "out")
    parquet = tmp_path / "out" / "parquet" / "fct_observation.parquet"
    assert duckdb.execute("select count(*), sum(code) from read_parquet(?)", [str(parquet)]).fetchone() == (
        5,
        10,
    )


def test_an_empty_fact_table_is_never_published(tmp_path):
    with pytest.raises(marts.PublishError, match="fct_observation: it has no rows"):
        copied(tmp_path, "out", without=["fct_observation"])


def test_every_step_is_told(tmp_path):
    class Heard(marts.Watch):
        told = ()

        def advance(self, what, done=None):
            self.told += (what,)

    watch = Heard()
    (tmp_path / "out").mkdir()
    marts.copy_marts(warehouse(tmp_path), tmp_path / "out", watch, macros(tmp_path))
    assert watch.told == ("a_view", *TABLES)


def test_macros_are_in_the_file_and_say_what_they_do(tmp_path):
    copied(tmp_path, "out")
    with duckdb.connect(str(tmp_path / "out" / "hub.duckdb"), read_only=True) as con:
        assert con.execute("from marts.upto(2)").fetchall() == [(0,), (1,), (2,)]
        said = con.execute("select comment from duckdb_functions() where function_name = 'upto'").fetchone()
    assert said == ("Areas up to a code.\nIt's short.",)


def test_a_macro_without_its_table_stops_the_copy(tmp_path):
    sql = "create macro marts.upto() as table from marts.nothing\n"
    (macros(tmp_path) / "another.sql").write_text(sql)
    (tmp_path / "out").mkdir()
    with pytest.raises(marts.PublishError, match="nothing"):
        marts.copy_marts(warehouse(tmp_path), tmp_path / "out", macros=macros(tmp_path))
