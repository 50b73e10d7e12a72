"""The queries over `marts`, and how rows are read and grouped; those of judgement are in judged.py.

Belongs here: SQL that selects, orders and counts rows. Does not belong here: arithmetic on values, words, HTML.
One query a kind of record; pages are cut from the answers in Python, so 1,000 pages cost 20 queries.
"""

from collections import defaultdict, namedtuple
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

import duckdb

ENGLAND = "E92000001"

# Rows of the framework and of the warehouse itself: few, and a change of them reaches every page.
FRAMEWORK = {
    "areas": """
        select area_code, area_name, area_type, tier, region_code, old_ons_code, valid_from, valid_to, in_laa_2008,
            in_laa_2009, population_mid2008, verification, source, note
        from marts.dim_area order by area_name, area_code""",
    "edition": "select edition, as_at from marts.dim_edition",
    "regions": """
        select region_code, region_name, government_office, go_code from marts.dim_region
        where government_office is not null order by region_code""",
    "memberships": """
        select child_code, parent_code, relation, share, valid_from, valid_to
        from marts.bridge_area_membership where is_current order by relation, child_code, parent_code, valid_from""",
    "successors": """
        select predecessor_code, successor_code, effective_on, share, basis
        from marts.bridge_area_successor order by effective_on, predecessor_code, successor_code""",
    # as the figures held define it, which before a redefinition is not the version now in force
    "indicators": """
        with held as (
            select indicator_code, part, max(definition_version) as definition_version
            from marts.fct_observation_current group by all)
        select indicator_code, part, framework, title, part_title, definition, theme, lead_department,
            supplier_system, psa_number::varchar as psa_number, unit, polarity, decimals, per, frequency, period_basis,
            aggregation_rule, cumulative_in_year, is_survey_based, is_headline, status, verification, source, note,
            dim_indicator.definition_version
        from marts.dim_indicator left join held using (indicator_code, part)
        where case when held.definition_version is null then is_current
            else dim_indicator.definition_version = held.definition_version end
        order by framework <> 'NI', framework, indicator_code, not is_headline, part""",
    "definitions": """
        select indicator_code, part, definition_version, unit, decimals, known_from, known_to, definition_change
        from marts.dim_indicator where definition_change is not null
        order by indicator_code, part, definition_version""",
    "corrections": """
        select correction_code, indicator_code, part, reason, source, decided_on, original_value
        from marts.dim_correction order by correction_code""",
    "psas": """
        select psa_number::varchar as psa_number, title, lead_department, verification, source
        from marts.dim_psa order by marts.dim_psa.psa_number""",
    "psa_links": """
        select psa_number::varchar as psa_number, indicator_ordinal, short_title, indicator_code, relation, verification
        from marts.bridge_psa_indicator order by psa_number, indicator_ordinal, indicator_code""",
    "marks": "select mark, meaning, shown_as from marts.dim_mark order by mark",
    "feeds": """
        select feed, title, family, publisher, licence, contact_page, cadence, public_url, area_scheme,
            arrival_lag_months, description
        from marts.dim_feed order by family, feed""",
    "tables": """
        select table_name, comment from duckdb_tables() where schema_name = 'marts' order by table_name""",
    "models": "select model, layer, description, file, upstream, sql from marts.lineage_model order by layer, model",
    "column_sources": """
        select model, column_name, source_layer, source_model, source_column from marts.lineage_column
        order by model, column_name, source_layer, source_model, source_column""",
    "tests": "select model, test, status from marts.lineage_test order by model, test",
    "macros": """
        select function_name as name, array_to_string(parameters, ', ') as parameters, any_value(comment) as comment
        from duckdb_functions() where schema_name = 'marts' group by all order by all""",
    "columns": """
        select table_name, column_name, data_type, comment from duckdb_columns() where schema_name = 'marts'
        order by table_name, column_index""",
    "illustrative": "select count(*) > 0 as illustrative from marts.dim_delivery where edition = 'Illustrative data'",
}
# Rows that deliveries bring, looked up by key. Each query ends with the order of its rows, by columns it selects.
QUERIES = {
    "partnerships": "select partnership_code, partnership_name from marts.dim_partnership order by partnership_code",
    "disclosure": """
        select cells, hidden_by_publisher, hidden_by_hub, small_cells, added_cells, least_hidden_by_hub
        from marts.disclosure_summary order by all""",
    "disclosure_tables": """
        select indicator_code, part, period_start, period_label, cells, hidden_by_publisher, hidden_by_hub, share_hidden
        from marts.disclosure_control where hidden_by_hub > 0
        qualify row_number() over (order by share_hidden desc, indicator_code, part, period_start, period_label) <= 20
        order by share_hidden desc, indicator_code, part, period_start, period_label""",
    "deliveries": """
        select feed, delivery_id, file_name, source_url, sha256, bytes, received_at, published_on, known_from, status,
            edition, rows
        from marts.dim_delivery order by feed, known_from, received_at, delivery_id""",
    "issue_counts": """
        select feed, delivery_id, severity, check_name, message, count(*) as records,
            sum(coalesce(occurrences, 1))::bigint as occurrences
        from marts.quality_issue group by all
        order by feed, delivery_id, severity, check_name, message""",
    "issue_samples": """
        select feed, delivery_id, severity, check_name, file_name, sheet, row_number, column_name, cell_value, message,
            remedy, occurrences
        from marts.quality_issue
        qualify row_number() over (
            partition by feed order by case severity when 'error' then 1 when 'warning' then 2 else 3 end,
                check_name, file_name, sheet, row_number, column_name, message) <= 15
        order by feed, case severity when 'error' then 1 when 'warning' then 2 else 3 end,
            check_name, file_name, sheet, row_number, column_name, message""",
    "latest": """
        select area_code, indicator_code, part, period_label, period_basis, period_end, value, mark, status,
            previous_period_label, previous_value, change, direction_of_travel, periods, delivery_id, source_file,
            source_sheet, source_row, source_rows, derivation, definition_version, correction_code
        from marts.latest_observation order by indicator_code, part, area_code""",
    "series": """
        select area_code, indicator_code, part, period_label, period_basis, period_end, value, mark, status, derivation,
            definition_version, correction_code
        from marts.fct_observation_current where dimensions = ''
        order by indicator_code, part, area_code, period_basis, period_end, period_label""",
    "breakdowns": f"""
        select indicator_code, part, dimensions, period_label, period_basis, value, mark, status, delivery_id,
            source_file, source_sheet, source_row, source_rows, definition_version,
            correction_code
        from marts.fct_observation_current where dimensions <> '' and area_code = '{ENGLAND}'
        qualify rank() over (partition by indicator_code, part order by period_end desc nulls last, period_label desc)
            = 1
        order by indicator_code, part, dimensions, period_basis""",
    "held": """
        select indicator_code, part, count(*) as observations, count(distinct area_code) as areas,
            sum(case when dimensions = '' then 0 else 1 end)::bigint as broken_down
        from marts.fct_observation_current group by all order by all""",
    "used_files": """
        select indicator_code, part, delivery_id, source_file, count(*) as observations
        from marts.fct_observation_current group by all
        order by indicator_code, part, observations desc, delivery_id, source_file""",
    "rollups": """
        select r.region_code, r.indicator_code, r.part, r.period_label, r.period_basis, r.period_end, r.value,
            r.numerator, r.denominator, r.method, r.reason, r.cover, r.boundaries_on, r.areas_due, r.areas_reporting,
            r.coverage, r.population_share, r.published_value, r.definition_version,
            case when c.outcome in ('agrees', 'explained', 'unexplained') then c.reason end as reconciled
        from marts.rollup_region r
        left join marts.rollup_reconciliation c
            on r.region_code = c.area_code and r.indicator_code = c.indicator_code and r.part = c.part
            and r.period_label = c.period_label and r.period_basis = c.period_basis
        order by indicator_code, part, region_code, period_basis, period_end, period_label""",
    "totals": """
        select count(*) as observations, count(distinct area_code) as areas,
            count(distinct indicator_code) as indicators, count(distinct delivery_id) as deliveries
        from marts.fct_observation_current order by all""",
    "cell_issues": """
        select delivery_id, coalesce(sheet, '') as sheet, row_number, column_name, message from marts.quality_issue
        where row_number is not null and severity = 'warning'
        order by delivery_id, sheet, row_number, column_name, message""",
    "kinds_held": """
        select distinct l.indicator_code, a.area_type from marts.latest_observation l
        join marts.dim_area a using (area_code) order by all""",
    "arrivals": "select feed, due_on, status, delivery_id from marts.fct_arrival order by due_on desc, feed",
    "coming": """
        with months as (
            select cast(date_trunc('month', max(known_from)) as date) + to_months(cast(i as integer)) as first_day
            from marts.dim_delivery, range(1, 13) as t (i) where status = 'landed' group by i
        )
        select f.feed, last_day(m.first_day) as due_on, 'expected' as status, null as delivery_id
        from marts.dim_feed as f, months as m
        where list_contains(string_split(f.due_months, ','), cast(month(m.first_day) as varchar))
            and (f.due_years is null
                or list_contains(string_split(f.due_years, ','), cast(year(m.first_day) as varchar)))
        order by due_on, feed""",
}

