"""From a table's text cells to canonical rows of what is no observation: areas, targets, partnerships, returns, views.

Belongs here: what each kind needs, and what keeps a row out. Does not belong here: what a cell says (entry_cells), how
areas and periods are found (canonical), or which version of a record is in force (the warehouse).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

import pandas as pd

from quality.issues import Issue
from sources.canonical import Delivery, with_areas, with_periods
from sources.canonical_measures import AREA, BASIS, END, LABEL, START
from sources.cells import read_number
from sources.entry_cells import COLUMNS, TYPES, Reader, read_texts, word_reader
from sources.indicators import HEADLINE, load_indicators, plain_code, plain_part
from sources.parquet import ENTRIES
from sources.readers.table import PERIOD, ROW, Table
from sources.repeats import once, too_many

TARGET = "target"  # role of the cells that hold a target: a number, a word that says why there is none, or both
PLACE = ["source_sheet", "source_row"]
_SUBJECT = ("partnership_code", "area_code", "indicator_code", "part", "round_label")


@dataclass(frozen=True)
class Kind:
    """`key` names a row of one delivery; `needs` may not be blank either; `free` is text kept just as it came.

    `place` is the column of the area that the layout's area rules find.
    """

    key: tuple[str, ...]
    needs: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    place: str = "area_code"

    def may_be_blank(self, column: str) -> bool:
        """Whether a row says something without this; what names no first day always held."""
        return column not in (*self.key, *self.needs) or column == "valid_from"


KINDS = {
    "areas": Kind(("area_code",), ("area_name", "area_type", "parent_code"), place="parent_code"),
    "targets": Kind(("area_code", "indicator_code", "part", "commitment_type"), ("target_basis",), ("decision",)),
    "partnerships": Kind(("partnership_code",), ("partnership_name", "partnership_type")),
    "organisations": Kind(("organisation_code",), ("organisation_name", "organisation_type")),
    "responsibilities": Kind(("partnership_code", "indicator_code", "part", "valid_from")),
    "plans": Kind(("plan_code",), ("plan_type", "title")),
    "plan_links": Kind(("plan_code", "indicator_code", "partnership_code", "valid_from")),
    "return_register": Kind(("partnership_code", "round_label")),
    "returns": Kind(_SUBJECT, ("self_assessed_status",), ("commentary", "cause", "board_decision")),
    "actions": Kind((*_SUBJECT, "action_number"), ("action", "state"), ("action",)),
    "agreed_statuses": Kind(
        ("area_code", "indicator_code", "part", "commitment_type", "round_label"), ("office_view",),
        ("office_reason", "agreed_reason"),
    ),
    "inspections": Kind(
        ("area_code", "organisation_code", "assessment", "theme", "published_on"), ("judgement",), ("summary",),
    ),
}  # fmt: skip
BLANK = Reader(str, "blank_cell", "", "Fill the cell in and send the file again.")
UNKNOWN = Reader(
    str, "unknown_indicator", "is no indicator or part the framework knows",
    "Correct the code, or add it to the framework's indicators and indicator_parts.",
)  # fmt: skip
REVERSED = Reader(str, "dates_out_of_order", "is before the day it began", "Correct one of the two days.")
MEANINGLESS = Reader(
    str, "unreadable_value", "is neither a number nor a word this file is known to use",
    "Correct the cell, or add the word and its meaning to the feed's description.",
)  # fmt: skip
UNTARGETED = Reader(
    str, "no_target", "and the like say that no year has a target",
    "Give a year its target, or say why it has none (TBC, Deferred).",
)  # fmt: skip


@dataclass
class _Sieve:
    """Takes rows out of a table and keeps what is said of them."""

    table: Table
    file: str
    issues: list[Issue] = field(default_factory=list)

    def keep(self, rows: pd.DataFrame, bad: pd.Series, role: str, reader: Reader) -> pd.DataFrame:
        """The rows that are not bad; one issue for each that is."""
        if not bad.any():
            return rows
        for record in rows[bad].to_dict("records"):
            text = str(record[role] or "").strip()
            header = self.table.headers.get((role, record.get(PERIOD, "")), self.table.headers.get((role, ""), role))
            said = f"{text!r} {reader.said}" if text else "the cell is blank"
            self.issues.append(
                Issue("warning", reader.check, f"{said}; the row was kept out.", reader.remedy, self.file,
                      self.table.sheet, int(record[ROW]), header, text)
            )  # fmt: skip
        return rows[~bad]


def entries(table: Table, delivery: Delivery) -> tuple[pd.DataFrame, list[Issue]]:
    """Canonical rows of the table's kind (columns: parquet.ENTRIES, and where a row stands), and what was kept out."""
    record, sieve = table.layout.record, _Sieve(table, delivery.file)
    roles = [role for role in table.frame if role not in (PERIOD, ROW, TARGET)]
    rows = table.frame.drop_duplicates(ROW)[[ROW, *roles]]
    rows = rows.assign(source_text=reduce(lambda whole, role: whole + " | " + rows[role], roles[1:], rows[roles[0]]))
    rows = _placed(rows, KINDS[record], sieve, delivery)
    for column, type_ in ENTRIES[record].items():
        if column in roles:
            rows = _read(rows, column, type_, KINDS[record], sieve)
    if "indicator_code" in roles:
        rows = _known(rows, sieve)
    if "valid_to" in roles:
        reversed_ = pd.to_datetime(rows["valid_to"]) < pd.to_datetime(rows["valid_from"])
        rows = sieve.keep(rows, reversed_, "valid_to", REVERSED)
    if TARGET in table.frame:
        rows = _by_period(rows, sieve, delivery)
    rows = rows.assign(source_sheet=table.sheet, source_row=rows[ROW].astype("int64"))
    return rows.reindex(columns=[*ENTRIES[record], *PLACE, "source_text"]), sieve.issues


