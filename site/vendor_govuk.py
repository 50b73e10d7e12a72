"""Rebuild site/static/govuk-frontend.min.css from the npm package `govuk-frontend`.

Belongs here: the one edit made to the vendored file, so that it can be repeated and checked. Run it only to
move to another release: `npm pack govuk-frontend@6.3.0`, then `python site/vendor_govuk.py <the .tgz>`.
Does not belong here: our own styles (static/hub.css).

The GDS Transport font, the crown and the crest may be used on the gov.uk domain only, so every rule that names
them is taken out: `@font-face` blocks, the font's name, and rules whose image is an asset of the package.
"""

import re
import sys
import tarfile
from pathlib import Path

CSS_IN_PACKAGE = "package/dist/govuk/govuk-frontend.min.css"
CSS_HERE = Path(__file__).parent / "static" / "govuk-frontend.min.css"
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
ASSET_RULE = re.compile(r"[^{}]*\{[^{}]*url\(/assets/[^{}]*\}")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/\s*")


def without_govuk_brand(css: str) -> str:
    """Return the style sheet without font, crown or crest, set in Arial."""
    css = ASSET_RULE.sub("", FONT_FACE.sub("", css))
    css = SOURCE_MAP.sub("", css).replace("GDS Transport,arial", "arial")
    if "GDS Transport" in css or "url(" in css:
        raise ValueError("this release names the font or an image in a way that is new: look before vendoring")
    return css.strip() + "\n"


def main(package: str) -> None:
    """Write the style sheet of the npm package at `package` (a .tgz file) into static/."""
    with tarfile.open(package) as archive:
        css = archive.extractfile(CSS_IN_PACKAGE).read().decode("utf-8")
    CSS_HERE.write_text(without_govuk_brand(css), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
