"""Building a site as a process of its own, which may fork because it has no threads.

`python -m sitegen PUBLISHED OUT [--before SITE] [--frozen FOLDER]... [--cores N]` prints one JSON line a word of
progress, {"stage", "done", "total"}, and at the end {"made": {kind: count}} or {"broken": sentence}.

Belongs here: arguments and lines. Does not belong here: the building (build.py).
"""

import argparse
import json
import sys
from pathlib import Path

from sitegen.broken import NotMade
from sitegen.build import build


def main() -> int:
    """Build what the arguments name; return 0 if it was made."""
    parser = argparse.ArgumentParser(prog="python -m sitegen", description=__doc__)
    parser.add_argument("published", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--frozen", type=Path, action="append", default=[])
    parser.add_argument("--cores", type=int, default=1)
    options = vars(parser.parse_args())

    def say(**word: object) -> None:
        print(json.dumps(word), flush=True)

    try:
        made = build(**options, progress=lambda stage, done, total: say(stage=stage, done=done, total=total))
    except NotMade as problem:
        say(broken=str(problem))
        return 1
    say(made=made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
