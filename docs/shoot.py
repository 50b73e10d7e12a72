"""Take the pictures of docs/screenshots.md: one page of every kind of a built site, as small WebP files.

    python docs/shoot.py data/published/site

Belongs here: which pages are shown, and how big. Does not belong here: building them. Needs the extra `dev`, Chromium.
Look at every picture before it is kept.
"""

import base64
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
WIDE, PHONE, TALL = 1280, 375, 1400
# (name of the picture, page or pattern of which the fullest is taken, what it shows); a phone where the name says so.
PAGES = (
    ("home", "index.html", "Home: find an area, an indicator, a partnership"),
    ("home-phone", "index.html", "Home on a phone"),
    ("search", "search.html?q=amber", "Search over names, words, rules and definitions"),
    ("areas", "area/index.html", "Areas from A to Z"),
    ("map", "area/map.html", "Agreement areas on a map of hexagons"),
    ("area", "area/E08000003.html", "An area"),
    ("scorecard", "laa/E08000003.html", "Scorecard of an agreement, every round at a glance"),
    ("scorecard-phone", "laa/E08000003.html", "Scorecard on a phone"),
    ("agreements", "laa/index.html", "Agreements"),
    ("target", "laa/E08000003/*.html", "A target: path, milestones, forecast, history"),
    ("pack", "pack/E08000003.html", "Board pack"),
    ("review", "review/E08000003.html", "Annual review pack"),
    ("partnerships", "partnership/index.html", "Partnerships"),
    ("partnership", "partnership/cyp-e08000003.html", "A partnership: its light, the rule, the counts"),
    ("exceptions", "exceptions/index.html", "Exceptions"),
    ("plan", "exceptions/laa-e08000003.html", "Exceptions of a plan"),
    ("indicators", "ni/index.html", "Catalogue of indicators"),
    ("indicator", "ni/ni-112.html", "An indicator"),
    ("indicator-map", "ni/ni-016.map.html", "Councils on a map: how each stands to England"),
    ("funnel", "funnel/ni-0*.html", "What chance could do to every council's figure"),
    ("proof", "proof/ni-112.html", "Proof of figures: file, cell, rule"),
    ("compare", "compare/ni-112.html#areas=E08000003,E08000025,E08000035", "Areas side by side"),
    ("compare-area", "compare/E08000003.html", "An area beside those most like it"),
    ("peers", "peers/E08000003.html", "An area against England, its region and its peers"),
    ("comparison", "peers/E08000003/*.html", "Ten indicators of an area beside others"),
    ("offices", "go/index.html", "Government Offices"),
    ("office", "go/north-west.html", "A Government Office"),
    ("matrix", "go/north-west/matrix-*.html", "Agreements against indicators"),
    ("assurance", "go/north-west/assurance.html", "Assurance of a region"),
    ("at-risk", "go/north-west/at-risk.html", "At risk in a region"),
    ("psas", "psa/index.html", "Public Service Agreements"),
    ("psa", "psa/14.html", "A Public Service Agreement"),
    ("measure", "psa/14/*.html", "A measure by region"),
    ("as-at", "as-at/index.html", "What was known on a day"),
    ("as-at-round", "as-at/2009-10-q2.html", "Agreements as known at the end of a round"),
    ("revisions", "revisions/index.html", "Revised figures, and statuses that changed with them"),
    ("revision", "revisions/ni-053.html", "What was revised of an indicator"),
    ("revision-region", "revisions/ni-053.2010.E12000002.html", "Revised figures of a region and year"),
    ("statuses", "revisions/statuses-2009-10-q3.html", "Statuses that changed in a round"),
    ("audit", "audit/index.html", "Audit log"),
    ("audit-area", "audit/E08000003.html", "Audit log of an area"),
    ("releases", "releases/index.html", "Releases"),
    ("calendar", "releases/calendar.html", "Release calendar"),
    ("quality", "quality.html", "Data quality"),
    ("forecasts", "forecasts.html", "How good the forecasts were"),
    ("rules", "rules.html", "How we judge"),
    ("methods", "methods/index.html", "Methods"),
    ("method", "methods/lights.html", "A method: rules in words, SQL, tests"),
    ("glossary", "glossary.html", "Glossary"),
    ("lineages", "lineage/index.html", "How the tables are made"),
    ("lineage", "lineage/partnership_light.html", "How one table is made"),
    ("data", "data.html", "Data to take"),
    ("licences", "licences.html", "Licences"),
    ("about", "about.html", "About, and the words used"),
    ("accessibility", "accessibility.html", "Accessibility"),
    ("404", "404.html", "Page not found"),
)
WEBP = """async (png) => {
    const picture = new Image();
    picture.src = `data:image/png;base64,${png}`;
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [picture.width * SCALE, picture.height * SCALE];
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/webp', 0.6).split(',')[1];
}"""


def address(site: Path, page: str) -> str:
    """Where a page is; of a pattern the fullest."""
    file, mark, rest = page.partition("?") if "?" in page else page.partition("#")
    found = [path for path in site.glob(file) if path.name != "index.html"] if "*" in file else [site / file]
    return max(found, key=lambda path: (path.stat().st_size, path.name)).resolve().as_uri() + mark + rest


def main(site: Path, folder: Path) -> None:
    """Take every picture and write the page that shows them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        painter = browser.new_page()
        for name, page, _ in PAGES:
            width = PHONE if name.endswith("-phone") else WIDE
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.goto(address(site, page))
            height = min(tab.evaluate("document.documentElement.scrollHeight"), TALL)
            png = tab.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
            webp = painter.evaluate(WEBP.replace("SCALE", "0.625"), base64.b64encode(png).decode())
            (folder / f"{name}.webp").write_bytes(base64.b64decode(webp))
            tab.close()
        browser.close()
    lines = [f"## {said}\n\n![{said}](screenshots/{name}.webp)\n" for name, _, said in PAGES]
    (folder.parent / "screenshots.md").write_text(INTRODUCTION + "\n".join(lines), encoding="utf-8")


INTRODUCTION = """# Screenshots

One page of every kind, from the full illustrative edition (made-up figures that say nothing about any real place).
Each shows the top of the page. Taken by `python docs/shoot.py data/published/site` from a built site.

"""

if __name__ == "__main__":
    main(Path(sys.argv[1]), HERE / "screenshots")
