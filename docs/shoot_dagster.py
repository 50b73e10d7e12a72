"""Take the pictures of docs/operate.md: the Dagster UI of a home that has lived through some rounds.

    python docs/shoot_dagster.py http://127.0.0.1:3000

Belongs here: which pages are shown, and how big. Does not belong here: starting the UI (`make dev`). Needs the extra
`dev`, Chromium. Look at every picture before it is kept.
"""

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from shoot import WEBP

HERE = Path(__file__).resolve().parent
FEED, JOBS = "assets/feeds/home_office_apacs", "locations/orchestration.definitions/jobs"
# (name of the picture, page, text that is there once it is drawn)
PAGES = (
    ("graph", "asset-groups", "judgement"),
    ("feed", f"{FEED}?view=overview", "coverage"),
    ("round", f"{FEED}?view=partitions&partition=2008%2F09%20Q3", "coverage"),
    ("launchpad", f"{JOBS}/reland_file/playground", "published_on"),
)


def main(url: str, folder: Path) -> None:
    """Take every picture into the folder."""
    folder.mkdir(exist_ok=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        painter = browser.new_page()
        for name, page, drawn in PAGES:
            tab = browser.new_page(viewport={"width": 1440, "height": 800})
            tab.set_default_timeout(120_000)
            tab.goto(f"{url}/{page}", wait_until="commit")
            tab.get_by_text("Hide navigation").click()
            tab.reload(wait_until="commit")  # the graph then fills the page
            png = settled(tab, drawn)
            webp = painter.evaluate(WEBP.replace("SCALE", "0.7"), base64.b64encode(png).decode())
            (folder / f"{name}.webp").write_bytes(base64.b64decode(webp))
            tab.close()
        browser.close()


def settled(tab: Page, drawn: str) -> bytes:
    """The page once the text is there and two looks at it are the same."""
    tab.get_by_text(drawn).first.wait_for()
    before, png = b"", tab.screenshot()
    while png != before:
        tab.wait_for_timeout(2000)
        before, png = png, tab.screenshot()
    return png


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "dagster")
