"""Every kind of page in Chromium: WCAG 2.2 AA by axe, a phone, the keyboard, and with JavaScript off."""

import pytest
from axe_playwright_python.sync_playwright import Axe

KINDS = (
    "index",
    "404",
    "about",
    "accessibility",
    "data",
    "quality",
    "ni/index",
    "area/index",
    "area/map",
    "go/index",
    "psa/index",
    "lineage/index",
    "releases/calendar",
    "laa/index",
    "partnership/index",
    "exceptions/index",
    "rules",
    "forecasts",
    "search",
    "compare/index",
    "pack",
    "pack of a partnership",
    "compare",
    "compare an area",
    "glossary",
    "methods/index",
    "methods/status",
    "revisions/index",
    "audit/index",
    "as-at/index",
    "revision",
    "revisions of a region",
    "audit",
    "as at",
    "target",
    "target without a status",
    "scorecard",
    "plan",
    "partnership",
    "partnerships of a region",
    "releases",
    "changes",
    "indicator",
    "indicator without data",
    "area",
    "office",
    "indicators of an office",
    "assurance of an office",
    "at risk in a region",
    "matrix of an office",
    "review",
    "measure of an agreement",
    "licences",
    "agreement",
    "lineage",
    "proof",
    "proof of areas",
    "proof of a roll-up",
    "regions of an indicator",
    "other areas of an indicator",
    "map of an indicator",
    "area by theme",
    "quality of a feed",
    "calendar of a year",
    "peers",
    "comparison",
    "funnel",
)
ON_A_PHONE = (
    "index",
    "ni/index",
    "indicator",
    "area",
    "office",
    "indicators of an office",
    "assurance of an office",
    "matrix of an office",
    "review",
    "proof",
    "lineage",
    "releases",
    "changes",
    "target",
    "scorecard",
    "plan",
    "partnership",
    "rules",
)  # those of which a phone shows what a wide screen does not
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
OPEN_DETAILS = "document.querySelectorAll('details').forEach(item => { item.open = true; })"
WIDER_THAN_SCREEN = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TERMS_CUT = """[...document.querySelectorAll('dt, dd')].filter(item => item.scrollWidth > item.clientWidth + 1)
    .map(item => item.textContent.trim())"""
NAMES_CHOSEN = "[...document.querySelectorAll('[data-hub-compare] tbody th')].map(cell => cell.innerText.trim())"
PHONE = 375
NARROWEST = 320


