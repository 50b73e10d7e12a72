"""One rule for texts that a spreadsheet would run, the same in Python and in SQL."""

import duckdb
import pytest
from cells import FORMULAS, PLAIN

from sitegen import formulas


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text):
    assert formulas.safe(text) == f"'{text}"


@pytest.mark.parametrize("value", [*PLAIN, -1, -1.5, None])
def test_numbers_and_plain_texts_are_left_as_they_are(value):
    assert formulas.safe(value) is value


def test_sql_does_as_python_does():
    texts = [*FORMULAS, *PLAIN, None]
    with duckdb.connect() as con:
        found = con.execute(f"select {formulas.sql('t')} from (select unnest(?::varchar[]) as t)", [texts]).fetchall()
    assert [text for (text,) in found] == [formulas.safe(text) for text in texts]