def _placed(rows: pd.DataFrame, kind: Kind, sieve: _Sieve, delivery: Delivery) -> pd.DataFrame:
    """Rows with the area they are about (of an area: the one it lies in); some kinds may do without."""
    rules = sieve.table.layout.areas
    if not rules:
        return rows
    codes = list(dict.fromkeys(role for rule in rules for way in rule.find for role in (way.code, way.name) if role))
    blank = rows[codes].apply(lambda column: column.str.strip() == "").all(axis=1)
    if not kind.may_be_blank(kind.place):
        rows, blank = sieve.keep(rows, blank, codes[0], BLANK), blank[~blank]
    placed = rows[~blank].assign(**{END: None})
    placed, issues = with_areas(placed, rules, pd.Series(True, index=placed.index), sieve.table, delivery)
    sieve.issues += issues
    nowhere = rows[blank].assign(**{AREA: None})
    return pd.concat([placed, nowhere]).sort_index().rename(columns={AREA: kind.place})


def _read(rows: pd.DataFrame, column: str, type_: str, kind: Kind, sieve: _Sieve) -> pd.DataFrame:
    """Rows with one column read; those in which it cannot be read, or is blank and may not be, are kept out."""
    texts, words = rows[column], sieve.table.layout.words.get(column, {})
    if column == "part":
        texts = texts.where(texts.str.strip() != "", HEADLINE)
    if column in kind.free:
        values, bad = texts.where(texts.str.strip() != "", None), pd.Series(False, index=rows.index)
        reader = BLANK
    else:
        vocabulary = {word: meaning for word, meaning in words.items() if meaning}
        reader = word_reader(vocabulary) if vocabulary else COLUMNS.get(column, TYPES[type_])
        values, bad = read_texts(texts, reader, frozenset(word.lower() for word in words if not words[word]))
    rows = sieve.keep(rows, bad, column, reader).assign(**{column: values[~bad]})
    missing = rows[column].isna() & (not kind.may_be_blank(column))
    return sieve.keep(rows, missing, column, BLANK)


