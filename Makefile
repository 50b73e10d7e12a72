# Every target makes the virtual environment itself, when it is missing or pyproject.toml or constraints.txt changed.
# Settings: FEEDS=<folder of publishers' files>, PRESET=small (the illustrative edition's size), PORT=8000, HUB_HOME=<data folder>, PYTHON=<an interpreter>.
.DEFAULT_GOAL := build
.PHONY: build test year dev serve lint bench clean

PORT ?= 8000
export HUB_HOME ?= data
ifdef FEEDS
export HUB_FEEDS = $(FEEDS)
endif
ifdef PRESET
export HUB_PRESET = $(PRESET)
endif
export DAGSTER_DISABLE_TELEMETRY = 1

READY := .venv/.ready
BIN := .venv/bin
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

$(READY): pyproject.toml constraints.txt
	@for python in "$(PYTHON)" python3 python3.13 python3.12 python3.11 none; do \
	  "$$python" -c '$(FITS)' 2>/dev/null && break || true; \
	done; \
	if [ "$$python" = none ]; then \
	  echo "The hub needs Python 3.11, 3.12 or 3.13, and none was found. Install one, or name it: make PYTHON=..." >&2; \
	  exit 1; \
	fi; \
	echo "Setting up .venv with $$("$$python" --version) (a few minutes, once)"; \
	"$$python" -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@# Without compiled files every start takes half as long again.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q .venv/lib >/dev/null 2>&1 || true
	@# What dbt reads of the project is kept with it; a project that cannot be read is told of by the build.
	@$(BIN)/python -m orchestration.lib.dbt 2>/dev/null || true
	@touch $(READY)

build: $(READY)
	@$(BIN)/hub build

# The long files come first, in the order they are found, and the many short ones fill up what is left.
test: lint
	@env -u HUB_FEEDS -u HUB_HOME -u HUB_PRESET $(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

# Ten minutes of the real daemon: too long beside all else.
year: $(READY)
	@env -u HUB_FEEDS -u HUB_HOME -u HUB_PRESET $(BIN)/pytest -m year tests/pipeline/test_unattended_year.py

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

dev: $(READY)
	@mkdir -p "$(HUB_HOME)/dagster"
	@cp orchestration/dagster.yaml "$(HUB_HOME)/dagster/dagster.yaml"
	@DAGSTER_HOME="$$(cd "$(HUB_HOME)/dagster" && pwd)" $(BIN)/dagster dev -m orchestration.definitions

serve: $(READY)
	@$(BIN)/hub serve --port $(PORT)

bench: $(READY)
	@$(BIN)/python -m benchmarks.run

clean:
	rm -rf .venv .ruff_cache .pytest_cache .hypothesis
