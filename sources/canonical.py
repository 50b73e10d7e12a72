"""From a publisher's text cells to canonical rows: areas, periods, numbers and marks, the same for every feed.

Belongs here: one pass over a table, vectorised. Does not belong here: opening files (readers) or judging whether the
result is fit to land (quality). Grain of the result: one row an indicator part, area, period and dimension key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from quality.issues import Issue, refuse
from sources.areas import ELSEWHERE, Areas, load_areas
from sources.canonical_measures import (
    AREA,
    AREA_TEXT,
    BASIS,
    COMBINED,
    END,
    LABEL,
    SCHEME,
    START,
    STATUS,
    observations,
    unclaimed,
)
from sources.periods import parse_period, read_status
from sources.readers.table import PERIOD, ROW, Table, matches
from sources.registry import AreaRule, FeedSpec, PeriodRule


@dataclass
class Delivery:
    """What a file's rows may depend on besides its cells: its name, when it was published, and the areas known."""

    file: str
    published_year: int | None = None
    areas: Areas = field(default_factory=load_areas)


def apply(table: Table, spec: FeedSpec, delivery: Delivery) -> tuple[pd.DataFrame, pd.DataFrame, list[Issue]]:
    """Canonical observations, measures the file brings itself, and what could not be read.

    Raises:
        Refused: the period cannot be known at all.
    """
    frame, issues = table.frame, [*table.issues]
    layout = table.layout
    valued = _has_text(frame, layout)
    frame, left_out = _left_out(frame, layout.exclude, table.sheet, delivery.file)
    issues += left_out
    frame, undated = with_periods(frame, layout.period, valued, table, delivery)
    issues += undated
    frame, unknown = with_areas(frame, layout.areas, valued, table, delivery)
    issues += unknown
    if layout.status:
        frame, doubtful = _with_status(frame, layout.status, spec.status, table, delivery.file)
        issues += doubtful
    issues += unclaimed(frame, table, delivery.file)
    rows, measures, unread = observations(frame, table, spec, delivery.file)
    return rows, measures, issues + unread


def _with_status(
    frame: pd.DataFrame, role: str, usual: str, table: Table, file: str
) -> tuple[pd.DataFrame, list[Issue]]:
    """What a row's own column says of its status goes before what its period's label says."""
    words = frame[role].str.strip()
    said = words.map({word: read_status(word) for word in words.unique()}).astype("str")
    strange = frame[(said == "") & (words != "")]
    issues = [
        Issue(
            "warning", "unreadable_status", f"{word!r} is no status; the figure was taken as {usual}.",
            "Write provisional, revised or final.", file, table.sheet, int(same[ROW].iloc[0]),
            table.headers.get((role, ""), role), str(word), len(same),
        )
        for word, same in strange.groupby(words[strange.index], sort=False)
    ]  # fmt: skip
    return frame.assign(**{STATUS: said.where(said != "", frame[STATUS])}), issues


def _has_text(frame: pd.DataFrame, layout: object) -> pd.Series:
    """Rows with anything in a measured cell; titles, notes and spacers have nothing there."""
    roles = [role for measure in layout.measures for role in measure.roles() if role in frame]
    if not roles:
        return pd.Series(True, index=frame.index)
    return frame[roles].apply(lambda column: column.str.strip() != "").any(axis=1)


def _left_out(
    frame: pd.DataFrame, rules: tuple[AreaRule, ...], sheet: str, file: str
) -> tuple[pd.DataFrame, list[Issue]]:
    issues = []
    for rule in rules:
        hit = matches(frame, rule.when)
        if hit.any():
            issues.append(_out_of_scope(frame[hit], rule.outside, sheet, file))
            frame = frame[~hit]
    return frame, issues


def _out_of_scope(rows: pd.DataFrame, reason: str, sheet: str, file: str) -> Issue:
    records = rows[ROW].nunique()
    said = "1 record was" if records == 1 else f"{records:,} records were"
    return Issue(
        "info", "out_of_scope", f"{said} left out on purpose: {reason}.", "", file, sheet, int(rows[ROW].iloc[0]),
        occurrences=int(records),
    )  # fmt: skip


