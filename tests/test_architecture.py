"""What holds the parts apart and the documents complete; each rule says why it is there."""

import ast
import csv
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
CODE = {
    "orchestration": ROOT / "orchestration",
    "sources": ROOT / "sources",
    "quality": ROOT / "quality",
    "sitegen": ROOT / "site" / "sitegen",
}
MAY_USE = {
    "orchestration": {"orchestration", "sources", "quality", "sitegen"},
    "sources": {"sources", "quality"},
    "quality": {"quality"},
    "sitegen": {"sitegen"},
}
SEEDS = sorted((ROOT / "dbt_project" / "seeds").rglob("*.csv"))
LONGEST_MODULE = 300  # lines: what does not fit is two things


def modules(package: str) -> list[Path]:
    return sorted(CODE[package].rglob("*.py"))


def imported(path: Path) -> set[str]:
    """First names of everything a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", CODE)
def test_a_package_uses_only_what_it_may(package):
    wrong = {
        f"{path.relative_to(ROOT)} uses {name}"
        for path in modules(package)
        for name in imported(path) & set(CODE) - MAY_USE[package]
    }
    assert not wrong


@pytest.mark.parametrize("package", ["sources", "quality", "sitegen"])
def test_dagster_and_dbt_are_imported_only_in_orchestration(package):
    wrong = {
        f"{path.relative_to(ROOT)} uses {name}"
        for path in modules(package)
        for name in imported(path)
        if name.startswith(("dagster", "dbt"))
    }
    assert not wrong


def test_site_never_shadows_pythons_own_site_module():
    assert not (ROOT / "site" / "__init__.py").exists()
    assert not (ROOT / "site" / "site.py").exists()


@pytest.mark.parametrize("package", CODE)
def test_every_module_says_what_belongs_in_it_and_stays_short(package):
    for path in modules(package):
        text = path.read_text(encoding="utf-8")
        if text.strip():
            assert ast.get_docstring(ast.parse(text)), f"{path.relative_to(ROOT)} has no docstring"
        lines = text.count("\n")
        assert lines <= LONGEST_MODULE, f"{path.relative_to(ROOT)} has {lines} lines"


def test_no_indicator_is_named_in_code():
    """A new indicator is a row: code that knows one by its number would have to change with it."""
    named = re.compile(r"\bNI[ _]?\d{3}\b")
    code = [path for package in CODE for path in modules(package) if "demo" not in path.parts]
    code += sorted((ROOT / "dbt_project").rglob("*.sql"))
    wrong = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in code
        if (found := named.search(path.read_text(encoding="utf-8")))
    ]
    assert not wrong


def test_there_are_seeds():
    assert SEEDS


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_seed_row_says_where_it_comes_from(path):
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows, "a seed without rows"
    for number, row in enumerate(rows, start=2):
        assert (row.get("source") or "").strip(), f"line {number} names no source"
        assert row.get("verification") in ("sourced", "unverified"), f"line {number}: {row.get('verification')!r}"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def marts(settings):
    from orchestration.lib import dbt, warehouse_specs

    nodes = warehouse_specs.table_nodes(dbt.manifest(settings)).values()
    return [node for node in nodes if node["schema"] == "marts"]


def test_every_mart_and_every_column_of_it_is_described(marts):
    assert marts
    for node in marts:
        assert node["description"].strip(), f"{node['name']} is not described"
        assert node["contract"]["enforced"], f"{node['name']} has no contract, so columns could be left out"
        silent = [name for name, column in node["columns"].items() if not column["description"].strip()]
        assert node["columns"], f"{node['name']} names no columns"
        assert not silent, f"{node['name']}: {silent} not described"


def test_every_dependency_has_a_producer(settings):
    """A wrong key in `deps` makes a phantom asset and raises nothing."""
    from orchestration.definitions import definitions_for

    graph = definitions_for(settings).resolve_asset_graph()
    produced = graph.materializable_asset_keys
    wrong = {
        f"{key.to_user_string()} needs {parent.to_user_string()}"
        for key in produced
        for parent in graph.get(key).parent_keys - produced
    }
    assert not wrong
    loose = {key.to_user_string() for key in produced if key.path[0] == "staging" and not graph.get(key).parent_keys}
    assert not loose, "a staging table must come after the feeds or a seed"


@pytest.mark.parametrize("command", ["--help", "feeds", "land no_such_feed x.csv"])
def test_light_commands_import_nothing_heavy(command, tmp_path):
    program = (
        "import sys; from orchestration.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('HEAVY', sorted({'dagster', 'dbt', 'pandas', 'pandera', 'duckdb'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *command.split()],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_landing_imports_no_dagster_and_no_dbt(tmp_path):
    program = (
        "import sys, orchestration.commands.land, sources.landing\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'dagster', 'dbt'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() == "[]"


def readme_commands() -> list[str]:
    blocks = re.findall(r"```(?:sh|bash|console)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith(("make ", "hub "))]


def test_the_readme_names_commands():
    assert {"make build", "make test"} <= set(readme_commands())


@pytest.mark.parametrize("command", sorted(set(readme_commands())))
def test_every_command_of_the_readme_exists(command):
    """`make` knows the target, and `hub` understands the words; tests/pipeline runs the real thing."""
    words = shlex.split(command)
    if words[0] == "make":
        subprocess.run(["make", "--dry-run", *words[1:]], cwd=ROOT, check=True, capture_output=True)
    else:
        from orchestration.cli import parser

        assert parser().parse_args(words[1:]).run