# Of one figure: where it was read. Rows of EVIDENCE and OPERANDS are many, so both are read part by part.
READ_FROM = """o.area_code, a.area_name, o.period_label, o.period_basis, o.dimensions, o.mark, o.suppressed_by,
    o.status, o.known_from, o.revision, o.delivery_id, o.source_file, o.source_sheet, o.source_rows, o.source_column,
    o.source_text, o.definition_version, o.derivation, o.correction_code"""
EVIDENCE = f"""
    select o.indicator_code, o.part, {READ_FROM}, o.period_end, o.value, o.numerator, o.denominator,
        case
            when o.dimensions <> '' then 'breakdown'
            when o.area_code in (select region_code from marts.dim_region union all select '{ENGLAND}') then 'nation'
            when o.period_label = l.period_label then 'latest'
            else 'before'
        end as place
    from marts.fct_observation_current o
    left join marts.dim_area a on o.area_code = a.area_code
    left join marts.latest_observation l
        on o.area_code = l.area_code and o.indicator_code = l.indicator_code and o.part = l.part
        and o.period_basis = l.period_basis and o.period_label in (l.period_label, l.previous_period_label)
    where case
        when o.dimensions <> '' then o.area_code = '{ENGLAND}'
        else o.area_code in (select region_code from marts.dim_region union all select '{ENGLAND}')
            or l.area_code is not null
        end
    qualify place <> 'breakdown' or rank() over (
        partition by o.indicator_code, o.part, o.dimensions <> ''
        order by o.period_end desc nulls last, o.period_label desc) = 1
    order by indicator_code, part, dimensions, area_name, area_code, period_basis, period_end, period_label"""