def with_areas(
    frame: pd.DataFrame, rules: tuple[AreaRule, ...], valued: pd.Series, table: Table, delivery: Delivery
) -> tuple[pd.DataFrame, list[Issue]]:
    """Rows of known areas, with the area's columns; an unknown one is an issue where its row is `valued`."""
    areas, file, issues = delivery.areas, delivery.file, []
    frame = frame.assign(**{AREA: "", SCHEME: "", AREA_TEXT: "", COMBINED: ""})
    open_rows = pd.Series(True, index=frame.index)
    keep = pd.Series(True, index=frame.index)
    for rule in rules:
        hit = open_rows & matches(frame, rule.when)
        open_rows &= ~hit
        if not hit.any():
            continue
        if rule.outside:
            issues.append(_out_of_scope(frame[hit], rule.outside, table.sheet, file))
            keep &= ~hit
        else:
            _find(frame, hit, rule, areas)
    missed = keep & (frame[AREA] == "")
    notes = missed & ~valued.reindex(frame.index)
    elsewhere = missed & (frame[AREA] == "") & frame[AREA_TEXT].str.startswith("elsewhere:")
    if elsewhere.any():
        issues.append(_out_of_scope(frame[elsewhere], "areas outside England", table.sheet, file))
    unknown = missed & ~notes & ~elsewhere
    issues += _unknown_areas(frame[unknown], rules, areas, table, file)
    return frame[keep & ~missed], issues


def _find(frame: pd.DataFrame, hit: pd.Series, rule: AreaRule, areas: Areas) -> None:
    """Fill the area columns of the rows hit: each distinct text of code and name is looked up once."""
    roles = list(dict.fromkeys(role for way in rule.find for role in (way.code, way.name) if role))
    if not roles:
        frame.loc[hit, [AREA, SCHEME]] = [rule.find[0].area, "fixed"]
        return
    # a name, and a number of some schemes, means different areas at different times
    keys = [*roles, END] if any(way.name or areas.dated(way.scheme) for way in rule.find) else roles
    texts = frame.loc[hit, keys].drop_duplicates()
    found = [
        _look_up({role: row[role] for role in roles}, row.get(END), rule, areas) for row in texts.to_dict("records")
    ]
    columns = [AREA, SCHEME, AREA_TEXT, COMBINED]
    told = texts.join(pd.DataFrame(found, columns=columns, index=texts.index))
    frame.loc[hit, columns] = frame.loc[hit, keys].merge(told, on=keys, how="left")[columns].to_numpy()


def _look_up(row: dict[str, str], on: date | None, rule: AreaRule, areas: Areas) -> tuple[str, str, str, str]:
    shown = " ".join(dict.fromkeys(text for text in (cell.strip() for cell in row.values()) if text))
    for way in rule.find:
        if way.area:
            return way.area, "fixed", shown, ""
        if way.name:
            area = areas.by_name(way.types, row[way.name], on)
            if area:
                return area, "name", shown, ""
            continue
        codes = [code.strip() for code in row[way.code].split(",") if code.strip()]
        if codes and ELSEWHERE.match(codes[0]):
            return "", way.scheme, f"elsewhere:{shown}", ""
        known = [area for area in (areas.by_code(way.scheme, code, on) for code in codes) if area]
        if known:
            return known[0], way.scheme, shown, ",".join(known[1:])
    return "", "", shown, ""


def _unknown_areas(
    rows: pd.DataFrame, rules: tuple[AreaRule, ...], areas: Areas, table: Table, file: str
) -> list[Issue]:
    types = tuple({kind for rule in rules for way in rule.find for kind in way.types})
    columns = [role for rule in rules for way in rule.find for role in (way.code, way.name) if role]
    issues = []
    named = pd.Series("", index=rows.index)
    for called in dict.fromkeys(way.called for rule in rules for way in rule.find if way.called in rows):
        named = named.where(named != "", rows[called].str.strip())
    for (text, name), same in rows.groupby([AREA_TEXT, named], sort=False):
        words = [word for word in str(text).split(" ") if not any(c.isdigit() for c in word)]
        near = areas.closest(name or " ".join(words) or str(text), types)
        shown = f"{text!r} ({name})" if name and name not in str(text) else repr(text)
        issues.append(
            Issue(
                "warning",
                "unknown_area",
                f"{shown} is no known area; the row was kept out."
                + (f" The closest known name is {near}." if near else ""),
                "Add the code or name to the framework's area_codes or area_names, or correct the file.",
                file,
                table.sheet,
                int(same[ROW].iloc[0]),
                table.headers.get((columns[0], ""), columns[0]) if columns else "",
                str(text),
                int(same[ROW].nunique()),
            )
        )
    return issues


