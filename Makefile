# Two commands are enough: `make run` and `make test`. Each sets up what it needs first; see README.md.
.DEFAULT_GOAL := help
.PHONY: help setup run test checks tests quality fix bench lock clean-data ready-to-run ready-to-test

PYTHON ?= python3
IN_VENV := .venv/bin/python
WITH_SERVERS := $(IN_VENV) -m tools.with_servers

help:            ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

setup: ready-to-test  ## everything for running and testing

run: ready-to-run  ## the whole application with demo data on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(IN_VENV) -m tools.run

test: checks tests  ## the checks that must hold, then every test, browser tests included

checks: ready-to-test  ## the checks alone
	@$(WITH_SERVERS) $(IN_VENV) -m tools.checks

tests: ready-to-test  ## the tests alone; ARGS goes to pytest, as in make tests ARGS="tests/casework -x"
	@$(WITH_SERVERS) $(IN_VENV) -m pytest -n 2 --dist worksteal $(ARGS)

quality: ready-to-test  ## the checks, and those that take longer: types, templates, migrations, known security holes
	@$(WITH_SERVERS) $(IN_VENV) -m tools.checks --all

fix: ready-to-test  ## puts code and templates into the house's form
	@$(IN_VENV) -m ruff check --fix .
	@$(IN_VENV) -m ruff format .
	@$(IN_VENV) -m djlint --reformat --quiet templates

bench: ready-to-test  ## how time grows with the number of cases; ARGS=2000 begins with more of them
	@$(WITH_SERVERS) $(IN_VENV) -m tools.bench $(ARGS)

lock: ready-to-test  ## renews requirements.txt and requirements-dev.txt from pyproject.toml
	@$(IN_VENV) -m tools.lock

clean-data:      ## removes the demo database and all else in var/; the next make run starts afresh
	@$(IN_VENV) -m tools.clean_data

ready-to-run:
	@$(PYTHON) -m tools.set_up run

ready-to-test:
	@$(PYTHON) -m tools.set_up test
