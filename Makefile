# Needs make and Python 3.11 or newer (with pip and venv); everything else is fetched into .venv.
# Choose the interpreter with: make PYTHON=/path/to/python3.11 …

export PYTHON
export UV_PYTHON_DOWNLOADS := never
# compiled modules are kept even where the environment forbids it: without them every test process compiles 300 files anew
export PYTHONDONTWRITEBYTECODE :=
BIN := .venv/bin
SOURCES := bot config core documents handlers storage tests tools $(wildcard bench)
WORKERS ?= 2
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help venv demo test soak lint check bench lock format clean

help: ## says what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: ## makes .venv with everything in it; quick when nothing changed
	@tools/venv.sh dev

demo: ## the whole bot on this computer, talked to in the browser; no token, no account (ARGS="--port 9000")
	@tools/venv.sh runtime
	@exec $(BIN)/dondoc demo $(ARGS)

test: venv ## every test but the soak; fetches what they need (ARGS="tests/core -x")
	@tools/system-packages.sh
	@$(BIN)/python -m pytest -q -m "not soak" -n $(WORKERS) --dist worksteal $(ARGS)

soak: venv ## the long ones: all the kills, all the seeds
	@tools/system-packages.sh
	@$(BIN)/python -m pytest -q -m soak $(ARGS)

lint: venv ## style, types and import contracts
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## all a change must pass: lint, then test

bench: venv ## what a command costs and how messages leave, against the bare least that could do it
	@$(BIN)/python -m bench $(ARGS)

format: venv ## writes the code the way lint wants it
	@$(BIN)/ruff check --fix-only $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

lock: venv ## pins pyproject's dependencies with hashes (UPGRADE=1 takes newer ones)
	@tools/lock.sh

clean: ## removes .venv and what the tools remember; never data/
	@rm -rf .venv .stamps .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
