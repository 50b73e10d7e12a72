"""The first hour of those the site is for, step by step as they would go: by links, by keyboard, on paper.

Belongs here: a councillor and a board, an analyst of a Government Office, an analyst with SQL.
Does not belong here: single widgets and rules of accessibility (test_pages.py).
"""

import re

import pytest

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
GREY = """() => [...document.querySelectorAll('.hub-status')].every(item =>
    item.textContent.trim().length > 3 && item.querySelector('[aria-hidden]')?.textContent.trim())"""


@pytest.fixture
def home(tab, kinds):
    """Open the home page in a tab of a width."""

    def open_home(width=1280, **more):
        page = tab(width, **more)
        page.goto(kinds["index"].as_uri())
        return page

    return open_home


@pytest.mark.parametrize("width", [1280, 320])
def test_a_councillor_finds_the_light_its_rule_and_its_count_in_two_clicks_without_javascript(home, kinds, width):
    page = home(width, javascript=False)
    page.goto(kinds["partnerships of a region"].as_uri())
    page.locator("main table a, main li a").filter(has_text=re.compile("Partnership|Trust|Board")).first.click()
    assert page.locator("h1").is_visible()
    page.goto(kinds["partnership"].as_uri())
    assert page.locator(".hub-headline .hub-status").first.is_visible()
    words = page.locator(".hub-headline").inner_text()
    assert re.search(r"\d+ of \d+ = \d", words)
    assert re.search(r"[Gg]reen when", words)
    assert page.evaluate(OVERFLOW) <= 0


def test_a_board_goes_from_its_agreement_to_a_pack_that_reads_in_grey_and_fits_the_sheet(home, kinds):
    page = home(javascript=False)
    page.goto(kinds["scorecard"].as_uri())
    page.get_by_role("link", name="Board pack to print").click()
    page.emulate_media(media="print", color_scheme="light")
    assert page.evaluate(GREY)
    assert not page.locator(".hub-nav").is_visible()
    assert page.locator(".hub-stamp").evaluate("item => getComputedStyle(item).display") == "table-footer-group"
    assert page.locator("#definitions").is_visible()


def test_what_is_off_target_leads_to_the_plain_line_the_rule_the_card_and_what_is_done(home, kinds):
    page = home(javascript=False)
    page.goto(kinds["plan"].as_uri())
    page.locator(".hub-sheet h3 a").first.click()
    assert re.search(r"is better.*Target|No target", page.locator(".govuk-body-l").first.inner_text())
    assert page.locator("main").get_by_text(re.compile("rule", re.IGNORECASE)).first.is_visible()


def test_a_board_compares_with_similar_areas_and_sees_the_rounds_at_a_glance(home, kinds):
    page = home(javascript=False)
    page.goto(kinds["scorecard"].as_uri())
    assert page.locator("svg.hub-rugchart a").count() > 5
    page.goto(kinds["peers"].as_uri())
    assert page.locator(".hub-spines tbody tr svg").count() > 5
    page.goto(kinds["compare an area"].as_uri())
    assert page.locator("thead th").count() >= 3


def test_an_analyst_of_an_office_gets_from_the_matrix_to_a_target_and_back_to_what_was_known(home, kinds):
    page = home()
    page.get_by_role("link", name="Government Offices").first.click()
    assert page.locator("h1").is_visible()
    page.goto(kinds["matrix of an office"].as_uri())
    assert page.locator(".hub-rug td[class^=r-]").count() > 5
    page.locator("footer").get_by_role("link", name="As at a day").click()
    page.locator("tbody th a").first.click()
    assert page.locator("h1").inner_text().startswith("As known on")


def test_an_analyst_gets_from_the_home_page_to_file_macro_method_and_sql(home):
    page = home(javascript=False)
    page.locator("nav").get_by_role("link", name="Data", exact=True).click()
    assert page.locator("main a[href$='hub.duckdb']").count() >= 1
    page.locator("footer").get_by_role("link", name="Methods").click()
    page.locator("tbody th a").first.click()
    page.locator("summary").first.click()
    assert "select" in page.locator(".hub-code-block").first.inner_text().lower()


def test_a_figure_that_was_revised_and_a_target_that_was_moved_are_found_by_keyboard(home):
    page = home()
    page.locator("footer").get_by_role("link", name="Audit").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/audit/index.html")
    page.locator("main .hub-filter input").fill("e")
    page.locator("#logs tbody th a:visible").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/audit/E\d+\.html"))
    assert page.locator("tbody tr").count() >= 1


def test_a_long_table_sorts_by_keyboard_and_says_so(home, kinds):
    page = home()
    page.goto(kinds["revisions/index"].as_uri())
    button = page.locator("#revised thead button").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    counts = page.locator("#revised tbody td:nth-child(2)").all_inner_texts()
    numbers = [int(text.replace(",", "")) for text in counts]
    assert numbers == sorted(numbers)
    assert "Sorted by Figures revised" in page.locator("#revised [role=status].govuk-visually-hidden").inner_text()
