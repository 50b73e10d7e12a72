"""What judging costs: seconds of dbt's judgement models against those of the core marts, of one build.

Belongs here: reading what was kept of the last build of a warehouse. Does not belong here: building it (run.py),
conclusions (RESULTS.md).
"""

from __future__ import annotations

import sys
from pathlib import Path

CORE, JUDGEMENT = "models/marts/core/", "models/marts/judgement/"


def main() -> int:
    """Print what is measured of a warehouse given by path (default: the one in HUB_HOME)."""
    from orchestration.lib import lineage
    from orchestration.settings import Settings

    warehouse = Path(sys.argv[1]) if len(sys.argv) > 1 else Settings.from_env().warehouse
    print(report(lineage.read(lineage.beside(warehouse))))
    return 0


def report(described: list[dict]) -> str:
    """Markdown lines: seconds of both parts without and with their tests, the share, and judgement's dearest models."""
    models = {f"{model['layer']}.{model['model']}": model for model in described}
    core = _with_parents(models, CORE, stop=JUDGEMENT)
    judgement = _with_parents(models, JUDGEMENT) - core
    spent = {name: model["seconds"] or 0 for name, model in models.items()}
    tested = {name: spent[name] + sum(test["seconds"] for test in model["tests"]) for name, model in models.items()}
    lines = []
    for what, seconds in (("tables and views", spent), ("tables, views and tests", tested)):
        ours, base = (sum(map(seconds.get, part)) for part in (judgement, core))
        lines.append(
            f"{what}: core marts and what they are made of {base:.1f} s ({len(core)}), judgement {ours:.1f} s more "
            f"({len(judgement)}), {ours / base:.2f} of the core (bound: 0.33)"
        )
    dearest = sorted(judgement, key=lambda name: -spent[name])[:8]
    lines += [f"`{name}`: {spent[name]:.1f} s" for name in dearest]
    return "\n".join(f"- {line}" for line in lines)


def _with_parents(models: dict[str, dict], folder: str, stop: str = "\n") -> set[str]:
    """The models of a folder and all they are made of, up to models of the folder `stop`."""
    found: set[str] = set()
    ahead = [name for name, model in models.items() if model["file"].startswith(folder)]
    while ahead:
        name = ahead.pop()
        if name in found or name not in models or models[name]["file"].startswith(stop):
            continue
        found.add(name)
        ahead += models[name]["upstream"]
    return found


if __name__ == "__main__":
    sys.exit(main())
