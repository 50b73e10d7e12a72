"""What changed between two releases: counted, said in a sentence, sampled.

Belongs here: reading a table of changes (kind, keys, before, after) and its words. Does not belong here: comparing two
files, which is done before; here a table is read that says it all.
"""

from collections import namedtuple
from pathlib import Path

import duckdb

from sitegen.format import number, plural

# In the order they are said: first what changes a figure or a promise somebody has used, last what only came along.
KINDS = {
    "revised": ("value revised", "values revised"),
    "corrected": ("value corrected", "values corrected"),
    "restated_boundary": ("value restated for new boundaries", "values restated for new boundaries"),
    "restated_method": ("value restated by another method", "values restated by another method"),
    "withdrawn": ("value withdrawn", "values withdrawn"),
    "status_changed": ("status changed", "statuses changed"),
    "target_reset": ("target re-set", "targets re-set"),
    "target_agreed": ("target agreed", "targets agreed"),
    "target_withdrawn": ("target withdrawn", "targets withdrawn"),
    "baseline_restated": ("baseline restated", "baselines restated"),
    "owner_moved": ("duty moved to another owner", "duties moved to other owners"),
    "owner_named": ("duty given an owner", "duties given an owner"),
    "owner_gone": ("duty without an owner any more", "duties without an owner any more"),
    "plan_owner_moved": ("plan line moved to another owner", "plan lines moved to other owners"),
    "plan_owner_named": ("plan line given an owner", "plan lines given an owner"),
    "plan_owner_gone": ("plan line without an owner any more", "plan lines without an owner any more"),
    "new": ("new value", "new values"),
    "annotated": ("mark changed", "marks changed"),
    "finalised": ("value became final", "values became final"),
}
SUBJECTS = {"area": "area_code", "partnership": "partnership_code", "ni": "indicator_code"}
SHOWN = ("kind", "indicator", "area", "period", "before", "after")
TOLD_OF_A_SUBJECT = 20


def say(counts: dict[str, int]) -> str:
    """Say counts by kind: `12 values revised, 3 statuses changed, 1 target re-set.`."""
    said = [plural(counts[kind], *words) for kind, words in KINDS.items() if counts.get(kind)]
    said += [f"{count:,} {kind.replace('_', ' ')}" for kind, count in counts.items() if kind not in KINDS]
    return ", ".join(said) + "." if said else "Nothing changed."


class Changes:
    """A table of changes, asked in a few queries whatever its size."""

    def __init__(self, con: duckdb.DuckDBPyConnection):
        """Read from the table `changes` of an open connection."""
        self.con = con
        places = " ".join(f"when '{kind}' then {place}" for place, kind in enumerate(KINDS))
        self.rank = f"case kind {places} else {len(KINDS)} end"

    @classmethod
    def of_csv(cls, path: Path) -> "Changes":
        """Read a table of changes kept as CSV, without the apostrophes that keep spreadsheets from running texts."""
        con = duckdb.connect()
        con.execute(
            r"""create table changes as select regexp_replace(columns(*), '^''([ =+@\t\r\n-])', '\1')
            from read_csv(?, header = true, all_varchar = true)""",
            [str(path)],
        )
        return cls(con)

    def counts(self) -> dict[str, int]:
        """Changes by kind, in the order they are said."""
        query = f"select kind, count(*) from changes group by kind order by {self.rank}, kind"
        return dict(self.con.execute(query).fetchall())

    def sentence(self) -> str:
        """All of it in one sentence."""
        return say(self.counts())

    def samples(self, each: int) -> list:
        """The first `each` changes of every kind."""
        return self._rows(
            f"""select * from changes qualify row_number() over (partition by kind order by all_) <= {each}
            order by {self.rank}, all_""".replace("all_", ORDER)
        )

    def codes(self, subject: str) -> list[str]:
        """The areas, partnerships or NIs of which something changed."""
        column = SUBJECTS[subject]
        query = f"select distinct {column} from changes where {column} is not null order by 1"
        return [code for (code,) in self.con.execute(query).fetchall()]

    def by(self, subject: str) -> dict[str, tuple[str, dict[str, int], list]]:
        """Of each area, partnership or NI: its name, its changes by kind, and the first of them."""
        column = SUBJECTS[subject]
        name = "area_name" if subject == "area" else column
        counted = self.con.execute(
            f"""select {column}, kind, count(*), max({name}) from changes where {column} is not null
            group by {column}, kind order by {column}, {self.rank}, kind"""
        ).fetchall()
        found: dict[str, tuple[str, dict[str, int], list]] = {}
        for code, kind, count, said in counted:
            found.setdefault(code, (said or code, {}, []))[1][kind] = count
        for row in self._rows(
            f"""select * from changes where {column} is not null
            qualify row_number() over (partition by {column} order by {self.rank}, {ORDER}) <= {TOLD_OF_A_SUBJECT}
            order by {column}, {self.rank}, {ORDER}"""
        ):
            found[getattr(row, column)][2].append(row)
        return found

    def _rows(self, query: str) -> list:
        answer = self.con.execute(query)
        make = namedtuple("Change", [column[0] for column in answer.description])._make
        return [make(row) for row in answer.fetchall()]


ORDER = "indicator_code, part, area_code, partnership_code, concerns, period_label, before, after"


def shown(row, column: str) -> str:
    """One cell of a table of changes as text (SHOWN)."""
    if column == "kind":
        return KINDS.get(row.kind, (row.kind,))[0]
    if column == "indicator":
        return " ".join(filter(None, (row.indicator_code, row.part if row.part != "headline" else "", row.concerns)))
    if column == "area":
        return row.area_name or row.area_code or row.partnership_code or ""
    if column == "period":
        return row.period_label or ""
    return figure(getattr(row, column))


def figure(text: str | None) -> str:
    """A value before or after: a number as numbers are written, words as they are, and `none` for nothing."""
    if text is None:
        return "none"
    first, gap, rest = text.partition(" ")
    try:
        return f"{number(float(first), None)}{gap}{rest}"
    except ValueError:
        return text.replace("_", " ")


def line(row) -> str:
    """One change as a line of text."""
    about = ", ".join(filter(None, (shown(row, "indicator"), shown(row, "area"), shown(row, "period"))))
    return f"{about}: {shown(row, 'before')} \N{RIGHTWARDS ARROW} {shown(row, 'after')} ({shown(row, 'kind')})"
