"""Where everything lies: every path of the hub, all of them from HUB_HOME.

Belongs here: paths and the two settings from the environment. Does not belong here: anything that touches a
disk, beyond making the home.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]


EXECUTORS = ("in_process", "multiprocess")  # how Dagster runs the steps of a run
PRESETS = ("full", "small")  # sizes of the illustrative edition, as sources/demo/edition.yaml describes them


class UnusableSetting(Exception):
    """A setting from the environment cannot be used; says which and why in a sentence."""


@dataclass(frozen=True)
class Settings:
    """Every path, from the data folder `home`.

    `feeds_dir` is the folder of publishers' files, if named; `preset` the size of the illustrative edition; `as_at` the
    day whose knowledge is published, None for all that is known; `alerts` the address of the channel alerts go to, if
    any; `executor` how Dagster runs the steps of a run.
    """

    home: Path
    feeds_dir: Path | None = None
    preset: str = PRESETS[0]
    as_at: date | None = None
    alerts: str = ""
    executor: str = "in_process"
    dbt_project: Path = CHECKOUT / "dbt_project"

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] = os.environ, feeds_dir: str | Path | None = None, preset: str | None = None
    ) -> Settings:
        """Settings from HUB_HOME (default ./data) and the other HUB_ variables; what is given goes first.

        Raises:
            UnusableSetting: HUB_PRESET names no preset, or HUB_EXECUTOR no executor.
        """
        feeds = feeds_dir or environ.get("HUB_FEEDS") or None
        size = preset or environ.get("HUB_PRESET") or PRESETS[0]
        executor = environ.get("HUB_EXECUTOR") or EXECUTORS[0]
        for name, value, known in (("HUB_PRESET", size, PRESETS), ("HUB_EXECUTOR", executor, EXECUTORS)):
            if value not in known:
                raise UnusableSetting(f"{name} is {value!r}; it can be {' or '.join(known)}.")
        return cls(
            home=Path(environ.get("HUB_HOME") or "data").expanduser().resolve(),
            feeds_dir=Path(feeds).expanduser().resolve() if feeds else None,
            preset=size,
            alerts=environ.get("HUB_ALERTS") or "",
            executor=executor,
        )

    def made(self) -> Settings:
        """These settings, once their home is there.

        Raises:
            UnusableSetting: it is a file, or cannot be made or written to.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise UnusableSetting(
                f"HUB_HOME is {self.home}, and no folder can be made there: {problem.strerror}."
            ) from None
        if not os.access(self.home, os.W_OK):
            raise UnusableSetting(f"HUB_HOME is {self.home}, and nothing can be written there.")
        return self

    @property
    def inbox(self) -> Path:
        """Files put down for a feed: inbox/<feed key>/<file>."""
        return self.home / "inbox"

    @property
    def landing(self) -> Path:
        """The Parquet files dbt reads."""
        return self.home / "landing"

    @property
    def illustrative(self) -> Path:
        """The illustrative edition's deliveries, laid out like a folder of publishers' files."""
        return self.home / "illustrative"

    @property
    def warehouse(self) -> Path:
        """The last warehouse that was built whole and passed its tests."""
        return self.home / "warehouse" / "build.duckdb"

    @property
    def next_warehouse(self) -> Path:
        """The warehouse being built. Same file name: DuckDB's views hold the name of their database."""
        return self.home / "warehouse" / "next" / "build.duckdb"

    @property
    def dbt_target(self) -> Path:
        """What dbt writes about itself: manifest, compiled SQL."""
        return self.home / "dbt" / "target"

    @property
    def releases(self) -> Path:
        """Folder of the numbered releases; `published` points at one of them."""
        return self.home / "releases"

    @property
    def frozen(self) -> Path:
        """Folder of the releases frozen under a name; published/releases leads here."""
        return self.home / "frozen"

    @property
    def alerts_folder(self) -> Path:
        """Folder of what the people who run the hub were told; published/alerts leads here."""
        return self.home / "alerts"

    @property
    def published(self) -> Path:
        """The symbolic link to the release that is public: hub.duckdb, csv/, parquet/, site/."""
        return self.home / "published"
