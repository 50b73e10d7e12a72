"""The pages of quality: what was delivered, what was refused and why, what could not be read; feed by feed."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from sitegen import format, words
from sitegen.hub import Hub
from sitegen.views import Page


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the quality page, and one for each feed with its deliveries and issues."""
    yield Page("quality", "quality.html", "quality.html", partial(context, hub), rows=partial(counted, hub))
    for name in feed_names(hub):
        found, rows = partial(feed_context, hub, name), partial(hub.deliveries_of.get, name, ())
        yield Page("quality_feed", hub.links.feed(name), "quality_feed.html", found, rows=rows)


def counted(hub: Hub) -> list:
    """How often each check found something."""
    return hub.issue_counts.rows


def context(hub: Hub) -> dict:
    """Collect what the page of all feeds shows."""
    return {
        "feeds": [feed_view(hub, name) for name in feed_names(hub)],
        "severities": words.SEVERITY,
        "hidden": next(iter(hub.disclosure.rows), None),
        "hidden_tables": [hidden_table(hub, row) for row in hub.disclosure_tables.rows],
    }


def feed_context(hub: Hub, name: str) -> dict:
    """Collect what the page of one feed shows."""
    return {"feed": feed_view(hub, name), "severities": words.SEVERITY}


def hidden_table(hub: Hub, row) -> dict:
    """One indicator part and period of which the hub hides cells."""
    part = hub.parts.get((row.indicator_code, row.part))
    return {
        "title": hub.title(part) if part else row.indicator_code,
        "path": hub.path(part) if part else "",
        "period": row.period_label,
        "row": row,
        "share": format.number(100 * row.share_hidden, 0),
    }


def feed_names(hub: Hub) -> list[str]:
    """Every feed that is described, delivered something or has an issue."""
    seen = [*hub.feeds, *hub.deliveries_of, *hub.issue_samples]
    return list(dict.fromkeys(seen))


def feed_view(hub: Hub, name: str) -> dict:
    """One feed: counts by severity, its deliveries, its checks and a sample of its issues.

    Counts are of occurrences, as `hub build` counts them; `records` is the number of rows that hold them.
    """
    feed = hub.feeds.get(name)
    counts: dict[str, int] = dict.fromkeys(words.SEVERITY, 0)
    checks: dict[tuple, int] = defaultdict(int)
    issues = hub.issue_counts.get(name, [])
    for row in issues:
        counts[row.severity] = counts.get(row.severity, 0) + row.occurrences
        checks[(row.severity, row.check_name)] += row.occurrences
    samples = hub.issue_samples.get(name, [])
    return {
        "path": hub.links.feed(name),
        "name": name,
        "title": feed.title if feed else name,
        "publisher": feed.publisher if feed else "",
        "counts": counts,
        "deliveries": [delivery_view(hub, row) for row in hub.deliveries_of.get(name, [])],
        "checks": [
            {"severity": words.say(words.SEVERITY, severity), "check": words.words(check), "count": count}
            for (severity, check), count in sorted(checks.items())
        ],
        "samples": samples,
        "total": sum(counts.values()),
        "records": sum(row.records for row in issues),
    }


def delivery_view(hub: Hub, row) -> dict:
    """One delivery with the sentences of its errors, when it was refused."""
    reasons = [issue.message for issue in hub.issues_of.get(row.delivery_id, []) if issue.severity == "error"]
    return {
        "row": row,
        "status": words.say(words.DELIVERY, row.status),
        "known": format.day(row.known_from),
        "size": format.size(row.bytes or 0),
        "quarantined": row.status == "quarantined",
        "reasons": list(dict.fromkeys(reasons))[:10],
    }
