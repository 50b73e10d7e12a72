"""The folder a site is written into: each file once, and what has not changed is the file of the site before.

Belongs here: bytes and files. Does not belong here: what is in them.
"""

import os
from collections import Counter
from pathlib import Path
from shutil import copyfile


class Folder:
    """Writes files below `path`; one that the folder `before` has with the same bytes becomes a hard link to it.

    So a file is never changed in place: it may be part of an older site too. `counts` says how many files were
    `written` and how many `kept`, `names` which there are.
    """

    def __init__(self, path: Path, before: Path | None = None):
        """Name the folder to fill and that of the site before, if there is one."""
        self.path, self.before = Path(path), before
        self.counts: Counter[str] = Counter()
        self.names: list[str] = []
        self._made: set[str] = set()

    def put(self, name: str, content: str | bytes) -> int:
        """Write one file, text as UTF-8; return 1, the count of it.

        Raises:
            FileExistsError: the folder has a file of this name.
        """
        data = content.encode() if isinstance(content, str) else content
        target = self.place(name)
        if self.before and self._same(name, data) and link(f"{self.before}/{name}", target):
            self.counts["kept"] += 1
            return 1
        with open(target, "xb", buffering=0) as file:  # noqa: PTH123 (thousands of files: a Path costs more than its file)
            file.write(data)
        self.counts["written"] += 1
        return 1

    def keep(self, names: list[str]) -> bool:
        """Take files of the site before as they are; False, and none is taken, where one is missing there."""
        if not all(os.path.exists(f"{self.before}/{name}") for name in names):  # noqa: PTH110 (as in `put`)
            return False
        for name in names:
            self.share(f"{self.before}/{name}", name)
        self.counts["kept"] += len(names)
        return True

    def place(self, name: str) -> str:
        """Where a file of this name lies; its folder is made."""
        self.names.append(name)
        folder = name.rpartition("/")[0]
        if folder not in self._made:
            (self.path / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        return f"{self.path}/{name}"

    def share(self, source: str | Path, name: str) -> None:
        """Take in a file from elsewhere, without a second copy where the disk allows it."""
        target = self.place(name)
        if not link(source, target):
            copyfile(source, target)

    def _same(self, name: str, data: bytes) -> bool:
        """Whether the site before has this file with these bytes."""
        try:
            with open(f"{self.before}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
                return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
        except OSError:
            return False


def link(source: str | Path, target: str | Path) -> bool:
    """Give a file another name; False where the file system has no hard links, or no more of them for this file."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True
