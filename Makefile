# `make` lists the targets. Everything runs in .venv, which `make setup` makes and keeps up to date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNNABLE := $(VENV)/.runnable
INSTALLED := $(VENV)/.installed
# Arguments to `make run` and `make test`, as in: make run ARGS="--port 9000", make test ARGS="-k orders"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint types format clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## make .venv and install what development needs

$(INSTALLED): $(RUNNABLE) requirements-dev.txt
	@echo "Installing what development needs into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(RUNNABLE): requirements.txt requirements-run.txt
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is not installed." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is older: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-run.txt
	@touch $@

run: $(RUNNABLE) ## serve the API on http://127.0.0.1:8000 with demo data (ARGS="--help")
	@exec $(BIN)/python manage.py local $(ARGS)

test: check ## lint, types and tests, each if the one before passed

check: setup
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

lint: setup ## look for defects and for another layout than ruff's
	@$(BIN)/python -m ruff check --quiet --output-format concise .
	@$(BIN)/python -m ruff format --check --quiet .

types: setup ## check the types of what is deployed, of the commands, and of what tests stand on
	@$(BIN)/python -m mypy

format: setup ## let ruff rewrite the code
	@$(BIN)/python -m ruff format --quiet .
	@$(BIN)/python -m ruff check --quiet --fix .

clean: ## remove .venv and what was generated, but for the engines in .engines
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
