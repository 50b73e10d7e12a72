"""The `hub` command: what may be typed, and nothing else.

Belongs here: arguments. Does not belong here: the work (commands/), and above all no import of dagster, dbt
or pandas, so that `hub --help` answers at once.
"""

from __future__ import annotations

import argparse
import atexit
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from orchestration.settings import PRESETS, Settings, UnusableSetting
from sources.archive import NotKept
from sources.demo import SEED

BUILD = """Land the feeds' files, rebuild the warehouse, publish data and site.
With --as-at only what was known by the end of that day is published, and says so; the next build without it goes back.
Exit code 0: published, even when deliveries were quarantined (they are named at the end and in
marts.quality_issue). 1: nothing new was published, or part of the work crashed. 2: wrong arguments."""
DEMO = """Write illustrative deliveries in the publishers' own formats, laid out as `hub build --feeds`
reads them. The same seed gives the same bytes. `hub build` alone writes and lands them itself. The name of every file
says illustrative, and so is labelled what lands from it."""
LAND = """Land files through one feed. One JSON line a file goes to standard output, the
rest to standard error.
Exit code 0: every file landed or was here already. 1: some were quarantined. 2: wrong arguments."""

RECOVER = """Land again, from HUB_HOME/raw alone and with the days they first came with, all deliveries that are not
landed: what to do when everything but the archive is lost. Then `hub build`. One JSON line each, as `hub land` prints.
Exit code 0: every delivery is as it was before. 1: some are not, and why."""

RELEASE = """Freeze what is published under a name, for good: data, site, a manifest of what went in and what made it,
SHA256SUMS, and a signature when a key is named. It stands at HUB_HOME/published/releases/NAME.
Exit code 0: frozen. 1: not, and why. 2: wrong arguments."""
VERIFY = """Check a frozen release without a network: files, manifest, signature; with --rebuild also that the files
as received in HUB_HOME/raw give the same bytes again.
Exit code 0: whole. 1: everything that does not match is named. 2: there is no such release."""
DIFF = """Say what changed between two releases: values, statuses, targets, owners.
Exit code 0, whether or not anything changed. 2: there is no such release."""

