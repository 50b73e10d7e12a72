"""The static site builder: reads the published DuckDB file, writes a folder of pages.

Nothing here computes a statistic: values, changes, directions and coverage are read as the marts hold them.
Uses nothing of sources, quality or orchestration.
"""

from sitegen.broken import NotMade
from sitegen.build import build

__all__ = ["NotMade", "build"]
