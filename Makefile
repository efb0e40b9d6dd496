# The everyday commands. `make help` lists them.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
ETABLI := $(BIN)/python wsgi.py

.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(VENV)/installed ## Install, set up, load the demonstration into an empty database, serve (texts are read aloud meanwhile)
	@$(ETABLI) setup --demo --address http://$(HOST):$(PORT)
	@$(ETABLI) speech >/dev/null 2>&1 &
	@LMS_DEVELOPMENT=$${LMS_DEVELOPMENT:-no} $(ETABLI) serve --host $(HOST) --port $(PORT)

test: $(VENV)/installed-tests browser ## Run every test
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup

sure: $(VENV)/installed-tests ## Format, lint, types, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test

format: $(VENV)/installed-tests ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/installed-tests ## Measure speed, as ratios against a floor in the same run
	@$(BIN)/python -m bench

pictures: $(VENV)/installed-tests browser ## Take the pictures of the README from the demonstration
	@$(BIN)/python -m bench.pictures

browser:
	@sh deploy/find-browser.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Établi needs Python 3.11 or later: PYTHON=python3.12 make …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment: install its venv package (Debian: apt-get install python3-venv)"; exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Établi needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-tests: tests/requirements.txt $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

clean: ## Remove the virtual environment and caches, never the data
	@rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis

.PHONY: help run test sure format bench pictures browser clean
