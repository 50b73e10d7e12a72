"""The feed assets: one a FeedSpec, all from one factory, and the illustrative edition before them.

Belongs here: what a feed looks like to Dagster. Does not belong here: anything about one particular feed (its
YAML).
"""

import dagster as dg

from orchestration.lib import deliveries, reports
from orchestration.lib.side_by_side import SideBySide
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from sources.registry import FeedSpec, load_feeds

ILLUSTRATIVE = dg.AssetKey("illustrative_edition")


def feed_key(feed: str) -> dg.AssetKey:
    """The asset of a feed."""
    return dg.AssetKey(["feeds", feed])


def feed_assets(settings: Settings, watch: Watch = SILENT) -> list[dg.AssetsDefinition]:
    """The illustrative edition and one asset a feed."""
    feeds = load_feeds().values()
    alone, together = SideBySide(settings), SideBySide(settings)  # feeds that bring areas land before the others
    landings = {spec.key: alone if spec.brings_areas else together for spec in feeds}
    return [
        _illustrative_edition(settings, watch),
        *(_feed_asset(spec, settings, watch, landings[spec.key]) for spec in feeds),
    ]


def _illustrative_edition(settings: Settings, watch: Watch) -> dg.AssetsDefinition:
    @dg.asset(key=ILLUSTRATIVE, group_name="illustrative", kinds={"python"})
    def illustrative_edition() -> dg.MaterializeResult:
        """Made-up deliveries in the publishers' own formats, written while the hub holds no real file."""
        used = deliveries.illustrative_is_used(settings)
        files = deliveries.make_illustrative(settings, watch) if used else 0
        return dg.MaterializeResult(metadata={"used": used, "preset": settings.preset, "files": files})

    return illustrative_edition


def _feed_asset(spec: FeedSpec, settings: Settings, watch: Watch, landing: SideBySide) -> dg.AssetsDefinition:
    key = feed_key(spec.key)

    @dg.asset(
        key=key,
        deps=[ILLUSTRATIVE, *_areas_before(spec)],
        group_name=spec.family.lower(),
        kinds={"python", "parquet"},
        description=f"{spec.title}. {spec.description}",
        metadata=_about(spec),
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
    def feed(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        if unread := deliveries.unread_arrivals(settings):
            context.log.warning(unread)
        found = landing.reports(spec, _in_run(context, spec))
        for report in found:
            context.log.info("%s: %s, %s rows", report.file_name, report.status, report.rows)
            watch.reported(report)
        watch.advance(spec.key)
        return dg.MaterializeResult(metadata=reports.metadata(found), check_results=reports.checks(found))

    return feed


def _in_run(context: dg.AssetExecutionContext, spec: FeedSpec) -> list[FeedSpec]:
    """The feeds of this run that may land beside this one."""
    selected = context.job_def.asset_layer.selected_asset_keys
    feeds = [other for other in load_feeds().values() if other.brings_areas == spec.brings_areas]
    return [other for other in feeds if feed_key(other.key) in selected]


def _areas_before(spec: FeedSpec) -> list[dg.AssetKey]:
    """The feeds that bring areas land before those that bring figures about them."""
    return [] if spec.brings_areas else [feed_key(key) for key, other in load_feeds().items() if other.brings_areas]


def _about(spec: FeedSpec) -> dict[str, object]:
    return {
        "publisher": spec.publisher,
        "licence": spec.licence,
        "cadence": spec.cadence,
        "contact": dg.MetadataValue.url(spec.contact_page),
        "source": dg.MetadataValue.url(spec.public_url),
        "indicators": ", ".join(spec.indicators),
    }
