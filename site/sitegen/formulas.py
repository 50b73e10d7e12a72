"""What a spreadsheet would take for a formula, and how it is kept from that: one rule for every file that is published.

Belongs here: the rule, for Python and for SQL. Does not belong here: the files (twins.py, files.py, exports.py; whole
tables are written by orchestration).
"""

import re

BEGINS = r"^ *[=+@\t\r\n-]"  # a spreadsheet takes such a text for a formula, and may run it
NUMBER = r"[+-][0-9][0-9.,]*"  # which a number is not, even where it stands in a text
_begins, _number = re.compile(BEGINS), re.compile(NUMBER)


def safe(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; all else is left as it is."""
    if not isinstance(value, str) or not _begins.match(value) or _number.fullmatch(value):
        return value
    return f"'{value}"


def sql(text: str) -> str:
    """The same in DuckDB's SQL, for an expression that is a text."""
    formula = f"regexp_matches({text}, '{BEGINS}') and not regexp_full_match({text}, '{NUMBER}')"
    return f"(case when {formula} then chr(39) || {text} else {text} end)"
