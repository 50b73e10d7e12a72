"""`hub pack`: board packs as tagged PDF, or as a zip for a stick, made of the published pages.

Belongs here: turning a page that is there into a file. Does not belong here: what stands in a pack (the site's page).
The PDF needs the extra `pdf` (`pip install '.[pdf]'`) and Pango, the system's library of text; the zip needs neither.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from orchestration.settings import Settings

NO_PDF = (
    "A PDF cannot be made on this machine: {problem}.\n"
    "Install the extra with `pip install '.[pdf]'`, and Pango with the system's packages (Debian: libpango-1.0-0 and "
    "libpangoft2-1.0-0). `hub pack --zip` needs neither, and the pages print from any browser."
)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip: equal packs are to be equal bytes
STYLES = ("static/govuk-frontend.min.css", "static/hub.css")


class NoPdf(RuntimeError):
    """Why no PDF can be made here, and what to do."""


def pack(settings: Settings, names: list[str], out: Path, *, as_zip: bool) -> int:
    """Write the packs of the named areas or partnerships into `out`; return the exit code."""
    folder = settings.published / "site" / "pack"
    if not folder.is_dir():
        print("Nothing with board packs is published yet: `hub build` first.", file=sys.stderr)
        return 2
    wanted = {name: folder / f"{name}.html" for name in names}
    if missing := [name for name, page in wanted.items() if not page.is_file()]:
        print(f"There is no pack of {', '.join(missing)}. Names are those of the pages in {folder}.", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    for name, page in wanted.items():
        try:
            target = write_zip(page, out / f"{name}.zip") if as_zip else write_pdf(page, out / f"{name}.pdf")
        except NoPdf as problem:
            print(problem, file=sys.stderr)
            return 1
        print(target)
    return 0


def write_pdf(page: Path, target: Path) -> Path:
    """Write a pack as a PDF/UA: tagged, with its language and headings."""
    try:
        import weasyprint
    except (ImportError, OSError) as problem:  # OSError: the library is there, Pango is not
        raise NoPdf(NO_PDF.format(problem=str(problem).splitlines()[0])) from None
    weasyprint.HTML(filename=str(page)).write_pdf(str(target), pdf_variant="pdf/ua-1")
    return target


def write_zip(page: Path, target: Path) -> Path:
    """Write a pack, its styles and, where one can be made here, its PDF as a zip that needs nothing else."""
    site = page.parent.parent
    files = {f"pack/{page.name}": page.read_bytes()} | {name: (site / name).read_bytes() for name in STYLES}
    try:
        pdf = write_pdf(page, target.with_suffix(".pdf"))
        files[f"pack/{pdf.name}"] = pdf.read_bytes()
        pdf.unlink()
    except NoPdf:
        pass
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return target
