"""Every number leads back to the raw cell it came from: sha256, sheet, row, column, text."""

from __future__ import annotations

from pathlib import Path

from sources.readers.grid import read_grids
from sources.readers.table import header_names


def _grids(home: Path, feed: str, sha256: str, kept: dict) -> list:
    if sha256 not in kept:
        kept[sha256] = {grid.sheet: grid.rows for grid in read_grids((home / "raw" / feed / sha256).read_bytes(), feed)}
    return kept[sha256]


def test_two_hundred_random_rows_lead_back_to_their_raw_cells(landed, observations):
    home, _ = landed
    kept: dict = {}
    sample = observations.sample(200, random_state=186)
    for row in sample.itertuples():
        rows = _grids(home, row.feed, row.sha256, kept)[row.source_sheet]
        texts = row.source_text.split(" + ") if "+" in row.source_rows else [row.source_text]
        for number, text in zip(row.source_rows.split("+"), texts, strict=True):
            record = [cell.strip() for cell in rows[int(number) - 1]]
            for piece in text.replace(" / ", " + ").split(" + "):
                assert piece in record, (row.feed, row.file_name, number, piece)
        headers = {name for i in range(min(60, len(rows))) for name in header_names(rows[i : i + 1])}
        headers |= {name for i in range(min(20, len(rows) - 1)) for name in header_names(rows[i : i + 2])}
        for column in row.source_column.replace(" / ", " + ").split(" + "):
            assert column in headers, (row.feed, column)


def test_a_plain_value_is_the_number_in_its_cell(observations):
    plain = observations[observations["value"].notna() & ~observations["source_text"].str.contains(r"[/+]", regex=True)]
    same_scale = plain[plain["feed"] != "dh_rtt_waiting_times"]  # fractions there, percentages here
    told = same_scale["source_text"].str.replace(",", "").str.replace("-00", "0").str.rstrip("%").astype(float)
    assert (told - same_scale["value"]).abs().max() < 1e-9
