# What a newcomer needs: `make run` and `make test`. Each sets up what it needs by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint format catalogues bench eval picture clean

help: ## Show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/ready ## Start: the Telegram bot if there is a token, else a chat in the terminal
	@$(BIN)/python -m bot

test: $(VENV)/ready-to-develop ## Run the tests
	$(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 8 --dist worksteal

lint: $(VENV)/ready-to-develop ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/ready-to-develop ## Put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

catalogues: $(VENV)/ready-to-develop ## Bring changed sentences of bot/texts.py into the catalogues of bot/locale
	$(BIN)/python -m tools.catalogues

bench: $(VENV)/ready-to-develop ## Measure the speed of starting, building, asking, reloading, and answering in Telegram
	$(BIN)/python -m benchmarks.asking
	$(BIN)/python -m benchmarks.scale --small
	$(BIN)/python -m benchmarks.counting
	$(BIN)/python -m benchmarks.starting --rounds 3
	$(BIN)/python -m benchmarks.telegram --small
	$(BIN)/python -m benchmarks.reload_load --reloads 3 --articles 100
	$(BIN)/python -m benchmarks.reloading 500

eval: $(VENV)/ready-to-develop ## Measure the answers: about seeds/, or about sets of your own with SETS=FOLDER
	$(BIN)/python -m benchmarks.quality $(SETS)

picture: $(VENV)/ready-to-develop ## Draw docs/answer.svg anew, from a real answer
	$(BIN)/python -m benchmarks.picture

clean: ## Remove what was set up and built here
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up $(VENV), this once ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/ready-to-develop: $(VENV)/ready
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@
