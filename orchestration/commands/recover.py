"""`hub recover`: everything once more from the archive of files as received.

Belongs here: printing outcomes. Does not belong here: landing again (sources/recover.py).
"""

from __future__ import annotations

import json
import sys

from orchestration.settings import Settings


def recover(settings: Settings) -> int:
    """Land all that is archived and not landed; returns 0, or 1 when a delivery is not what it was."""
    from sources import recover as archive

    fine, said = True, 0
    try:
        for before, report in archive.recover(settings.home):
            same = report.status in (before, "unchanged")
            fine, said = fine and same, said + 1
            print(json.dumps(report.as_json(), ensure_ascii=False, default=str), flush=True)
            if not same:
                print(f"{report.file_name} was {before}, and is {report.status} now.", file=sys.stderr)
    except archive.NotArchived as problem:
        print(problem, file=sys.stderr)
        return 1
    if not said:
        print(f"Nothing is archived in {settings.home / 'raw'}: there is nothing to land again.", file=sys.stderr)
        return 1
    return 0 if fine else 1
