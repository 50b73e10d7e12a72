"""The feed assets: one a FeedSpec, all from one factory, and the illustrative edition before them.

Belongs here: what a feed looks like to Dagster. Does not belong here: anything about one particular feed (its
YAML).
"""

import dagster as dg

from orchestration.lib import deliveries, reports
from orchestration.lib.watch import SILENT, Watch
from orchestration.settings import Settings
from sources import landing
from sources.registry import FeedSpec, load_feeds

ILLUSTRATIVE = dg.AssetKey("illustrative_edition")


def feed_key(feed: str) -> dg.AssetKey:
    """The asset of a feed."""
    return dg.AssetKey(["feeds", feed])


def feed_assets(settings: Settings, watch: Watch = SILENT) -> list[dg.AssetsDefinition]:
    """The illustrative edition and one asset a feed."""
    return [
        _illustrative_edition(settings, watch),
        *(_feed_asset(spec, settings, watch) for spec in load_feeds().values()),
    ]


def _illustrative_edition(settings: Settings, watch: Watch) -> dg.AssetsDefinition:
    @dg.asset(key=ILLUSTRATIVE, group_name="illustrative", kinds={"python"})
    def illustrative_edition() -> dg.MaterializeResult:
        """Made-up deliveries in the publishers' own formats, written while the hub holds no real file."""
        used = deliveries.illustrative_is_used(settings)
        files = deliveries.make_illustrative(settings, watch) if used else 0
        return dg.MaterializeResult(metadata={"used": used, "preset": settings.preset, "files": files})

    return illustrative_edition


def _feed_asset(spec: FeedSpec, settings: Settings, watch: Watch) -> dg.AssetsDefinition:
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
        found = []
        if unread := deliveries.unread_arrivals(settings):
            context.log.warning(unread)
        for delivery in deliveries.waiting(spec, settings):
            report = landing.land(
                spec,
                delivery.path,
                settings.home,
                published_on=delivery.published_on,
                received_on=delivery.received_on,
                edition=delivery.edition,
            )
            context.log.info("%s: %s, %s rows", report.file_name, report.status, report.rows)
            watch.reported(report)
            found.append(report)
        watch.advance(spec.key)
        return dg.MaterializeResult(metadata=reports.metadata(found), check_results=reports.checks(found))

    return feed


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
