"""What the project says in YAML: feeds, corrections, the illustrative edition.

Belongs here: reading such a file. Does not belong here: what it must say (whoever reads it).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# libyaml takes a twelfth of the time, and every process that lands reads all feeds; Python's where it is not built in
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """What stands in the file, in plain values; None when it is empty."""
    return yaml.load(path.read_bytes(), LOADER)
