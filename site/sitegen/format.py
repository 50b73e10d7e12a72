"""How numbers, dates, sizes and names are written.

Belongs here: turning one value into text, the same way on every page. Does not belong here: words of the
framework (words.py), addresses of pages (links.py), or any arithmetic on values beyond rounding to print.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

MINUS = "\N{MINUS SIGN}"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@lru_cache(maxsize=200_000)
def number(value: float | None, decimals: int | None) -> str:
    """Write a number with thousands separators and the indicator's decimals.

    Rounds half away from zero, as published tables do. Without stated decimals at most two are shown.
    """
    if value is None:
        return ""
    places = 2 if decimals is None else decimals
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if exact < 0 else text


@lru_cache(maxsize=1_000)
def unit_marks(unit: str | None) -> tuple[str, str]:
    """Return what stands before and after a figure of this unit ("" where the unit needs words)."""
    name = (unit or "").lower().replace("_", " ")
    if name.startswith("percentage point"):
        return "", " pp"
    if name.startswith(("percent", "%")):
        return "", "%"
    if name.startswith(("gbp", "£")):
        return "£", ""
    return "", ""


def figure(value: float | None, decimals: int | None, unit: str | None) -> str:
    """Write a value with its sign of unit: `59.2%`, `£1,204`, `37.1`."""
    if value is None:
        return ""
    before, after = unit_marks(unit)
    text = number(value, decimals)
    return f"{MINUS}{before}{text[1:]}{after}" if text.startswith(MINUS) else f"{before}{text}{after}"


def signed(value: float | None, decimals: int | None, unit: str | None) -> str:
    """Write a change between two periods, always with its sign; percentages change by points."""
    if value is None:
        return ""
    before, after = unit_marks(unit)
    text = number(abs(value), decimals)
    if not text.strip("0.,"):
        return f"{before}{text}{' pp' if after else ''}"
    sign = "+" if value > 0 else MINUS
    return f"{sign}{before}{text}{' pp' if after else ''}"


def day(value: date | None) -> str:
    """Write a date as `1 April 2009`."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def iso_day(text: str | None) -> str:
    """Write a day given as `2009-04-01`."""
    return day(date.fromisoformat(text)) if text else ""


def size(count: int) -> str:
    """Write a file's size in bytes for a reader: `14.2 MB`."""
    amount = float(count)
    for name in ("bytes", "KB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {name}" if name == "bytes" or amount >= 100 else f"{amount:.1f} {name}"
        amount /= 1000
    return f"{amount:.1f} GB"


def slug(text: str) -> str:
    """Return a name for a file: lower-case letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "x"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: `1 area`, `1,204 areas`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def source_rows(text: str) -> str:
    """Name the rows of a file that a figure came from: `row 12`, `rows 3 to 133`, `rows 40, 52 and 9 more`.

    `text` is the marts' `12` or `12+13+20`. At most four stretches are written out; the CSV twins hold all rows.
    """
    stretches: list[list[str]] = []
    for item in text.split("+"):
        if stretches and item.isdigit() and stretches[-1][-1].isdigit() and int(item) == int(stretches[-1][-1]) + 1:
            stretches[-1].append(item)
        else:
            stretches.append([item])
    said = [part[0] if len(part) == 1 else f"{part[0]} to {part[-1]}" for part in stretches[:4]]
    rest = sum(len(part) for part in stretches[4:])
    return f"{'rows' if '+' in text else 'row'} {', '.join(said)}{f' and {rest} more' if rest else ''}"
