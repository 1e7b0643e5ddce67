# `make` lists what there is. Everything below is quick when nothing has changed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test test-long pictures check fix clean lock bench clauses messages docs
.SILENT:

LAUNCH := .venv/bin/python -m tongxing.launch

help: ## Show this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Install what is needed and serve the demo town at http://127.0.0.1:8000 (TONGXING_PORT)
	bin/bootstrap && exec $(LAUNCH) demo

test: ## Install what the tests need and run them all (ARGS="-k name" narrows)
	bin/bootstrap dev && exec $(LAUNCH) test $(ARGS)

test-long: ## Run the long campaigns too
	bin/bootstrap dev && exec $(LAUNCH) test --long $(ARGS)

check: ## Style, types, import contracts, migrations, translations, freshness of the docs
	bin/bootstrap dev && exec $(LAUNCH) check

fix: ## Put right what can be put right without thinking
	bin/bootstrap dev && exec $(LAUNCH) fix

pictures: ## Take the README's pictures anew, in the browser
	bin/bootstrap dev && exec $(LAUNCH) test tests/journeys --pictures

clauses: ## How many rows of the contract have a passing test, and which have none
	bin/bootstrap dev && exec $(LAUNCH) clauses

bench: ## Run every benchmark (ARGS="import_roster" for one)
	bin/bootstrap dev && exec $(LAUNCH) bench $(ARGS)

messages: ## Gather new texts for translation into the catalogues
	bin/bootstrap dev && exec $(LAUNCH) messages

docs: ## Write the generated pages of docs/reference anew
	bin/bootstrap dev && exec $(LAUNCH) docs

lock: ## Resolve the requirements anew, with hashes and without addresses
	bin/bootstrap dev && exec $(LAUNCH) lock

clean: ## Stop the server; remove everything built here, the demo's data included
	bin/clean