OPERANDS = f"""
    select p.indicator_code, p.part, p.period_label as rolled_period, p.parent_code as region_code, p.operand_part,
        {READ_FROM}, o.value, p.value as counted_value, p.numerator, p.denominator
    from marts.rollup_operand p
    join marts.fct_observation_current o
        on p.area_code = o.area_code and p.indicator_code = o.indicator_code and p.operand_part = o.part
        and p.operand_period_label = o.period_label and p.period_basis = o.period_basis and o.dimensions = ''
    left join marts.dim_area a on o.area_code = a.area_code
    order by indicator_code, part, rolled_period, period_basis, region_code, operand_part, period_label, area_name,
        area_code"""


class Published:
    """The published file: opened read-only when it is first asked something, and again after `close`.

    What has been read stays; a process that is to be forked has no connection open.
    """

    def __init__(self, path: Path):
        """Name the file; nothing is opened yet."""
        self.path = path
        self._con: duckdb.DuckDBPyConnection | None = None

    def __getattr__(self, name: str):
        """All that a connection has."""
        if self._con is None:
            self._con = duckdb.connect(str(self.path), read_only=True)
            # under `python -m` DuckDB draws a bar over the lines that the builder prints
            self._con.execute("set enable_progress_bar = false")
        return getattr(self._con, name)

    def close(self) -> None:
        """Let go of the file, and of the threads that read it."""
        if self._con is not None:
            self._con.close()
            self._con = None


def groups(con: duckdb.DuckDBPyConnection, query: str, *names: str) -> Iterator[tuple[tuple, Iterator]]:
    """Run a query and yield its rows group by group of the named columns, by which it must be ordered.

    Rows of a group are made when they are asked for, which is before the next group is.
    """
    answer = con.cursor().execute(query)
    columns = [column[0] for column in answer.description]
    make = namedtuple("Row", columns)._make
    fetched = chain.from_iterable(iter(lambda: answer.fetchmany(10_000), []))
    for key, rows in groupby(fetched, itemgetter(*map(columns.index, names))):
        yield key, map(make, rows)


def rows(con: duckdb.DuckDBPyConnection, query: str, parameters: Sequence = ()) -> list:
    """Run one query and return its rows as named tuples, in the query's order."""
    answer = con.execute(query, parameters)
    make = namedtuple("Row", [column[0] for column in answer.description])._make
    return [make(row) for row in answer.fetchall()]


def row_counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many rows each table of the marts holds."""
    names = [row.table_name for row in rows(con, FRAMEWORK["tables"])]
    return {name: con.execute(f'select count(*) from marts."{name}"').fetchone()[0] for name in names}


def by(rows: list, *names: str, single: bool = False) -> dict:
    """Group rows by the named columns, keeping their order; `single` keeps one row a key."""
    groups: dict = defaultdict(list)
    for row in rows:
        key = getattr(row, names[0]) if len(names) == 1 else tuple(getattr(row, name) for name in names)
        groups[key].append(row)
    return {key: group[0] for key, group in groups.items()} if single else dict(groups)
