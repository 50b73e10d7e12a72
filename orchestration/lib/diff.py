"""What changed between two published files, worked out by SQL over both in one pass.

Belongs here: which rows of two files are the same thing, and what kind of change lies between them. Does not belong
here: words and pages (sitegen), which files (commands).

A mart or column that one of the files does not have yet is left out of the comparison.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib import public_file

COLUMNS = (
    "kind", "indicator_code", "part", "area_code", "area_name", "partnership_code", "concerns", "period_label",
    "before", "after", "known_from", "delivery_id", "source_file", "why",
)  # fmt: skip

# What a value is about. A restatement is one of boundaries where the area took part in a change of boundaries, or where
# a figure is given for a time before the area was there; else one of method. What the new file suppresses is not
# repeated from the old one.
OBSERVATIONS = """
    with pairs as (
        select
            coalesce(b.indicator_code, a.indicator_code) as indicator_code, coalesce(b.part, a.part) as part,
            coalesce(b.area_code, a.area_code) as area_code,
            coalesce(b.period_label, a.period_label) as period_label,
            coalesce(b.period_basis, a.period_basis) as period_basis,
            coalesce(b.dimensions, a.dimensions) as dimensions,
            coalesce(b.period_end, a.period_end) as period_end,
            nullif(concat_ws(' ', case when b.mark is distinct from 'suppressed' then a.value end, a.mark), '')
                as before,
            nullif(concat_ws(' ', b.value, b.mark), '') as after,
            a.value is not null as had_value, b.value is not null as has_value,
            a.known_from as known_before, b.known_from, b.delivery_id, b.source_file, b.status,
            a.indicator_code is null as is_new, b.indicator_code is null as is_gone,
            a.value is distinct from b.value as differs, a.mark is distinct from b.mark as marked
        from old.marts.fct_observation_current as a
        full join new.marts.fct_observation_current as b
            on a.indicator_code = b.indicator_code and a.part = b.part and a.area_code = b.area_code
                and a.period_label = b.period_label and a.period_basis is not distinct from b.period_basis
                and a.dimensions = b.dimensions
        where a.value is distinct from b.value or a.mark is distinct from b.mark or a.status is distinct from b.status
            or a.indicator_code is null or b.indicator_code is null
    ),
    told as (
        select
            p.indicator_code, p.part, p.area_code, p.period_label, p.period_basis, p.dimensions,
            arg_max({kind}, (f.known_from, f.revision)) as revision_kind,
            arg_max({correction}, (f.known_from, f.revision)) as correction_code
        from pairs as p
        inner join new.marts.fct_observation as f
            on p.indicator_code = f.indicator_code and p.part = f.part and p.area_code = f.area_code
                and p.period_label = f.period_label and p.period_basis is not distinct from f.period_basis
                and p.dimensions = f.dimensions
        where p.had_value and p.has_value and p.differs and {tells}
            and (f.known_from > p.known_before or f.known_from = p.known_from)
        group by all
    ),
    boundaries as (
        select predecessor_code as area_code from new.marts.bridge_area_successor
        union select successor_code from new.marts.bridge_area_successor
    ),
    areas as (select area_code, min(valid_from) as valid_from from new.marts.dim_area group by area_code)
    select
        case
            when p.is_gone or (p.had_value and not p.has_value) then 'withdrawn'
            when p.is_new and p.period_end < areas.valid_from then 'restated_boundary'
            when p.is_new or (p.differs and not p.had_value) then 'new'
            when p.marked and not p.differs then 'annotated'
            when not p.differs then 'finalised'
            when told.revision_kind = 'corrected' then 'corrected'
            when told.revision_kind = 'restated' and boundaries.area_code is not null then 'restated_boundary'
            when told.revision_kind in ('restated', 'redefined', 'replaced') then 'restated_method'
            else 'revised'
        end as kind,
        p.indicator_code, p.part, p.area_code, null as partnership_code, nullif(p.dimensions, '') as concerns,
        p.period_label, p.before, p.after, p.known_from, p.delivery_id, p.source_file,
        case told.revision_kind
            when 'corrected' then told.correction_code
            when 'silent' then 'the publisher does not call it revised'
            when 'redefined' then 'another definition'
            when 'replaced' then 'another feed gives it'
        end as why
    from pairs as p
    left join told on p.indicator_code = told.indicator_code and p.part = told.part and p.area_code = told.area_code
        and p.period_label = told.period_label and p.period_basis is not distinct from told.period_basis
        and p.dimensions = told.dimensions
    left join boundaries on p.area_code = boundaries.area_code
    left join areas on p.area_code = areas.area_code
    where p.differs or p.marked or p.is_new or p.is_gone or p.status = 'final'"""

TARGETS = """
    select
        case
            when a.area_code is null then 'target_agreed'
            when b.area_code is null or (b.state = 'withdrawn' and a.state <> 'withdrawn') then 'target_withdrawn'
            else 'target_reset'
        end as kind,
        coalesce(b.indicator_code, a.indicator_code) as indicator_code, coalesce(b.part, a.part) as part,
        coalesce(b.area_code, a.area_code) as area_code, coalesce(b.partnership_code, a.partnership_code),
        coalesce(b.commitment_type, a.commitment_type), coalesce(b.period_label, a.period_label),
        nullif(concat_ws(' ', a.target_value, nullif(a.state, 'agreed')), ''),
        nullif(concat_ws(' ', b.target_value, nullif(b.state, 'agreed')), ''),
        b.known_from, b.delivery_id, b.source_file, b.decision
    from (from old.marts.fct_target where is_current) as a
    full join (from new.marts.fct_target where is_current) as b
        on a.area_code = b.area_code and a.indicator_code = b.indicator_code and a.part = b.part
            and a.commitment_type = b.commitment_type and a.period_label = b.period_label
    where a.area_code is null or b.area_code is null
        or a.target_value is distinct from b.target_value or a.state is distinct from b.state"""

BASELINES = """
    select
        'baseline_restated', b.indicator_code, b.part, b.area_code, b.partnership_code, b.commitment_type,
        b.base_period_label,
        case when b.baseline_value is not null then cast(a.baseline_value as varchar) end,
        cast(b.baseline_value as varchar), b.last_known_from,
        b.delivery_id, b.source_file, b.decision
    from old.marts.dim_target as a
    inner join new.marts.dim_target as b
        on a.area_code = b.area_code and a.indicator_code = b.indicator_code and a.part = b.part
            and a.commitment_type = b.commitment_type
    where a.baseline_value is distinct from b.baseline_value"""

# Who answers on the day a file was as at, all of them in one text.
DUTIES = """
    with owners_old as ({old}), owners_new as ({new})
    select
        case when a.owners is null then 'owner_named' when b.owners is null then 'owner_gone' else 'owner_moved' end,
        coalesce(b.indicator_code, a.indicator_code), coalesce(b.part, a.part), null,
        coalesce(b.partnership_code, a.partnership_code), null, null, a.owners, b.owners, b.known_from, b.delivery_id,
        b.source_file, null
    from owners_old as a
    full join owners_new as b
        on a.partnership_code = b.partnership_code and a.indicator_code = b.indicator_code
            and a.part is not distinct from b.part
    where a.owners is distinct from b.owners"""
OWNERS = """
    select
        partnership_code, indicator_code, part, max(known_from) as known_from, max(delivery_id) as delivery_id,
        max(source_file) as source_file,
        string_agg(
            distinct concat_ws(', ', organisation_code, post), '; ' order by concat_ws(', ', organisation_code, post)
        ) as owners
    from {file}.marts.bridge_partnership_indicator
    where is_current
        and coalesce(valid_to, date '9999-12-31') >= (select max(known_from) from {file}.marts.dim_delivery)
    group by all"""
PLANS = """
    with owners_old as ({old}), owners_new as ({new})
    select
        case
            when a.owners is null then 'plan_owner_named' when b.owners is null then 'plan_owner_gone'
            else 'plan_owner_moved'
        end,
        coalesce(b.indicator_code, a.indicator_code), coalesce(b.part, a.part), coalesce(b.area_code, a.area_code),
        null, coalesce(b.plan_code, a.plan_code), null, a.owners, b.owners, b.known_from, b.delivery_id, null, null
    from owners_old as a
    full join owners_new as b
        on a.plan_code = b.plan_code and a.indicator_code = b.indicator_code and a.relation = b.relation
            and a.part is not distinct from b.part
    where a.owners is distinct from b.owners"""
PLAN_OWNERS = """
    select
        links.plan_code, links.indicator_code, links.part, links.relation, max(plans.area_code) as area_code,
        max(links.known_from) as known_from, max(links.delivery_id) as delivery_id,
        string_agg(
            distinct concat_ws(', ', links.partnership_code, links.owner), '; '
            order by concat_ws(', ', links.partnership_code, links.owner)
        ) as owners
    from {file}.marts.bridge_plan_indicator as links
    left join {file}.marts.dim_plan as plans on links.plan_code = plans.plan_code
    where links.is_current and coalesce(links.owner, links.partnership_code) is not null
    group by all"""

FLIPS = """
    select
        'status_changed', b.indicator_code, b.part, b.area_code, {partnership}, {commitment}, {period}, a.{status},
        b.{status}, {known}, null, null, null
    from old.marts.fct_performance as a
    inner join new.marts.fct_performance as b on {same}
    where a.{status} is distinct from b.{status}"""
FLIP_KEYS = (
    "indicator_code", "part", "area_code", "partnership_code", "commitment_type", "round_label", "period_label",
    "dimensions",
)  # fmt: skip
STATUSES = ("computed_status", "status", "rag_status")

ORDER = """
    create table changes as
    select {columns} from found as c
    left join (select area_code, min(area_name) as area_name from new.marts.dim_area group by area_code) as n
        on c.area_code = n.area_code
    order by all"""


def compare(old: Path, new: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the table `changes` (COLUMNS, all text but known_from), in the order of all its columns."""
    con = duckdb.connect()
    for name, path in (("old", old), ("new", new)):
        con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
    queries = [query for query in (_observations(con), *_commitments(con), _flips(con)) if query]
    typed = ", ".join(
        f"{name} {'date' if name == 'known_from' else 'varchar'}" for name in COLUMNS if name != "area_name"
    )
    con.execute(f"create table found ({typed})")
    for query in queries:
        con.execute(f"insert into found {query}")
    chosen = ", ".join("n.area_name" if name == "area_name" else f"c.{name}" for name in COLUMNS)
    con.execute(ORDER.format(columns=chosen))
    return con


