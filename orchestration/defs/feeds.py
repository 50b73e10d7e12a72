"""The feed assets: one a FeedSpec, all from one factory, and the illustrative edition before them.

Belongs here: what a feed looks like to Dagster. Does not belong here: anything about one particular feed (its
YAML).

Feeds are partitioned by collection round: a delivery is of the round it became known in, whatever periods it carries. A
run of some rounds lands their deliveries alone; a run without a partition lands all there are. Feeds that bring areas
are of no round: figures of any round may speak of them.
"""

import warnings
from collections.abc import Mapping
from datetime import timedelta

import dagster as dg
from pydantic import Field

from orchestration.lib import deliveries, reports, rounds
from orchestration.lib.side_by_side import LandingStopped, SideBySide
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from quality.report import Report
from sources.archive import NotKept
from sources.registry import FeedSpec, load_feeds

# backfills of a range in one run are what this needs; Dagster calls them beta, at every asset anew
warnings.filterwarnings("ignore", category=dg.BetaWarning)

ILLUSTRATIVE = dg.AssetKey("illustrative_edition")
ROUNDS = dg.StaticPartitionsDefinition(rounds.labels())
OWNER = "team:collection"


class Intake(dg.ConfigurableResource):
    """Where the feeds of a run take their files from."""

    pull: bool = Field(
        default=False,
        description="Also fetch anew from every address a feed was fetched from before; "
        "what did not change there is not sent.",
    )


def feed_key(feed: str) -> dg.AssetKey:
    """The asset of a feed."""
    return dg.AssetKey(["feeds", feed])


def feed_assets(settings: Settings, watch: Watch = SILENT) -> list[dg.AssetsDefinition]:
    """The illustrative edition and one asset a feed."""
    feeds = load_feeds().values()
    alone, together = SideBySide(settings), SideBySide(settings)  # feeds that bring areas land before the others
    landings = {spec.key: alone if spec.brings_areas else together for spec in feeds}
    assets = [_feed_asset(spec, settings, watch, landings[spec.key]) for spec in feeds]
    return [_illustrative_edition(settings, watch), *dg.with_resources(assets, {"intake": Intake()})]


def _illustrative_edition(settings: Settings, watch: Watch) -> dg.AssetsDefinition:
    @dg.asset(key=ILLUSTRATIVE, group_name="illustrative", kinds={"python"}, owners=[OWNER], tags={"layer": "feeds"})
    def illustrative_edition() -> dg.MaterializeResult:
        """Made-up deliveries in the publishers' own formats, written while the hub holds no real file."""
        files = deliveries.make_illustrative(settings, watch)
        return dg.MaterializeResult(metadata={"used": files > 0, "preset": settings.preset, "files": files})

    return illustrative_edition


def _feed_asset(spec: FeedSpec, settings: Settings, watch: Watch, landing: SideBySide) -> dg.AssetsDefinition:
    key = feed_key(spec.key)

    @dg.asset(
        key=key,
        deps=[ILLUSTRATIVE, *_areas_before(spec)],
        group_name=f"feeds_{spec.family.lower()}",
        kinds={"python", "parquet"},
        owners=[OWNER],
        tags={"layer": "feeds", "family": spec.family.lower(), "disclosure": spec.disclosure},
        description=f"{spec.title}. {spec.description}",
        metadata=_about(spec),
        partitions_def=None if spec.brings_areas else ROUNDS,
        backfill_policy=dg.BackfillPolicy.single_run(),
        freshness_policy=_freshness(spec),
        check_specs=[
            dg.AssetCheckSpec(
                "no_errors",
                asset=key,
                blocking=not spec.brings_areas,  # a refused look-up must not keep out all that comes after it
                description="No delivery was quarantined.",
            ),
            dg.AssetCheckSpec("no_warnings", asset=key, description="Nothing needs a look."),
        ],
    )
    def feed(context: dg.AssetExecutionContext, intake: Intake) -> dg.MaterializeResult:
        if unread := deliveries.unread_arrivals(settings):
            context.log.warning(unread)
        asked = frozenset(context.partition_keys) if context.has_partition_key_range else None
        together = _in_run(context, spec)
        try:
            found = landing.reports(spec, together, run=context.run.run_id, asked=asked, pull=intake.pull)
        except (NotKept, LandingStopped) as problem:
            raise dg.Failure(str(problem), allow_retries=False) from None
        for report in found:
            _log(context, report)
            watch.reported(report)
        watch.advance(spec.key)
        by_round = _by_round(found, asked)
        for label, of_round in by_round.items():
            context.add_asset_metadata(reports.metadata(of_round), partition_key=label)
        return dg.MaterializeResult(
            metadata=reports.rounds(by_round) if asked else reports.metadata(found),
            data_version=dg.DataVersion(deliveries.fingerprint(settings, spec.key)),
            check_results=reports.checks(found),
        )

    return feed


