# `make` lists the targets. Everything runs in .venv, which `make setup` makes and keeps up to date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNNABLE := $(VENV)/.runnable
INSTALLED := $(VENV)/.installed
# What each requirements*.in asks for is locked in the .txt of its name, down to the last package, with hashes.
LOCKED := requirements requirements-package requirements-deploy requirements-run requirements-dev requirements-emulator
PIP_INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
# Arguments, as in: make run ARGS="--port 9000", make test ARGS="-k orders", make lock ARGS="--upgrade"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test check quick lint types format lock audit clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(INSTALLED) ## make .venv and install what development needs

$(INSTALLED): $(RUNNABLE) requirements-dev.txt
	@echo "Installing what development needs into $(VENV) …"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

$(RUNNABLE): requirements-run.txt
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is not installed." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is older: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing into $(VENV) …"
	@$(PIP_INSTALL) -r requirements-run.txt
	@touch $@

run: $(RUNNABLE) ## serve the API on http://127.0.0.1:8000 with demo data (ARGS="--help")
	@exec $(BIN)/python manage.py local $(ARGS)

test: check ## lint, types and tests, each if the one before passed; prints what no test runs

check: setup
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python $(if $(ARGS),,-m slipcover) -m pytest -n auto --dist loadgroup $(ARGS)

quick: setup ## lint, types and the quick tests: what to run before a commit
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/python -m pytest -n auto -m "not slow and not engine and not races and not deployed" $(ARGS)

lint: setup ## look for defects and for another layout than ruff's
	@$(BIN)/python -m ruff check --quiet --output-format concise .
	@$(BIN)/python -m ruff format --check --quiet .

types: setup ## check the types of what is deployed, of the commands, and of what tests stand on
	@$(BIN)/python -m mypy

format: setup ## let ruff rewrite the code
	@$(BIN)/python -m ruff format --quiet .
	@$(BIN)/python -m ruff check --quiet --fix .

lock: setup ## lock what requirements*.in ask for (ARGS="--upgrade" takes newer versions)
	@for name in $(LOCKED); do \
		$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--emit-build-options $$name.in --output-file $$name.txt $(ARGS) || exit 1; \
	done

audit: setup ## look for known vulnerabilities in what is locked
	@$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements-dev.txt
	@$(BIN)/python -m pip_audit --require-hashes --disable-pip -r requirements-emulator.txt

clean: ## remove .venv and what was generated, but for the engines in .engines
	rm -rf $(VENV) build .coverage.json .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
