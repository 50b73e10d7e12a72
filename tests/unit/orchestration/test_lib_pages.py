"""The site builder as a process of its own: what it says reaches the one that began it."""

import pytest

from orchestration.lib import pages
from sitegen import NotMade


def test_what_the_builder_says_is_wrong_is_raised_in_its_words(tmp_path):
    (tmp_path / "hub.duckdb").write_text("no database")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "half.html").write_text("left by a run that was stopped")
    with pytest.raises(NotMade, match=r"Could not make what all pages share: .*not a valid DuckDB database"):
        pages.make(tmp_path)
    assert not (tmp_path / "site" / "half.html").exists()


def test_a_builder_that_ends_without_a_word_is_told_of_with_its_last_complaint(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "_cores", lambda: "many")
    with pytest.raises(NotMade, match="invalid int value: 'many'"):
        pages.make(tmp_path)
