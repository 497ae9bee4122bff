# Everything a person needs. `make` alone lists it. Each command sets up what it lacks.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
STAMP := $(VENV)/.installed
ASSETS := $(VENV)/.assets
STATIC := src/floorwalker/kernel/static
SAMPLE ?= harbour
PORT ?= 8000
SAMPLE_HOME ?= $(abspath .cache)/$(SAMPLE)
export UV_PYTHON_DOWNLOADS := never
# Companies often sign their own proxies: trust what the machine trusts, as pip does.
export UV_SYSTEM_CERTS := true
export VIRTUAL_ENV := $(abspath $(VENV))

.DEFAULT_GOAL := help
.PHONY: help setup run work demo-reset migration test check fix prove bench docs lock clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(STAMP) $(ASSETS) ## make .venv with the floorwalker command and the files the pages load

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@sh tools/system-packages venv "$(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# uv when there is one for this machine, else pip with the same lock; hashes are checked either way. Byte code is
# written now, as pip does by itself: the suite starts processes for every job, and each would compile its imports.
$(STAMP): $(VENV)/.made requirements.lock pyproject.toml
	@if $(BIN)/pip install -q --only-binary=:all: "uv==$(UV_VERSION)"; then \
	  $(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements.lock && \
	  $(BIN)/uv pip install -q --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/pip install -q --require-hashes -r requirements.lock && \
	  $(BIN)/pip install -q --no-deps --no-build-isolation -e . ; \
	fi
	@$(BIN)/python tools/warm.py
	@touch $@

# The named files from npm, into a folder git ignores; a Node of 20 or newer, or one from a wheel.
$(ASSETS): $(STAMP) package.json package-lock.json .npmrc requirements-node.lock tools/assets.py $(STATIC)/floorwalker/icons.txt
	@$(BIN)/python tools/assets.py
	@touch $@

run: setup ## serve the suite with a made-up centre on http://localhost:8000 (SAMPLE=corner or none, PORT=8000)
	@FLOORWALKER_HOME="$(SAMPLE_HOME)" $(BIN)/floorwalker up --sample $(SAMPLE) --port $(PORT)

work: setup ## a second worker for the suite that runs
	@FLOORWALKER_HOME="$(SAMPLE_HOME)" $(BIN)/floorwalker work

demo-reset: setup ## forget the sample centre, so that the next run makes it anew
	@FLOORWALKER_HOME="$(SAMPLE_HOME)" $(BIN)/floorwalker db stop
	@rm -rf "$(SAMPLE_HOME)"

test: setup ## everything a change must pass (some 17 minutes on two cores)
	@sh tools/system-packages chromium || true
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n 3 --dist worksteal

check: setup ## lint, types and layers; changes nothing
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo

fix: setup ## format and mend what a machine can
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --fix --quiet

prove: setup ## the long proofs: every zone, kills, many seeds
	@$(BIN)/pytest -n 2 --prove

bench: $(VENV)/.bench ## speed and accuracy beside the peers, in one run (FULL=1 for the reported figures)
	@$(BIN)/python -m benchmarks $(if $(FULL),--full)

$(VENV)/.bench: $(STAMP) requirements-bench.lock
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install -q --compile-bytecode --require-hashes -r requirements-bench.lock; \
	 else $(BIN)/pip install -q --require-hashes -r requirements-bench.lock; fi
	@touch $@

migration: setup ## write the changes of tables that the models ask for
	@$(BIN)/python -m floorwalker.project.manage makemigrations

docs: setup ## write the generated reference pages anew
	@$(BIN)/python tools/reference.py

messages: setup ## collect the words of the pages for translators (TO=de for one language)
	@command -v xgettext >/dev/null || { echo "Translating needs the gettext tools: apt-get install gettext (or brew install gettext), then make messages again"; exit 1; }
	@mkdir -p src/floorwalker/locale
	@cd src/floorwalker && $(abspath $(BIN))/python -m floorwalker.project.manage makemessages --keep-pot --no-wrap --no-location --locale $(or $(TO),en)
	@echo "The words stand in src/floorwalker/locale; translate a .po file and compile it with msgfmt"

lock: setup ## resolve the dependencies anew (needs a registry)
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links pyproject.toml --extra web --group dev -o requirements.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links -c requirements.lock pyproject.toml --extra web --group dev --group bench \
	  -o requirements-bench.lock

clean: ## remove what the commands above made
	@rm -rf $(VENV) $(OUT) $(STATIC)/vendor .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
