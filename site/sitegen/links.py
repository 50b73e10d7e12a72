"""Where each page lives, as paths relative to the site's folder.

Paths depend on codes, never on titles, so that an address stays the same in the next release.
"""

from collections.abc import Iterable

from sitegen.format import slug


class Links:
    """Addresses of all pages that exist in this build; a page that does not exist has no address."""

    def __init__(self, indicator_codes: list[str], area_codes: list[str], regions: dict[str, str]):
        """Reserve one address an indicator and an area; `regions` maps region code to region name."""
        taken: dict[str, int] = {}
        self._indicators = {code: _unique(slug(code), taken) for code in indicator_codes}
        taken = {}
        self._areas = {code: _unique(safe(code), taken) for code in area_codes}
        taken = {}
        self._offices = {code: _unique(slug(name), taken) for code, name in regions.items()}

    def indicator(self, code: str, part: str = "headline", headline: str = "headline") -> str:
        """Page of an indicator part; the headline part's page is the indicator's own."""
        tail = "" if part == headline else f"--{slug(part)}"
        return f"ni/{self._indicators[code]}{tail}.html"

    def indicator_csv(self, code: str) -> str:
        """CSV twin of an indicator: all its parts."""
        return f"ni/{self._indicators[code]}.csv"

    def proof(self, code: str, part: str = "headline", headline: str = "headline") -> str:
        """Proof of the figures of an indicator part."""
        return self.indicator(code, part, headline).replace("ni/", "proof/", 1)

    def areas_of_kind(self, code: str, part: str, headline: str, area_type: str) -> str:
        """Figures of one kind of area on an indicator part."""
        return f"{self.indicator(code, part, headline)[:-5]}.{slug(area_type)}.html"

    @staticmethod
    def agreement(area_code: str) -> str:
        """Scorecard of an area's agreement."""
        return f"laa/{safe(area_code)}.html"

    @staticmethod
    def pack(area_code: str) -> str:
        """Board pack of an area's agreement."""
        return f"pack/{safe(area_code)}.html"

    @staticmethod
    def review(area_code: str) -> str:
        """Annual review pack of an area's agreement."""
        return f"review/{safe(area_code)}.html"

    def target(self, area_code: str, code: str, part: str, commitment_type: str, headline: str = "headline") -> str:
        """Page of a commitment; designated ones are what an agreement is about and have the shortest address."""
        kind = "" if commitment_type == "designated" else f".{slug(commitment_type)}"
        return f"laa/{safe(area_code)}/{self.indicator(code, part, headline)[3:-5]}{kind}.html"

    def peers(self, area_code: str, family: str | None = None) -> str:
        """Who an area is held against; with a `family` of indicators (see `family`), how it stands to them on these."""
        page = f"peers/{self._areas[area_code]}"
        return f"{page}/{slug(family)}.html" if family else f"{page}.html"

    @staticmethod
    def feed(name: str) -> str:
        """Deliveries and issues of a feed."""
        return f"quality/{slug(name)}.html"

    @staticmethod
    def model(name: str) -> str:
        """How a table of the warehouse was made."""
        return f"lineage/{name}.html"

    def area(self, code: str) -> str | None:
        """Page of an area, or None where the area has none."""
        return f"area/{self._areas[code]}.html" if code in self._areas else None

    def area_theme(self, code: str, theme: str) -> str:
        """Figures of an area in one theme."""
        return f"area/{self._areas[code]}.{slug(theme)}.html"

    def office(self, region_code: str) -> str | None:
        """Page of a Government Office."""
        return f"go/{self._offices[region_code]}.html" if region_code in self._offices else None

    def office_assurance(self, region_code: str, page: str) -> str:
        """Page of a Government Office on its agreements: `assurance`, `at-risk`, or a part of its matrix."""
        return f"{self.office(region_code)[:-5]}/{slug(page)}.html"

    def office_indicators(self, region_code: str, family: str) -> str:
        """A region's areas against the indicators of one family (see `family`)."""
        return f"{self.office(region_code)[:-5]}/{slug(family)}.html"

    @staticmethod
    def psa(number: str) -> str:
        """Page of a Public Service Agreement."""
        return f"psa/{slug(str(number))}.html"

    def psa_measure(self, number: str, code: str, part: str, headline: str = "headline") -> str:
        """A measure of an agreement by region."""
        return f"psa/{slug(str(number))}/{self.indicator(code, part, headline)[3:]}"


def unique_slugs(codes: Iterable[str]) -> dict[str, str]:
    """Name a file for every code, the same from release to release while its code is."""
    taken: dict[str, int] = {}
    return {code: _unique(slug(code), taken) for code in sorted(codes)}


def family(code: str) -> str:
    """The ten an indicator is counted in: its code with a 0 at the end. It stays while the code does."""
    return f"{code[:-1]}0" if code[-1:].isdigit() else code


def anchor(area_code: str, *period: str) -> str:
    """Fragment of one area's figure on a proof page; the period is named where a page has several of the area."""
    return ".".join([safe(area_code), *map(slug, period)])


def safe(code: str) -> str:
    """Keep a code as it is where it can name a file, else make it one."""
    return code if code.isalnum() else slug(code)


def _unique(name: str, taken: dict[str, int]) -> str:
    """Return `name`, or `name-2` and so on when another code already has it (case is ignored on some disks)."""
    seen = taken[name.lower()] = taken.get(name.lower(), 0) + 1
    return name if seen == 1 else f"{name}-{seen}"
