"""Files of a site: written once, and linked from the site before where they are the same."""

import pytest

from sitegen.folder import Folder


def test_an_unchanged_file_is_that_of_the_site_before_and_a_changed_one_leaves_it_alone(tmp_path):
    old = Folder(tmp_path / "old")
    for name, words in {"ni/1.html": "one", "ni/2.html": "two", "ni/gone.html": "gone"}.items():
        assert old.put(name, words) == 1
    new = Folder(tmp_path / "new", tmp_path / "old")
    for name, words in {"ni/1.html": "one", "ni/2.html": "TWO", "ni/3.html": "three"}.items():
        new.put(name, words)
    assert (tmp_path / "new/ni/1.html").samefile(tmp_path / "old/ni/1.html")
    assert (tmp_path / "old/ni/2.html").read_text() == "two"
    assert (tmp_path / "new/ni/2.html").read_text() == "TWO"
    assert not (tmp_path / "new/ni/gone.html").exists()
    assert new.counts == {"kept": 1, "written": 2}
    assert old.counts == {"written": 3}


@pytest.mark.parametrize("again", ["same", "other"])
def test_two_pages_at_one_address_are_an_error_and_the_first_stays(tmp_path, again):
    Folder(tmp_path / "old").put("a.html", "same")
    folder = Folder(tmp_path / "new", tmp_path / "old")
    folder.put("a.html", "same")
    with pytest.raises(FileExistsError):
        folder.put("a.html", again)
    assert (tmp_path / "old/a.html").read_text() == (tmp_path / "new/a.html").read_text() == "same"


def test_text_is_written_as_it_is_whatever_the_machines_line_ends(tmp_path):
    Folder(tmp_path).put("a.csv", "ä\nb\r\n")
    assert (tmp_path / "a.csv").read_bytes() == b"\xc3\xa4\nb\r\n"