PACK = """Write board packs of what is published: a tagged PDF each, or with --zip a file for a stick.
Exit code 0: all written. 1: no PDF can be made here, and why. 2: nothing is published, or there is no such pack."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = parser().parse_args(arguments)
    try:
        return options.run(options)
    except UnusableSetting as problem:
        print(problem, file=sys.stderr)
        return 2
    except NotKept as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe (`| head`) has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped. What was published before is untouched; the same command goes on.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """Every command and its arguments."""
    hub = argparse.ArgumentParser(
        prog="hub",
        description="The Local Performance Hub. Data is kept in HUB_HOME (default ./data).",
    )
    commands = hub.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="land, rebuild, publish", description=BUILD)
    build.add_argument("--feeds", metavar="DIR", help="publishers' files, laid out <DIR>/<publisher folder>/<file>")
    build.add_argument("--preset", choices=PRESETS, help="size of the illustrative edition, used when no file is real")
    build.add_argument("--as-at", type=_day, metavar="DATE", help="publish the world as it was known on that day")
    build.set_defaults(run=_build)

    demo = commands.add_parser("demo", help="write the illustrative deliveries", description=DEMO)
    demo.add_argument("--out", metavar="DIR", type=Path, required=True, help="a folder: new, empty or an older edition")
    demo.add_argument("--seed", type=_at_least(0), default=SEED, metavar="N", help=f"default {SEED}")
    demo.add_argument("--scale", type=_at_least(1), default=1, metavar="K", help="K - 1 small areas under each council")
    demo.add_argument("--rounds", type=_at_least(1), metavar="R", help="only the first R of twelve collection rounds")
    demo.add_argument("--preset", choices=PRESETS, default="full", help="how much of England and the framework")
    demo.set_defaults(run=_demo)

    land = commands.add_parser("land", help="land files through one feed", description=LAND)
    land.add_argument("feed", metavar="FEED", help="a key of `hub feeds`")
    land.add_argument("files", metavar="FILE", nargs="+", help="a file, or an http(s) address")
    land.add_argument("--published-on", type=_day, metavar="DATE", help="day of publication, YYYY-MM-DD")
    land.set_defaults(run=_land)

    recover = commands.add_parser("recover", help="land again from the archive alone", description=RECOVER)
    recover.set_defaults(run=_recover)

    release = commands.add_parser("release", help="freeze what is published under a name", description=RELEASE)
    release.add_argument("name", metavar="NAME", help="letters, digits, and single . _ - between them")
    release.add_argument("--sign-with", metavar="KEYFILE", type=Path, help="an Ed25519 private key in PEM form")
    release.add_argument("--signed-by", metavar="NAME", default="", help="who answers for it")
    release.add_argument("--reason", metavar="TEXT", default="", help="why it takes the place of the one before")
    release.set_defaults(run=_release)

    verify = commands.add_parser("verify", help="check a frozen release", description=VERIFY)
    verify.add_argument("path", metavar="PATH", help="a release's folder or name")
    verify.add_argument("--public-key", metavar="FILE", type=Path, help="the key it must be signed with, PEM")
    verify.add_argument("--rebuild", action="store_true", help="make it again from the archived files and compare")
    verify.set_defaults(run=_verify)

    diff = commands.add_parser("diff", help="say what changed between two releases", description=DIFF)
    diff.add_argument("old", metavar="A", help="a release's name or folder, or `published`")
    diff.add_argument("new", metavar="B", help="the later one")
    diff.add_argument("--csv", metavar="FILE", type=Path, help="write every change as CSV")
    diff.add_argument("--atom", metavar="DIR", type=Path, help="write a feed an area, partnership and NI")
    diff.set_defaults(run=_diff)

    pack = commands.add_parser("pack", help="board packs as PDF or zip", description=PACK)
    pack.add_argument(
        "names", metavar="NAME", nargs="+", help="a page of published/site/pack: E08000003, cyp-e08000003"
    )
    pack.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="where to write them (default: here)")
    pack.add_argument("--zip", action="store_true", help="a zip with page, styles and, where it can be made, the PDF")
    pack.set_defaults(run=_pack)

    serve = commands.add_parser("serve", help="serve the published site")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be seen from other machines")
    serve.add_argument(
        "--watch", action="store_true", help="render pages as asked for, by the templates as they are now"
    )
    serve.set_defaults(run=_serve)

    feeds = commands.add_parser("feeds", help="list the feeds")
    feeds.add_argument("--json", action="store_true", help="as JSON")
    feeds.set_defaults(run=_feeds)
    return hub


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} on")
        return int(text)

    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day written as YYYY-MM-DD") from None


# Each command's module is imported only when it is the one that was typed.
def _build(options: argparse.Namespace) -> int:
    from orchestration.commands.build import build

    settings = Settings.from_env(feeds_dir=options.feeds, preset=options.preset).made()
    return build(replace(settings, as_at=options.as_at))


def _demo(options: argparse.Namespace) -> int:
    from orchestration.commands.demo import write

    return write(options.out, options.preset, options.seed, options.scale, options.rounds)


def _land(options: argparse.Namespace) -> int:
    from orchestration.commands.land import land

    return land(Settings.from_env().made(), options.feed, options.files, options.published_on)


def _recover(options: argparse.Namespace) -> int:
    from orchestration.commands.recover import recover

    return recover(Settings.from_env().made())


def _release(options: argparse.Namespace) -> int:
    from orchestration.commands.release import release

    settings = Settings.from_env().made()
    return release(settings, options.name, options.sign_with, options.signed_by, options.reason)


def _verify(options: argparse.Namespace) -> int:
    from orchestration.commands.release import verify

    return verify(Settings.from_env(), options.path, options.public_key, options.rebuild)


def _diff(options: argparse.Namespace) -> int:
    from orchestration.commands.release import diff

    return diff(Settings.from_env(), options.old, options.new, options.csv, options.atom)


def _pack(options: argparse.Namespace) -> int:
    from orchestration.commands.pack import pack

    return pack(Settings.from_env(), options.names, options.out, as_zip=options.zip)


def _serve(options: argparse.Namespace) -> int:
    from orchestration.commands.serve import serve

    return serve(Settings.from_env(), options.host, options.port, options.watch)


def _feeds(options: argparse.Namespace) -> int:
    from orchestration.commands.feeds import feeds

    return feeds(as_json=options.json)


def run() -> None:
    """Run the command that was typed, as a process of its own.

    It ends without taking itself apart: after a build that would take three seconds, for millions of objects that the
    system takes back at once.
    """
    code = 1  # of what nobody foresaw

    def end() -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

    atexit.register(end)  # registered first, called last: what others clean up at the end is done
    try:
        code = main()
    except SystemExit as ended:  # wrong arguments, or help
        code = ended.code


if __name__ == "__main__":
    run()
