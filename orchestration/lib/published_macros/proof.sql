-- The evidence behind one figure: what it is made of, and the cell of the file each piece was read from.
--
--     from marts.proof('NI 112', 'headline', 'E08000003', '2009');
--     from marts.proof('NI 112', 'headline', 'E08000003', '2009', known_from := date '2010-12-31');
--
-- indicator_code, part, area_code, period_label and dimensions ('' for the total) are the key of a figure. With
-- known_from the figure is the one that was known on that day; without it, the one known now.
--
-- One row a piece, told apart by evidence: `published` for a publisher's own figure, `derived` for one the hub worked
-- out by `rule` from the cells named, `rolled up` for one made of areas' figures, and one `operand` row for each of
-- those areas with the numbers as they were counted. A figure that the hub corrects, or that
-- rests on one, names the correction: correction_code, correction_reason and original_value, what the publisher gives.
-- The file as received is HUB_HOME/<raw_file>; source_rows and source_column name the cells in it and source_text what
-- stands there. checks and sql are those of the table that holds the figure. Roll-ups are told as known now only.
create or replace macro marts.proof(
    indicator_code, part, area_code, period_label, dimensions := '', known_from := null
) as table
with known as (
    select
        o.*,
        row_number() over (
            partition by o.period_basis
            order by o.known_from desc, o.revision desc, d.received_at desc, o.delivery_id desc
        ) as place
    from marts.fct_observation as o
    left join marts.dim_delivery as d on o.delivery_id = d.delivery_id
    where
        o.indicator_code = indicator_code
        and o.part = part
        and o.area_code = area_code
        and o.period_label = period_label
        and o.dimensions = dimensions
        and (known_from is null or o.known_from <= known_from)
),

rolled as (
    select r.*
    from marts.rollup_area as r
    where
        r.indicator_code = indicator_code
        and r.part = part
        and r.area_code = area_code
        and r.period_label = period_label
        and r.reason is null
        and dimensions = ''
        and known_from is null
),

pieces as (
    select
        case when k.derivation is null then 'published' else 'derived' end as evidence,
        k.area_code as of_area,
        k.period_basis, k.value, k.numerator, k.denominator, k.mark, k.status, k.known_from as known_since, k.revision,
        k.definition_version,
        k.correction_code,
        k.derivation as rule,
        'fct_observation' as made_by,
        k.delivery_id, k.source_file, k.source_sheet, k.source_rows, k.source_column, k.source_text
    from known as k
    where k.place = 1
    union all
    select
        'rolled up', r.area_code, r.period_basis, r.value, r.numerator, r.denominator, null, null, null, null,
        r.definition_version, null,
        r.method || ' of ' || r.areas_reporting || ' of ' || r.areas_due || ' areas, cover ' || r.cover
        || ', boundaries of ' || r.boundaries_on,
        'rollup_area', null, null, null, null, null, null
    from rolled as r
    union all
    select
        'operand', c.area_code, c.period_basis, p.value, p.numerator, p.denominator, c.mark, c.status, c.known_from,
        c.revision, c.definition_version, c.correction_code, c.derivation,
        'rollup_operand', c.delivery_id, c.source_file, c.source_sheet, c.source_rows,
        c.source_column, c.source_text
    from rolled as r
    inner join marts.rollup_operand as p
        on
            r.area_code = p.parent_code
            and r.indicator_code = p.indicator_code
            and r.part = p.part
            and r.period_label = p.period_label
            and r.period_basis = p.period_basis
    inner join marts.fct_observation_current as c
        on
            p.area_code = c.area_code
            and p.indicator_code = c.indicator_code
            and p.operand_part = c.part
            and p.operand_period_label = c.period_label
            and p.period_basis = c.period_basis
            and c.dimensions = ''
    union all
    select
        'operand', c.area_code, c.period_basis, c.value * v.share, c.numerator * v.share, c.denominator * v.share,
        c.mark, c.status, c.known_from, c.revision, c.definition_version, c.correction_code,
        case when v.share < 1 then 'the share ' || v.share || ' of it lies in the area' end,
        'rollup_cover', c.delivery_id, c.source_file, c.source_sheet, c.source_rows, c.source_column, c.source_text
    from rolled as r
    inner join marts.rollup_cover as v
        on
            r.area_code = v.parent_code
            and r.relation = v.relation
            and r.cover = v.cover
            and r.boundaries_on = v.boundaries_on
    inner join marts.fct_observation_current as c
        on
            v.area_code = c.area_code
            and r.indicator_code = c.indicator_code
            and r.part = c.part
            and r.period_label = c.period_label
            and r.period_basis = c.period_basis
            and c.dimensions = ''
    where
        r.relation not in ('country', 'region')
        and r.method in ('ratio_of_sums', 'sum')
),

tests as (
    select
        t.model,
        sum(case when t.status = 'pass' then 1 else 0 end) || ' of ' || count(*) || ' tests of ' || t.model || ' passed'
            as outcome
    from marts.lineage_test as t
    group by t.model
)

select
    p.evidence,
    indicator_code as indicator_code,
    part as part,
    p.of_area as area_code,
    a.area_name,
    period_label as period_label,
    p.period_basis,
    dimensions as dimensions,
    p.value, p.numerator, p.denominator, p.mark, p.status,
    p.known_since as known_from,
    p.revision,
    p.rule,
    i.aggregation_rule,
    i.definition_version,
    p.correction_code,
    k.reason as correction_reason,
    k.original_value,
    p.delivery_id,
    f.publisher,
    d.source_url,
    d.published_on,
    d.received_at,
    d.sha256,
    'raw/' || d.feed || '/' || d.sha256 as raw_file,
    p.source_file, p.source_sheet, p.source_rows, p.source_column, p.source_text,
    coalesce(
        d.errors || ' errors, ' || d.warnings || ' warnings and ' || d.infos || ' notes on the delivery; ', ''
    ) || coalesce(tests.outcome, '') as checks,
    p.made_by,
    m.sql
from pieces as p
left join marts.dim_area as a on p.of_area = a.area_code
left join marts.dim_indicator as i
    on
        i.indicator_code = indicator_code
        and i.part = part
        and i.definition_version = p.definition_version
left join marts.dim_correction as k on p.correction_code = k.correction_code
left join marts.dim_delivery as d on p.delivery_id = d.delivery_id
left join marts.dim_feed as f on d.feed = f.feed
left join marts.lineage_model as m on p.made_by = m.model
left join tests on p.made_by = tests.model
order by
    case p.evidence when 'published' then 1 when 'derived' then 1 when 'rolled up' then 2 else 3 end,
    p.period_basis, a.area_name, p.of_area
