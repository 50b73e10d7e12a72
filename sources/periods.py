"""What a publisher's period label means: text -> label, first day, last day, basis.

Belongs here: every way a period is written (FORMATS rule 8). Does not belong here: which column holds it (layouts).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
# EES time_identifier -> basis (the family is the text before any quarter, term, month or week)
IDENTIFIERS = {
    "academic year": "academic_year",
    "calendar year": "calendar_year",
    "financial year": "financial_year",
    "tax year": "financial_year",
    "reporting year": "calendar_year",
    "part 1 (april to september)": "half_year",
    "part 2 (october to march)": "half_year",
}
STARTS = {"financial_year": 4, "academic_year": 9, "october_year": 10, "calendar_year": 1}
LONGEST_POOL = 20  # years; `2009-08` is a month and no pool of a century
_YEARS = re.compile(r"^(\d{4})\s*(?:[/\-\u2013]|\.\.|to)?\s*(\d{2}|\d{4})$")
_STATUS = re.compile(r"\(?\b(prov(?:isional)?|rev(?:ised)?|final|ot|p|r)\b\.?\)?\.?$", re.IGNORECASE)
_STATUS_WORD = re.compile(r"p(?:rov(?:isional)?)?|r(?:ev(?:ised)?)?|f(?:inal)?", re.IGNORECASE)
_KIND = re.compile(r"(academic|school|financial|calendar) year:? (?=\d)", re.IGNORECASE)
_STATUS_WORDS = {"p": "provisional", "r": "revised", "f": "final"}


@dataclass(frozen=True, slots=True)
class Period:
    """A reference period; `start` and `end` are None only where the publisher does not date it."""

    label: str
    start: date | None
    end: date | None
    basis: str
    status: str = ""


def _year(label: str, first: int, month: int, basis: str, years: int = 1, status: str = "") -> Period:
    start = date(first, month, 1)
    end = date(first + years, month, 1) - timedelta(days=1)
    return Period(label, start, end, basis, status)


def _spanning(first: int, basis: str, status: str) -> Period:
    return _year(f"{first}/{(first + 1) % 100:02d}", first, STARTS.get(basis, 4), basis, status=status)


def _month(year: int, month: int, status: str = "") -> Period:
    end = date(year, month, calendar.monthrange(year, month)[1])
    return Period(f"{calendar.month_abbr[month]} {year}", date(year, month, 1), end, "month", status)


@lru_cache(maxsize=65536)
def parse_period(text: str, basis: str, quarter: str = "", identifier: str = "") -> Period | None:
    """Read one label; None when it cannot be read.

    `basis` is what the feed says its periods are: financial_year, academic_year (September to August), calendar_year,
    month, quarter or mixed_year (2009/10 is a financial year, 2018 a calendar year). `quarter` is a quarter number
    beside the year (of the financial year); `identifier` an EES time_identifier and overrides the basis.
    """
    text = re.sub(r"\s+", " ", text).strip()
    text, status = _cut_status(text)
    if identifier:
        return _identified(text, identifier, status)
    kind = _KIND.match(text)
    if kind:  # a label that names its own kind: Academic year 2008/09
        text, word = text[kind.end() :], kind.group(1).lower()
        basis = f"{'academic' if word == 'school' else word}_year"
    if quarter:
        years = _YEARS.match(text)
        number = re.fullmatch(r"Q?([1-4])(?:\.0)?", quarter.strip(), re.IGNORECASE)
        return _financial_quarter(int(years.group(1)), int(number.group(1)), status) if years and number else None
    pooled = re.fullmatch(
        r"(\d{4})\s*[/\-\u2013]\s*(\d{2})\s*(?:-|\u2013|to)\s*(?:\d{2})?(\d{2})\s*[/\-\u2013]\s*(\d{2})", text
    )
    if pooled:
        first, last = int(pooled.group(1)), _century(int(pooled.group(1)), int(pooled.group(4)))
        return _year(text, first, STARTS.get(basis, 4), "pooled", last - first, status) if last > first else None
    quarterly = re.fullmatch(r"(\d{4}(?:[/\-]\d{2,4})?) ?Q([1-4])", text, re.IGNORECASE)
    if quarterly:
        return _quarterly(quarterly.group(1), int(quarterly.group(2)), status)
    if basis == "month" or not text[:1].isdigit():
        return _months(text, status) or _monthly(text, status)
    return _yearly(text, basis, status)


def read_status(text: str) -> str:
    """provisional, revised or final, however it is shortened; '' when the word is none of them."""
    word = text.strip().strip(".()")
    return _STATUS_WORDS[word[0].lower()] if _STATUS_WORD.fullmatch(word) else ""


def _cut_status(text: str) -> tuple[str, str]:
    hit = _STATUS.search(text)
    if not hit or not text[: hit.start()].strip(" (["):
        return text, ""
    return text[: hit.start()].strip(" (["), _STATUS_WORDS.get(hit.group(1)[0].lower(), "")


def _century(first: int, two: int) -> int:
    year = first // 100 * 100 + two
    return year if year >= first else year + 100


def _yearly(text: str, basis: str, status: str) -> Period | None:
    spans = basis in ("financial_year", "academic_year", "october_year", "mixed_year")
    as_spanning = "financial_year" if basis == "mixed_year" else basis
    years = _YEARS.match(text)
    if years and len(text) == 5 and not spans:  # 20175: a year with its footnote digit
        return _yearly(text[:4], basis, status)
    if years and len(text) > 5:
        first = int(years.group(1))
        last = int(years.group(2)) if len(years.group(2)) == 4 else _century(first, int(years.group(2)))
        if last == first + 1 and (spans or basis == "financial_year"):
            return _spanning(first, as_spanning, status)
        if first < last <= first + LONGEST_POOL:
            return _year(f"{first}-{last % 100:02d}", first, 1, "pooled", last - first + 1, status)
        return None
    single = re.fullmatch(r"(\d{4})(?:\.0)?\d?", text)
    if not single or not 1900 <= int(single.group(1)) <= 2100:
        return None
    year = int(single.group(1))
    if basis in ("financial_year", "academic_year", "october_year"):  # "2010" names the year it ends in
        return _spanning(year - 1, basis, status)
    return _year(str(year), year, 1, "calendar_year", status=status)


def _financial_quarter(first: int, quarter: int, status: str = "") -> Period:
    month = (4, 7, 10, 1)[quarter - 1]
    start = date(first + (quarter == 4), month, 1)
    end_month = month + 2
    end = date(start.year, end_month, calendar.monthrange(start.year, end_month)[1])
    return Period(f"{first}/{(first + 1) % 100:02d} Q{quarter}", start, end, "quarter", status)


def _quarterly(year: str, quarter: int, status: str) -> Period | None:
    """`2009/10 Q2` is a quarter of the financial year, `2009 Q2` of the calendar year."""
    spanning = _yearly(year, "mixed_year", status)
    if spanning is None:
        return None
    if spanning.basis == "calendar_year":
        return _within(int(year), f"calendar year q{quarter}", False, status)
    return _financial_quarter(spanning.start.year, quarter, status)


def _months(text: str, status: str) -> Period | None:
    """`Apr 2010 - Mar 2011`: months on end."""
    ends = re.fullmatch(r"([A-Za-z]+ \d{4}) ?(?:-|\u2013|to) ?([A-Za-z]+ \d{4})", text)
    first, last = (_monthly(end, status) for end in ends.groups()) if ends else (None, None)
    if first is None or last is None or last.start <= first.start:
        return None
    return Period(f"{first.label} - {last.label}", first.start, last.end, "rolling", status)


def _monthly(text: str, status: str) -> Period | None:
    iso = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2}.*)?", text)
    if iso and 1 <= int(iso.group(2)) <= 12:
        return _month(int(iso.group(1)), int(iso.group(2)), status)
    named = re.fullmatch(r"(?:as at )?(?:\d{1,2} )?([A-Za-z]+)[ \-](\d{4})(?: \(Q\d\))?", text, re.IGNORECASE)
    if named and named.group(1).lower() in MONTHS:
        return _month(int(named.group(2)), MONTHS[named.group(1).lower()], status)
    return None


def _identified(text: str, identifier: str, status: str) -> Period | None:
    """EES: six digits are consecutive years, four a calendar year; the identifier says which part of it."""
    word = re.sub(r"\s+", " ", identifier).strip().lower()
    digits = re.fullmatch(r"(\d{4})(\d{2})?", text)
    if not digits:
        return None
    first = int(digits.group(1))
    if digits.group(2) and int(digits.group(2)) != (first + 1) % 100:
        return None
    if word in IDENTIFIERS and IDENTIFIERS[word] != "half_year":
        return _identified_year(first, IDENTIFIERS[word], word, bool(digits.group(2)), status)
    if word.startswith("part "):
        half = int(word[5])
        start = date(first, 4, 1) if half == 1 else date(first, 10, 1)
        end = date(first, 9, 30) if half == 1 else date(first + 1, 3, 31)
        return Period(f"{first}/{(first + 1) % 100:02d} part {half}", start, end, "half_year", status)
    return _within(first, word, bool(digits.group(2)), status)


def _identified_year(first: int, basis: str, word: str, spans: bool, status: str) -> Period | None:
    """Four digits are a calendar year and six any other; only a reporting year may be written either way."""
    if word == "reporting year" and spans:
        return _spanning(first, "financial_year", status)
    if spans == (basis == "calendar_year"):
        return None
    return _spanning(first, basis, status) if spans else _year(str(first), first, 1, basis, status=status)


def _quarter_of(first: int, kind: str, number: int, spans: bool, status: str) -> Period:
    if kind in ("financial", "tax"):
        return _financial_quarter(first, number, status)
    month = (STARTS[f"{kind}_year"] - 1 + 3 * (number - 1)) % 12 + 1
    start = date(first + (month < STARTS[f"{kind}_year"]), month, 1)
    last = date(start.year + (month > 10), (month + 1) % 12 + 1, 1)
    end = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    label = f"{first}{f'/{(first + 1) % 100:02d}' if spans else ''} {kind} Q{number}"
    return Period(label, start, end, "quarter", status)


def _within(first: int, word: str, spans: bool, status: str) -> Period | None:
    quarter = re.fullmatch(r"(financial|tax|academic|calendar) year q([1-4])(?: ?[-\u2013] ?q?([1-4]))?", word)
    if quarter:
        begin, finish = int(quarter.group(2)), int(quarter.group(3) or quarter.group(2))
        first_part = _quarter_of(first, quarter.group(1), begin, spans, status)
        if finish == begin:
            return first_part
        last = _quarter_of(first, quarter.group(1), finish, spans, status)
        label = f"{first_part.label}-Q{finish}"
        return Period(label, first_part.start, last.end, "rolling", status) if finish > begin else None
    terms = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 8)}
    term = [name for name in terms if name in word]
    if "term" in word and term:
        begin, finish = terms[term[0]][0], terms[term[-1]][1]
        start, last = (date(first + (m < 9), m, 1) for m in (begin, finish))
        end = date(last.year, last.month, calendar.monthrange(last.year, last.month)[1])
        return Period(f"{first}/{(first + 1) % 100:02d} {' and '.join(term)} term", start, end, "term", status)
    if word in MONTHS:
        return _month(first, MONTHS[word], status)
    week = re.fullmatch(r"week (\d{1,2})", word)
    if week:
        try:
            start = date.fromisocalendar(first, int(week.group(1)), 1)
        except ValueError:
            return None
        return Period(f"{first} week {int(week.group(1))}", start, start + timedelta(days=6), "week", status)
    return None


def identifier_family(identifier: str) -> str:
    """The family an EES time_identifier belongs to; one file holds one family."""
    word = identifier.strip().lower()
    for family in ("term", "week", "part "):
        if family in word:
            return family.strip()
    return "month" if word in MONTHS else re.sub(r" q\d.*$", " quarter", word)
