"""What a person can start from the launchpad: the graph or a part of it, and one file.

Belongs here: jobs and their typed configuration, which can be run as it stands. Does not belong here: what starts by
itself (automation.py), the work (lib/).

    everything      the whole graph: feeds, warehouse, release
    land            take in what the feeds have
    pull_now        the same, and fetch anew what was fetched before
    publish         go on from what has landed
    rebuild_as_at   publish the world as it was known on a day
    reland_file     one file through one feed, or a delivery read anew as its feed is described today
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum

import dagster as dg
from pydantic import Field

from orchestration.defs.feeds import Intake, feed_key
from orchestration.defs.warehouse import Knowledge
from orchestration.lib import reports, rounds
from orchestration.settings import Settings
from quality.report import Report
from sources.registry import load_feeds

Feed = Enum("Feed", {key: key for key in load_feeds()})


class File(dg.Config):
    """A file to land."""

    feed: Feed = Field(description="The feed it is of.")
    file: str = Field(
        default="",
        description="A path, an http(s) address, or the delivery_id of a file the hub holds, which is then read anew "
        "as the feed is described today. Empty: the feed's last delivery.",
    )
    published_on: str = Field(default="", description="The day its publisher published it, YYYY-MM-DD, where known.")


def intake_jobs(settings: Settings, feeds: Iterable[dg.AssetsDefinition]) -> list[object]:
    """The jobs that bring data in through `feeds`."""
    incoming = dg.AssetSelection.assets(*feeds)
    return [
        dg.define_asset_job("land", incoming, description="Take in what the feeds have."),
        dg.define_asset_job(
            "pull_now",
            incoming,
            config=dg.RunConfig(resources={"intake": Intake(pull=True)}),
            description="Take in what the feeds have, and fetch anew what was fetched before.",
        ),
        _reland_file(settings),
    ]


def release_jobs(made: Iterable[dg.AssetsDefinition]) -> list[object]:
    """The jobs that go on from what has landed; `made` are the assets from the warehouse on."""
    rest, last_day = dg.AssetSelection.assets(*made), max(rounds.ends().values())
    return [
        dg.define_asset_job("everything", description="Land, rebuild, publish."),
        dg.define_asset_job("publish", rest, description="Rebuild and publish from what has landed."),
        dg.define_asset_job(
            "rebuild_as_at",
            rest,
            config=dg.RunConfig(ops={"warehouse": Knowledge(as_at=last_day.isoformat())}),
            description="Publish the world as it was known on a day; `publish` goes back to all that is known.",
        ),
    ]


def _reland_file(settings: Settings) -> dg.JobDefinition:
    @dg.op
    def land_file(context: dg.OpExecutionContext, config: File) -> None:
        """Land the file and tell it as a delivery of its feed; refused, the run fails with the reasons."""
        report = _land(settings, config)
        context.log.info("%s: %s, %s rows", report.file_name, report.status, report.rows)
        context.log_event(
            dg.AssetMaterialization(
                feed_key(report.feed),
                partition=rounds.of(report.known_from) if report.known_from else rounds.LATER,
                metadata=reports.metadata([report]),
            )
        )
        if report.status == "quarantined":
            raise dg.Failure(" ".join(report.reasons()), allow_retries=False)

    first = next(iter(Feed))

    @dg.job(
        name="reland_file",
        description="One file through one feed, or a delivery read anew as its feed is described today.",
        config=dg.RunConfig(ops={"land_file": File(feed=first)}),
        executor_def=dg.in_process_executor,
    )
    def reland_file() -> None:
        land_file()

    return reland_file


def _land(settings: Settings, config: File) -> Report:
    from sources import landing, recover  # pandas: not needed to show the graph
    from sources.coverage import cover

    feed = config.feed.value
    if "/" in config.file:  # a path or an address; a delivery_id has none
        day = date.fromisoformat(config.published_on) if config.published_on else None
        report = landing.land(load_feeds()[feed], config.file, settings.home, published_on=day)
    else:
        report = recover.reread(settings.home, feed, config.file)
    cover([report], settings.home)
    return report