def _log(context: dg.AssetExecutionContext, report: Report) -> None:
    """Say what became of a file; of a refused one why, for the failed run itself only names its check."""
    if report.status == "quarantined":
        context.log.error("%s was quarantined. %s", report.file_name, " ".join(report.reasons()))
    else:
        context.log.info("%s: %s, %s rows", report.file_name, report.status, report.rows)


def _by_round(found: list[Report], asked: frozenset[str] | None) -> Mapping[str, list[Report]]:
    """What came in, by the rounds asked for; a file that was not even received is of the last of them."""
    if asked is None:
        return {}
    labels = [label for label in rounds.labels() if label in asked]
    of_round: dict[str, list[Report]] = {label: [] for label in labels}
    for report in found:
        label = rounds.of(report.known_from) if report.known_from else labels[-1]
        of_round[label if label in of_round else labels[-1]].append(report)
    return of_round


def _in_run(context: dg.AssetExecutionContext, spec: FeedSpec) -> list[FeedSpec]:
    """The feeds of this run that may land beside this one; none where every step has a process of its own."""
    if context.job_def.executor_def.name == dg.multiprocess_executor.name:
        return [spec]
    selected = context.job_def.asset_layer.selected_asset_keys
    feeds = [other for other in load_feeds().values() if other.brings_areas == spec.brings_areas]
    return [other for other in feeds if feed_key(other.key) in selected]


def _areas_before(spec: FeedSpec) -> list[dg.AssetKey]:
    """The feeds that bring areas land before those that bring figures about them."""
    return [] if spec.brings_areas else [feed_key(key) for key, other in load_feeds().items() if other.brings_areas]


def _freshness(spec: FeedSpec) -> dg.FreshnessPolicy | None:
    """Fresh when landed in its last due month; once in so many years where it skips some; None without a schedule."""
    if not spec.due_months:
        return None
    if spec.due_years:
        longest = max(
            (later - earlier for earlier, later in zip(spec.due_years, spec.due_years[1:], strict=False)), default=1
        )
        return dg.FreshnessPolicy.time_window(fail_window=timedelta(days=366 * longest + 31))
    after = ",".join(str(month % 12 + 1) for month in spec.due_months)  # the day after a due month's last
    return dg.FreshnessPolicy.cron(f"0 0 1 {after} *", lower_bound_delta=timedelta(days=28))


def _about(spec: FeedSpec) -> dict[str, object]:
    return {
        "publisher": spec.publisher,
        "licence": spec.licence,
        "cadence": spec.cadence,
        "contact": dg.MetadataValue.url(spec.contact_page),
        "source": dg.MetadataValue.url(spec.public_url),
        "indicators": ", ".join(spec.indicators),
        "inbox": f"HUB_HOME/inbox/{spec.key}",
        "runbook": dg.MetadataValue.path("docs/operate.md"),
        "described_in": f"sources/feeds/{spec.key}.yaml",
    }
