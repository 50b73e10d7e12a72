"""What judging costs: seconds of dbt's judgement models against those of the core marts, of one build.

Belongs here: reading what dbt wrote of its last run. Does not belong here: running it (run.py), conclusions
(RESULTS.md).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

CORE, JUDGEMENT = "models/marts/core/", "models/marts/judgement/"


def main() -> int:
    """Print what is measured of a dbt target folder given by path (default: the last build in HUB_HOME)."""
    from orchestration.settings import Settings

    print(report(Path(sys.argv[1]) if len(sys.argv) > 1 else Settings.from_env().dbt_target))
    return 0


def report(target: Path) -> str:
    """Markdown lines: seconds of both parts without and with their tests, the share, and judgement's dearest models."""
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    seconds = {one["unique_id"]: one["execution_time"] for one in results}
    models = {i: node for i, node in nodes.items() if node["resource_type"] in ("model", "seed")}
    core = _with_parents(models, CORE, stop=JUDGEMENT)
    judgement = _with_parents(models, JUDGEMENT) - core
    tests = {i: set(node["depends_on"]["nodes"]) for i, node in nodes.items() if node["resource_type"] == "test"}
    of_judgement = {i for i, about in tests.items() if about & judgement}
    of_core = {i for i, about in tests.items() if about & core} - of_judgement
    lines = []
    for what, ours, theirs in (
        ("tables and views", judgement, core),
        ("tables, views and tests", judgement | of_judgement, core | of_core),
    ):
        spent, base = (sum(seconds.get(i, 0) for i in part) for part in (ours, theirs))
        lines.append(
            f"{what}: core marts and what they are made of {base:.1f} s ({len(theirs)}), judgement {spent:.1f} s more "
            f"({len(ours)}), {spent / base:.2f} of the core (bound: 0.33)"
        )
    dearest = sorted(judgement & seconds.keys(), key=seconds.get, reverse=True)[:8]
    lines += [f"`{models[i]['name']}`: {seconds[i]:.1f} s" for i in dearest]
    return "\n".join(f"- {line}" for line in lines)


def _with_parents(models: dict, folder: str, stop: str = "\n") -> set[str]:
    """The models of a folder and all they are made of, up to models of the folder `stop`."""
    found: set[str] = set()
    ahead = [i for i, node in models.items() if node["original_file_path"].startswith(folder)]
    while ahead:
        node = ahead.pop()
        if node in found or node not in models or models[node]["original_file_path"].startswith(stop):
            continue
        found.add(node)
        ahead += models[node]["depends_on"].get("nodes", [])
    return found


if __name__ == "__main__":
    sys.exit(main())
