"""Small made-up worlds: what came when, and what was known on a day told in plain Python.

Belongs here: `World`, and `known`, the slow and obvious reference. Does not belong here: the real models run on a world
(world_models.py), drawing worlds and what must hold (test_as_at.py).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

START = date(2009, 1, 1)
INDICATOR = ("X", "p")


def day(number):
    """The day of that number; 0 is the first."""
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Delivery:
    """One delivery: the numbers of the days on which it became known and came, and its rows, each a dict."""

    name: str
    known: int
    received: int
    feed: str = "f"
    rows: tuple = ()

    @property
    def place(self):
        """Its place among deliveries; nothing of it depends on when it was landed."""
        return (self.known, self.received, self.name)


@dataclass
class World:
    """Everything that ever came. `corrections` are dicts; `redefined` is the day of the second definition, if any."""

    observations: list = field(default_factory=list)
    targets: list = field(default_factory=list)
    areas: list = field(default_factory=list)
    duties: list = field(default_factory=list)
    plans: list = field(default_factory=list)
    corrections: list = field(default_factory=list)
    redefined: int | None = None

    def by(self, until):
        """The world as if nothing had come after a day."""
        kept = {
            name: [one for one in getattr(self, name) if one.known <= until]
            for name in ("observations", "targets", "areas", "duties", "plans")
        }
        told = self.redefined if self.redefined is not None and self.redefined <= until else None
        return World(**kept, corrections=[c for c in self.corrections if c["decided"] <= until], redefined=told)


def known(world, on):
    """Every as-at answer for the day `on`, by macro: sets of tuples, from the world that had come by then."""
    world = world.by(on)
    return {
        "observation": set(_figures(world)),
        "target": {row for _, row in _targets(world)},
        "area": set(_areas(world)),
        "area_membership": {(code, parent) for code, _, parent in _areas(world)},
        "partnership_indicator": set(_duties(world)),
        "plan_indicator": set(_links(world)) | set(_agreed(world)),
        "indicator": {(*INDICATOR, 1 if world.redefined is None else 2)},
    }


def _figures(world):
    keys = {row["area"] for delivery in world.observations for row in delivery.rows}
    for area in keys:
        said = sorted(
            (
                (delivery, row["value"])
                for delivery in world.observations
                for row in delivery.rows
                if row["area"] == area
            ),
            key=lambda pair: pair[0].place,
        )
        told = [((*delivery.place, ""), value, delivery) for delivery, value in said]
        for correction in world.corrections:
            for number, (delivery, value) in enumerate(said):
                there_already = [later for later, _ in said[number + 1 :] if later.known <= correction["decided"]]
                found = (delivery.feed, area, value) == (correction["feed"], correction["area"], correction["found"])
                if found and not there_already:
                    since = max(delivery.known, correction["decided"])
                    place = (since, delivery.received, delivery.name, correction["code"])
                    told.append((place, correction["value"], delivery))
        place, value, delivery = _last_said(world, sorted(told, key=lambda one: one[0]))
        yield area, value, delivery.name, place[3] or None, _version(world, delivery)


def _version(world, delivery):
    return 2 if world.redefined is not None and delivery.known >= world.redefined else 1


def _last_said(world, told):
    """What stands after all that was told in turn: who says the same again does not take the place of who said it."""
    standing = publishers = told[0]
    for one in told[1:]:
        (*_, code), value, delivery = one
        again = (value, delivery.feed, _version(world, delivery)) == (
            publishers[1], publishers[2].feed, _version(world, publishers[2])
        )  # fmt: skip
        if code or not again or value != standing[1]:
            standing = one
        if not code:
            publishers = one
    return standing


def _last(deliveries, named):
    """The last delivery that names each subject; `named` tells the subjects of one."""
    last = {}
    for delivery in sorted(deliveries, key=lambda one: one.place):
        for subject in named(delivery):
            last[subject] = delivery
    return last


def _targets(world):
    key = ("area", "commitment")
    last = _last(world.targets, lambda delivery: {tuple(row[name] for name in key) for row in delivery.rows})
    for subject, delivery in last.items():
        for row in delivery.rows:
            if tuple(row[name] for name in key) == subject:
                yield row, (*subject, row["period"], row["target"], row["state"], delivery.name)


def _areas(world):
    last = _last(world.areas, lambda delivery: {row["area"] for row in delivery.rows})
    for code, delivery in last.items():
        (row,) = [row for row in delivery.rows if row["area"] == code]
        yield code, row["name"], row["parent"]


def _duties(world):
    last = _last(world.duties, lambda delivery: {row["partnership"] for row in delivery.rows})
    for partnership, delivery in last.items():
        for row in delivery.rows:
            if row["partnership"] == partnership and row["post"]:
                yield partnership, row["organisation"], row["post"], delivery.name


def _links(world):
    last = _last(world.plans, lambda delivery: {row["plan"] for row in delivery.rows})
    for plan, delivery in last.items():
        for row in delivery.rows:
            if row["plan"] == plan and row["organisation"]:
                yield plan, "plan_link", row["organisation"], None, delivery.name


def _agreed(world):
    """Of the commitments of an area the designated one leads, with the post that has the duty in its partnership."""
    duties = list(_duties(world))
    for area in ("A", "B"):
        stated = {row["commitment"]: (row, told[-1]) for row, told in _targets(world) if row["area"] == area}
        if stated:
            row, delivery = stated[min(stated)]
            posts = [
                post
                for partnership, organisation, post, _ in duties
                if (partnership, organisation) == (row["partnership"], row["organisation"])
            ]
            yield f"LAA {area}", "laa_target", row["organisation"], min(posts, default=None), delivery