def write_csv(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The changes as CSV with a header."""
    public_file.write_csv(con, "changes", path)


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Columns of a mart that both files have."""
    found = con.execute(
        """select column_name from duckdb_columns() where database_name in ('old', 'new') and table_name = ?
        and schema_name = 'marts' group by column_name having count(*) = 2""",
        [table],
    ).fetchall()
    return {name for (name,) in found}


def _observations(con: duckdb.DuckDBPyConnection) -> str:
    """Values; how a later figure came about is read from revision_kind where the newer file has it."""
    there = _columns(con, "fct_observation")
    kind = "f.revision_kind" if "revision_kind" in there else "cast(null as varchar)"
    tells = f"{kind} not in ('first', 'unchanged', 'annotated')" if "revision_kind" in there else "true"
    correction = "f.correction_code" if "correction_code" in there else "cast(null as varchar)"
    return OBSERVATIONS.format(kind=kind, tells=tells, correction=correction)


def _commitments(con: duckdb.DuckDBPyConnection) -> list[str]:
    owners = {file: OWNERS.format(file=file) for file in ("old", "new")}
    plans = {file: PLAN_OWNERS.format(file=file) for file in ("old", "new")}
    wanted = (
        ("fct_target", "is_current", TARGETS),
        ("dim_target", "baseline_value", BASELINES),
        ("bridge_partnership_indicator", "is_current", DUTIES.format(**owners)),
        ("bridge_plan_indicator", "is_current", PLANS.format(**plans)),
    )
    return [query for table, column, query in wanted if column in _columns(con, table)]


def _flips(con: duckdb.DuckDBPyConnection) -> str:
    """Statuses of the same commitment in the same round that are judged otherwise now."""
    there = _columns(con, "fct_performance")
    status = next((name for name in STATUSES if name in there), "")
    keys = [name for name in FLIP_KEYS if name in there]
    if not status or not {"indicator_code", "part", "area_code"} <= there:
        return ""
    chosen = {"partnership": "partnership_code", "commitment": "commitment_type", "known": "known_from"}
    said = {word: f"b.{name}" if name in there else "null" for word, name in chosen.items()}
    period = next((f"b.{name}" for name in ("round_label", "period_label") if name in there), "null")
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in keys)
    return FLIPS.format(status=status, same=same, period=period, **said)
