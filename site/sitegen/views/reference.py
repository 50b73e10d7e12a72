"""Words and methods: the glossary, each method with its rules, SQL and tests, and the search over all of it.

Belongs here: putting these pages together from site/glossary.yaml, site/methods.yaml and what the marts say of
themselves. Does not belong here: a rule or a definition typed out again (the rows have them), the list of names that is
searched (home.py).
"""

import json
from collections.abc import Iterator
from functools import cache, partial
from itertools import groupby
from pathlib import Path

import yaml

from sitegen import format, words
from sitegen.hub import Hub
from sitegen.views import Page

SITE = Path(__file__).resolve().parents[2]
ENDED = {"pass": "Passed", "warn": "Warned"}


@cache
def entries(name: str) -> list[dict]:
    """The entries of glossary.yaml or methods.yaml, in their order."""
    return yaml.safe_load((SITE / name).read_text("utf-8"))


def pages(hub: Hub) -> Iterator[Page]:
    """Yield the search, the glossary, the list of methods and a page for each."""
    yield Page("search", "search.html", "search.html", {})
    yield Page("glossary", "glossary.html", "glossary.html", {"letters": letters()})
    yield Page(
        "method_index", "methods/index.html", "methods.html", {"methods": [listed(hub, m) for m in methods(hub)]}
    )
    for method in methods(hub):
        yield Page("method", path(method), "method.html", partial(context, hub, method))


def letters() -> list[tuple[str, list[dict]]]:
    """The terms of the glossary by first letter, each with the fragment it is found at."""
    terms = [{"id": format.slug(term["term"]), "also": "", "see": ""} | term for term in entries("glossary.yaml")]
    return [(letter, list(some)) for letter, some in groupby(terms, key=lambda term: term["term"][0])]


def methods(hub: Hub) -> list[dict]:
    """The methods of which this release holds at least one table."""
    return [method for method in entries("methods.yaml") if any(name in hub.models for name in method["tables"])]


def path(method: dict) -> str:
    """Address of a method's page."""
    return f"methods/{method['id']}.html"


def tables(hub: Hub, method: dict) -> list:
    """The tables of a method that this release holds, first the one that says most."""
    return [hub.models[name] for name in method["tables"] if name in hub.models]


def first_sentence(text: str | None) -> str:
    """What a description says first."""
    sentence, stop, _ = (text or "").partition(". ")
    return sentence + ("." if stop else "")


def listed(hub: Hub, method: dict) -> dict:
    """One line of the list of methods."""
    used = tables(hub, method)
    return {
        "title": method["title"],
        "path": path(method),
        "said": first_sentence(used[0].description),
        "rules": len(rules(hub, method)),
        "tests": sum(len(hub.tests.get(table.model, ())) for table in used),
    }


def rules(hub: Hub, method: dict) -> list[dict]:
    """The rows that say a method's rules in words, each with its name and source."""
    if "rules" not in method:
        return []
    wanted = method["rules"]
    rows = {
        "rule_profile": lambda: hub.judged.profiles.values(),
        "board_rule": lambda: hub.judged.board_rules,
        "assurance_rule": lambda: [row for some in hub.assurance.rules.values() for row in some],
        "peer_set": lambda: hub.compared.sets.values(),
    }[wanted["table"]]()
    return [
        {
            "name": getattr(row, wanted["name"]),
            "words": getattr(row, wanted["words"]),
            "source": row.source,
            "unverified": row.verification == "unverified",
        }
        for row in rows
        if "of" not in wanted or getattr(row, wanted["of"]) in wanted["kinds"]
    ]


def context(hub: Hub, method: dict) -> dict:
    """Collect all that one method's page shows."""
    used = tables(hub, method)
    return {
        "title": method["title"],
        "said": first_sentence(used[0].description),
        "rules": rules(hub, method),
        "limits": method.get("limits", []),
        "rules_table": method.get("rules", {}).get("table"),
        "tables": [
            {
                "name": table.model,
                "path": hub.links.model(table.model) if table.sql else None,
                "description": table.description or "Not described.",
                "sql": table.sql,
                "tests": [
                    {"name": words.words(test.test), "status": ENDED.get(test.status, words.words(test.status))}
                    for test in hub.tests.get(table.model, [])
                ],
            }
            for table in used
        ],
    }


def prose(hub: Hub) -> list[list[str]]:
    """What can be searched beyond names: [label, path, kind, text]."""
    found = [
        [
            term["term"],
            f"glossary.html#{format.slug(term['term'])}",
            "Word",
            " ".join(filter(None, (term["means"], term.get("also")))),
        ]
        for term in entries("glossary.yaml")
    ]
    for method in methods(hub):
        said = [table.description or "" for table in tables(hub, method)]
        said += [rule["words"] for rule in rules(hub, method)]
        found.append([method["title"], path(method), "Method", " ".join(said)])
    found += [
        [f"{parts[0].indicator_code} {parts[0].title}", hub.path(parts[0]), "Definition", parts[0].definition]
        for parts in hub.indicators.values()
        if parts[0].definition
    ]
    return found + [
        [f"Why a value is missing: {row.shown_as}", "about.html#missing", "Word", row.meaning]
        for row in hub.marks.values()
    ]


def search_words(hub: Hub) -> str:
    """The prose that is searched, as a script: a page opened from a disk may run one, but not fetch a file."""
    return f"window.HUB_PROSE = {json.dumps(prose(hub), ensure_ascii=True, separators=(',', ':'))};\n"
