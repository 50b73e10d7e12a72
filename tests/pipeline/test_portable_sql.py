"""Models hold no engine's private syntax: what dbt compiled for DuckDB is read by Spark's grammar too.

Staging is left out: it reads Parquet files through a dispatched macro, which is the one place where engines differ.
"""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

ROOT = Path(__file__).parent.parent.parent
SQL = sorted((ROOT / "dbt_project" / "models").rglob("*.sql"))
# DuckDB reads all of these; Spark refuses them or, for "text", reads something else.
PRIVATE = {
    "integer division": r"//",
    "a DuckDB function": r"\b(?:quantile_cont|arg_max|arg_min|strftime|strptime|regexp_matches|list_value)\s*\(",
    "a DuckDB clause": r"\b(?:distinct on|union (?:all )?by name|select \* exclude|select \* replace)\b",
    "a type without a length": r"\bvarchar\b",
    "double quotes": r'"',
}


def bare(path: Path) -> str:
    """A model without Jinja and comments."""
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " x ", path.read_text(), flags=re.DOTALL)
    return re.sub(r"--[^\n]*", "", text).lower()


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
@pytest.mark.parametrize("what", PRIVATE)
def test_no_private_syntax(path, what):
    assert not re.search(PRIVATE[what], bare(path)), f"{path.name} uses {what}"


def test_compiled_models_and_tests_parse_as_spark(illustrative):
    compiled = illustrative.dbt_target / "compiled"
    files = [path for path in sorted(compiled.rglob("*.sql")) if "staging" not in path.parts]
    assert len(files) > 60
    for path in files:
        tree = sqlglot.parse_one(path.read_text().replace('"', "`"), read="spark")
        unknown = {call.name.lower() for call in tree.find_all(exp.Anonymous)}
        assert not unknown, f"{path.name} calls functions Spark's grammar does not know: {unknown}"