def _known(rows: pd.DataFrame, sieve: _Sieve) -> pd.DataFrame:
    """Rows of indicators, and of parts where the kind has them, that the framework knows, under its own codes.

    A row without an indicator is about none: of the kinds that need one it was kept out before.
    """
    known, named = load_indicators(), rows["indicator_code"]
    codes = named.map({text: known.codes.get(plain_code(text)) for text in named.dropna().unique()})
    rows = sieve.keep(rows, named.notna() & codes.isna(), "indicator_code", UNKNOWN)
    codes = codes[rows.index]
    rows = rows.assign(indicator_code=codes.astype("object").where(codes.notna(), None))
    if "part" not in rows:
        return rows
    parts = rows["part"].map({text: plain_part(text) for text in rows["part"]})
    pairs = pd.MultiIndex.from_arrays([rows["indicator_code"], parts])
    strange = ~pairs.isin([(code, part) for code, those in known.parts.items() for part in those])
    return sieve.keep(rows, pd.Series(strange, index=rows.index), "part", UNKNOWN).assign(part=parts[~strange])


def _by_period(rows: pd.DataFrame, sieve: _Sieve, delivery: Delivery) -> pd.DataFrame:
    """Each row once a period, with the target and its state; cells that say there is none for a year are left out."""
    layout = sieve.table.layout
    cells = sieve.table.frame[[ROW, PERIOD, TARGET]]
    rows = rows.drop(columns=["source_text"]).merge(cells, on=ROW)
    rows, unread = with_periods(rows, layout.period, pd.Series(True, index=rows.index), sieve.table, delivery)
    sieve.issues += unread
    words = {word.lower(): state for word, state in layout.words.get(TARGET, {}).items()}
    told = {text: _target(text.strip(), words) for text in rows[TARGET].unique()}
    understood = {text: said for text, said in told.items() if said}
    rows = sieve.keep(rows, ~rows[TARGET].isin(understood), TARGET, MEANINGLESS)
    rows = rows.assign(
        state=rows[TARGET].map({text: state for text, (state, _) in understood.items()}),
        target_value=rows[TARGET].map({text: number for text, (_, number) in understood.items()}).astype("float64"),
        source_text=rows[TARGET].str.strip(),
    )
    none = (rows["state"] == "").groupby(rows[ROW]).transform("all") & ~rows.duplicated(ROW)
    sieve.keep(rows, none, TARGET, UNTARGETED)
    names = {LABEL: "period_label", START: "period_start", END: "period_end", BASIS: "period_basis"}
    return rows[rows["state"] != ""].rename(columns=names)


def _target(text: str, words: dict[str, str]) -> tuple[str, float] | None:
    """State and number of a target's cell: `12.3`, `TBC` or `Frozen 12.3`; state '' where there is no target."""
    number = read_number(text)
    if number is not None:
        return "agreed", number
    if text.lower() in words:
        return words[text.lower()], float("nan")
    word, _, rest = text.rpartition(" ")
    number = read_number(rest)
    return (words[word.strip().lower()], number) if words.get(word.strip().lower()) and number is not None else None


def settled(rows: pd.DataFrame, record: str, file: str) -> tuple[pd.DataFrame, list[Issue]]:
    """Each key once in a delivery: rows that repeat one another count once, rows that contradict are all kept out.

    It is rows of the sheet that are compared, so that one year's difference keeps both rows out whole.
    """
    facts = [column for column in rows if column not in (*PLACE, "source_text")]
    said = pd.util.hash_pandas_object(rows[facts].astype("str"), index=False)
    sums = rows[PLACE].assign(said=said).groupby(PLACE, sort=False)["said"].sum().reset_index()
    heads = rows.drop_duplicates(PLACE).merge(sums, on=PLACE)
    heads = heads.assign(source_rows=heads["source_row"].astype("str"), source_column="")
    kept, _, issues = once(heads, file, list(KINDS[record].key), ["said"], ())
    issues += too_many(issues, len(heads), file)
    return rows.merge(kept[PLACE], on=PLACE), issues