def with_periods(
    frame: pd.DataFrame, rule: PeriodRule, valued: pd.Series, table: Table, delivery: Delivery
) -> tuple[pd.DataFrame, list[Issue]]:
    """Rows of readable periods, with the period's columns; an unreadable one is an issue where its row is `valued`."""
    assumed: list[Issue] = []
    texts = frame[rule.column] if rule.column and rule.column in frame else pd.Series("", index=frame.index)
    if rule.column == PERIOD and PERIOD not in frame:
        texts = pd.Series("", index=frame.index)
    if not rule.column:
        label, assumed = _label_of_file(rule, table, delivery)
        texts = pd.Series(label, index=frame.index)
    if rule.undated:
        labels = rule.undated + " " + texts.str.strip()
        return frame.assign(**{LABEL: labels, START: None, END: None, BASIS: rule.basis, STATUS: ""}), [
            Issue(
                "info", "undated_period", "the publisher's file does not date its periods; they keep its own labels.",
                "Date them when the publisher says which they are.", delivery.file, table.sheet,
            )
        ]  # fmt: skip
    keys = pd.DataFrame({"text": texts, "quarter": "", "identifier": ""}, index=frame.index)
    if rule.quarter:
        keys["quarter"] = frame[rule.quarter]
    if rule.identifier:
        keys["identifier"] = frame[rule.identifier]
    distinct = keys.drop_duplicates()
    parsed = [parse_period(t, rule.basis, q, i) for t, q, i in distinct.itertuples(index=False)]
    facts = [(p.label, p.start, p.end, p.basis, p.status) if p else ("", None, None, "", "") for p in parsed]
    columns = pd.DataFrame(facts, columns=[LABEL, START, END, BASIS, STATUS], index=distinct.index, dtype="object")
    told = keys.merge(distinct.join(columns), on=list(keys.columns), how="left").set_index(frame.index)
    frame = frame.assign(**{name: told[name] for name in columns})
    bad = frame[LABEL] == ""
    unread = bad & valued.reindex(frame.index)
    header = table.headers.get((rule.column, ""), rule.column)
    issues = assumed + [
        Issue(
            "warning", "unreadable_period", f"{text!r} is no period of the kind {rule.basis}; the row was kept out.",
            "Write it like 2009/10, 2009 or 201011, as the feed's description says.",
            delivery.file, table.sheet, int(same[ROW].iloc[0]), header, str(text), len(same),
        )
        for text, same in frame[unread].groupby(texts[unread], sort=False)
    ]  # fmt: skip
    return frame[~bad], issues


def _label_of_file(rule: PeriodRule, table: Table, delivery: Delivery) -> tuple[str, list[Issue]]:
    """The period of a whole file: from its name, its day of publication, or assumed aloud."""
    for pattern, label in rule.files.items():
        hit = re.search(pattern, delivery.file, re.IGNORECASE)
        if hit:
            return hit.expand(label), []
    if rule.published_offset_years is not None and delivery.published_year:
        return str(delivery.published_year + rule.published_offset_years), []
    said = "neither the file nor its name says which year it is about"
    remedy = "Give the publication date (--published-on), or put the year in the file's name."
    if rule.otherwise:
        taken = f"{said}; it was taken for {rule.otherwise}, the year of the release this feed describes."
        return rule.otherwise, [Issue("warning", "assumed_period", taken, remedy, delivery.file, table.sheet)]
    raise refuse("period", f"{said}.", remedy, file=delivery.file, sheet=table.sheet)