@pytest.fixture(scope="module")
def wide(chromium):
    """A tab that stays open: a new one for each of some sixty kinds of page takes longer than its page."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def phone(chromium):
    """The same on a phone."""
    with chromium.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_loads_from_disk_says_that_it_is_made_up_and_axe_finds_nothing(wide, kinds, kind):
    problems, requests = [], []
    heard = {
        "pageerror": lambda error: problems.append(str(error)),
        "requestfailed": lambda request: problems.append(request.url),
        "request": lambda request: requests.append(request.url),
    }
    for event, hear in heard.items():
        wide.on(event, hear)
    wide.goto(kinds[kind].as_uri())
    for event, hear in heard.items():
        wide.remove_listener(event, hear)
    assert problems == []
    assert requests
    assert [url for url in requests if not url.startswith(("file://", "data:"))] == []
    assert wide.get_by_text("Illustrative data", exact=True).first.is_visible()
    assert_axe_finds_nothing(wide)


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_never_scrolls_the_page_sideways_and_no_term_runs_into_what_is_said_of_it(phone, kinds, kind):
    phone.set_viewport_size({"width": PHONE, "height": 900})
    phone.goto(kinds[kind].as_uri())
    assert phone.evaluate(WIDER_THAN_SCREEN) <= 0
    phone.evaluate(OPEN_DETAILS)
    if kind in ON_A_PHONE:
        assert_axe_finds_nothing(phone)
    phone.set_viewport_size({"width": NARROWEST, "height": 900})
    assert phone.evaluate(WIDER_THAN_SCREEN) <= 0
    assert phone.evaluate(TERMS_CUT) == []


def assert_axe_finds_nothing(page):
    """Run the rules on an open page with everything on it unfolded."""
    page.evaluate(OPEN_DETAILS)
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [NARROWEST, 1019, 1180, 1240, 1600])
def test_text_never_touches_the_edge_of_the_screen(tab, kinds, width):
    page = tab(width)
    page.goto(kinds["indicator"].as_uri())
    assert page.locator("h1").bounding_box()["x"] >= 15


def test_without_javascript_areas_and_figures_are_reached_by_links(tab, kinds):
    page = tab(javascript=False)
    page.goto(kinds["index"].as_uri())
    assert not page.locator("[data-hub-search]").is_visible()
    page.get_by_role("link", name="Find an area").click()
    page.locator(".hub-az a").first.click()
    assert page.locator("h1").inner_text()
    page.goto(kinds["area by theme"].as_uri())
    page.locator("table a").first.click()
    assert page.locator("dl").first.is_visible()
    assert not page.locator(".hub-filter").first.is_visible()


def test_without_javascript_a_figure_leads_to_the_text_of_its_cell_and_on_to_the_sql(tab, kinds):
    page = tab(javascript=False)
    page.goto(kinds["area by theme"].as_uri())
    row = page.locator("tbody tr").filter(has=page.locator(".hub-figure")).first
    shown = row.locator(".hub-figure").inner_text()
    row.locator("td").last.locator("a").click()
    proof = page.locator("tr:target")
    assert shown in proof.locator("td").first.inner_text()
    assert proof.locator("code").inner_text()
    proof.get_by_role("link", name="File").click()
    assert page.locator(":target").get_by_text("sha256", exact=True).is_visible()
    page.get_by_role("link", name="How fct_observation_current was made").click()
    assert page.get_by_role("region", name="SQL: fct_observation_current").is_visible()


def test_the_search_finds_an_area_by_part_of_its_name(tab, kinds):
    page = tab(PHONE)
    page.goto(kinds["area/index"].as_uri())
    name = page.locator(".hub-az a").first.inner_text()
    page.goto(kinds["index"].as_uri())
    page.get_by_role("searchbox").fill(name[:6].upper())
    page.locator(".hub-search__results a").filter(has_text=name).first.click()
    assert page.locator("h1").inner_text() == name


def test_the_search_finds_an_indicator_by_its_bare_number(tab, kinds):
    page = tab()
    page.goto(kinds["index"].as_uri())
    page.get_by_role("searchbox").fill("ni 1")
    assert page.locator(".hub-search__results a").first.inner_text().startswith("NI 001 ")


def test_the_catalogue_filter_says_how_many_rows_are_left(tab, kinds):
    page = tab()
    page.goto(kinds["ni/index"].as_uri())
    total = page.locator("#catalogue tbody tr").count()
    page.get_by_label("Show", exact=True).select_option("Data held")
    held = page.locator("#catalogue tbody tr:visible").count()
    assert 0 < held < total
    assert page.locator("[data-hub-filter-status]").inner_text() == f"{held} of {total} shown."


def test_a_table_of_areas_sorts_by_value_both_ways(tab, kinds):
    page = tab()
    page.goto(kinds["indicator"].as_uri())
    table = page.locator("#area-tables table").first
    button = table.locator("thead button").nth(1)

    def figures():
        cells = table.locator("tbody tr td:nth-child(2) .hub-figure").all_inner_texts()
        keep = "0123456789.-"
        return [float("".join(c for c in cell.replace("\N{MINUS SIGN}", "-") if c in keep)) for cell in cells]

    button.click()
    assert table.locator("th[aria-sort=ascending]").count() == 1
    assert figures() == sorted(figures())
    button.click()
    assert figures() == sorted(figures(), reverse=True)


def test_the_skip_link_and_wide_tables_are_reached_by_keyboard(tab, kinds):
    page = tab(PHONE)
    page.goto(kinds["office"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    region = page.locator(".hub-scroll").first
    region.focus()
    assert region.get_attribute("aria-label")
    before = region.evaluate("box => box.scrollLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=region.element_handle())
    assert before == 0


def test_areas_are_chosen_for_a_comparison_and_the_address_keeps_them(tab, kinds):
    page = tab()
    page.goto(kinds["compare"].as_uri())
    boxes = page.locator("#compared input[type=checkbox]")
    chosen = [boxes.nth(place).evaluate("box => box.closest('tr').querySelector('a').textContent") for place in (0, 2)]
    boxes.nth(0).check()
    boxes.nth(2).focus()
    page.keyboard.press("Space")
    assert page.evaluate(NAMES_CHOSEN) == chosen
    address = page.url
    again = tab()
    again.goto(address)
    assert again.evaluate(NAMES_CHOSEN) == chosen


def test_an_area_beside_its_nearest_leads_to_these_areas_and_on_to_them_on_another_indicator(tab, kinds):
    page = tab()
    page.goto(kinds["compare an area"].as_uri())
    heads = page.locator("thead th").all_inner_texts()[1:-1]
    page.locator("tbody th a").last.click()
    page.wait_for_url("**/compare/*#areas=*")  # loaded: what the address names is chosen by script
    first = page.url
    chosen = page.evaluate(NAMES_CHOSEN)
    assert chosen
    assert [name for name in heads if name in chosen] == chosen
    assert page.get_by_role("link", name="link to this comparison").evaluate("link => link.href") == first
    page.get_by_role("link", name="The same areas on another indicator").click()
    page.wait_for_url("**/compare/index.html#areas=*")
    page.locator("#on-one a").first.click()
    page.wait_for_url("**/compare/*#areas=*")
    assert page.url.partition("#")[2] == first.partition("#")[2]
    assert set(page.evaluate(NAMES_CHOSEN)) <= set(heads)


def test_without_javascript_a_link_to_chosen_areas_shows_every_region(tab, kinds):
    page = tab(javascript=False)
    page.goto(f"{kinds['compare'].as_uri()}#areas=E08000003")
    assert not page.locator("[data-hub-compare]").is_visible()
    assert page.locator("#compared tbody tr").first.is_visible()


def test_the_search_finds_words_and_rules_and_takes_its_question_from_the_address(tab, kinds):
    page = tab()
    page.goto(f"{kinds['search'].as_uri()}?q=polarity")
    assert page.locator(".hub-search__results a").first.inner_text().startswith("Polarity")
    page.get_by_role("searchbox").fill("amber")
    assert page.locator(".hub-search__prose").count() >= 2
    page.get_by_label("Kind of page").select_option("Method")
    page.locator(".hub-search__results a").first.click()
    assert "methods/" in page.url


def test_a_hexagon_says_how_its_council_stands_and_leads_to_it(tab, kinds):
    page = tab()
    page.goto(kinds["map of an indicator"].as_uri())
    hexagon = page.locator(".hub-hexmap a").filter(has=page.locator("text >> nth=1")).first
    name, _, said = hexagon.locator("title").text_content().partition(", ")
    assert page.locator(".hub-mapped tbody tr").filter(has_text=name).first.inner_text()
    assert said.endswith("England") or "quarter" in said
    assert page.get_by_role("link", name=f"{name}, {said}").count() == 1
    hexagon.focus()
    page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == name


def test_what_people_wrote_fills_its_column_and_every_printed_sheet_of_a_pack_ends_with_its_day(tab, kinds):
    page = tab()
    page.goto(kinds["pack"].as_uri())
    wide = "box => [box.clientWidth, box.parentElement.clientWidth, box.firstElementChild.clientWidth]"
    narrow = page.locator("dd .hub-narrative").evaluate_all(f"boxes => boxes.map({wide})")
    assert narrow
    assert [box for box in narrow if len(set(box)) > 1] == []
    page.emulate_media(media="print")
    stamp = page.locator(".hub-stamp").evaluate(
        "line => [getComputedStyle(line).display, line.parentElement.className]"
    )
    assert stamp == ["table-footer-group", "hub-pack"]  # what browsers repeat on each sheet


def test_without_javascript_the_search_leads_to_lists(tab, kinds):
    page = tab(javascript=False)
    page.goto(kinds["search"].as_uri())
    assert not page.get_by_role("searchbox").is_visible()
    page.locator("main").get_by_role("link", name="Words").click()
    assert page.locator("h1").inner_text() == "Glossary"
