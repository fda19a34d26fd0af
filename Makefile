# One setup rule (the venv, renewed when requirements-dev.txt changes); everything else is one line.
VENV := .local/venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/ready
BENCH_READY := $(VENV)/bench-ready
LOCAL := $(PYTHON) -m deploy.local
BASE_PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell command -v $(name))))

# Tests have servers of their own, on other ports, begun empty: they never meet the running platform.
TEST_HOME := $(CURDIR)/.local/test
TEST_LOCAL := BEGAWI_HOME=$(TEST_HOME) BEGAWI_PORT=18080 $(LOCAL)
define PYTEST
	@$(TEST_LOCAL) down 2>/dev/null && rm -rf $(TEST_HOME)
	@$(PYTHON) -c "from services.matching.pool.model import Pool; Pool.warm()"
	@$(TEST_LOCAL) servers $(PYTHON) -m pytest $(1) $(PYTEST_ARGS)
endef
FROM ?= registry
TO ?= matching
DO ?= list

-include .env
export BEGAWI_HOME BEGAWI_PORT MONGO_URL AMQP_URL
# What is not set must not reach a process as an empty text.
SETTABLE := PUBLIC_URL TRUSTED_PROXIES SMTP_URL MAIL_FROM SPOOL_DIR LIMIT_PER_ADDRESS LIMIT_PER_PERSON LIMIT_PER_CLIENT
$(foreach name,$(SETTABLE),$(if $($(name)),$(eval export $(name))))

.DEFAULT_GOAL := help
.PHONY: help run up down status seed code explain rotate-keys rotate-data-keys test verify bench evaluate lint types format replay import-esco spectral dead-letters secrets requirements

help:  ## say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY)  ## start the platform with the demo's people, stay until Ctrl-C, stop it
	@$(LOCAL) run

up: $(READY)  ## start the platform in the background and return when it is ready
	@$(LOCAL) up

down: $(READY)  ## stop all of it
	@$(LOCAL) down

status: $(READY)  ## processes, queues, outboxes, and what is wrong with them
	@$(LOCAL) status

seed: $(READY)  ## bring the demo's people into the running platform, if they are not in it
	@$(LOCAL) exec $(PYTHON) -m deploy.demo

code: $(READY)  ## the one-time code of the demo's officer and admin, as their phone would show it
	@$(LOCAL) exec $(PYTHON) -m deploy.demo code

rotate-keys: $(READY)  ## let a new key sign tokens; the old one is believed for another hour
	@$(LOCAL) rotate-keys

rotate-data-keys: $(READY)  ## wrap the keys of personal data with a new master key
	@$(LOCAL) rotate-data-keys

replay: $(READY)  ## send every current state again: make replay FROM=registry TO=matching
	@$(LOCAL) exec $(PYTHON) -m services.$(FROM).replay --to $(TO)

import-esco: $(READY)  ## import ESCO's skills: make import-esco FILE=skills.csv BROADER=skill_broader.csv
	@$(LOCAL) exec $(PYTHON) -m services.registry.taxonomies import-esco "$(FILE)" $(if $(BROADER),"$(BROADER)")

spectral: $(READY)  ## lint the OpenAPI documents of the running platform (needs npx and a network)
	@for name in registry vacancies matching identity; do $(LOCAL) exec sh -c \
		"curl -sf \$$BEGAWI_URL/api/$$name/v1/openapi.json -o .local/$$name.openapi.json"; done
	@npx --yes @stoplight/spectral-cli lint .local/*.openapi.json

explain: $(READY)  ## explain a list of candidates that was shown: make explain LIST=its-id
	@$(LOCAL) exec $(PYTHON) -m services.matching.explain $(LIST)

dead-letters: $(READY)  ## list what is dead or unheard, with its reason; send it again: make dead-letters DO=resend
	@$(LOCAL) exec $(PYTHON) -m services.common.letters $(DO)

test: $(READY)  ## all tests but the heavy ones: make test PYTEST_ARGS='tests/registry -k certificate'
	$(call PYTEST,-n 2)

verify: $(READY)  ## the heavy tests: many kills, long fuzzing, big files
	$(call PYTEST,-m verify)

bench: $(BENCH_READY)  ## measure the engine beside its peers, events, relay, gateway, writes: make bench PARTS=matching BENCH_PEOPLE=1000000
	@$(TEST_LOCAL) servers $(PYTHON) -m tests.benchmarks $(PARTS)

evaluate: $(READY)  ## does the score rank better than plain ways to rank, on ours and on ESCO's skills (2 minutes)
	@$(PYTHON) -m tests.evaluation

lint: $(READY) types  ## what must hold before a commit: rules, format, types, who imports whom, dependencies
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@$(VENV)/bin/lint-imports
	@$(VENV)/bin/deptry .

types: $(READY)  ## check the types
	@$(VENV)/bin/mypy

format: $(READY)  ## lay the code out, and mend what can be mended
	@$(VENV)/bin/ruff check --fix-only
	@$(VENV)/bin/ruff format

secrets: $(READY)  ## make the keys that are missing under .local/secrets; compose.yaml needs them
	@$(LOCAL) secrets

COMPILE = CUSTOM_COMPILE_COMMAND="make requirements" $(VENV)/bin/pip-compile -q --generate-hashes --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate
requirements: $(READY)  ## pin the newest packages that pyproject.toml allows
	@$(COMPILE) -o requirements.txt pyproject.toml
	@$(COMPILE) --extra matching -c requirements.txt -o requirements-matching.txt pyproject.toml
	@$(COMPILE) --allow-unsafe --extra local --extra dev --extra matching -c requirements-matching.txt \
		-o requirements-dev.txt pyproject.toml
	@$(COMPILE) --extra bench -c requirements-dev.txt -o requirements-bench.txt pyproject.toml

# The files pin the whole closure, so pip need not resolve anything (an old pip would pick newer, unpinned versions of
# what is asked for with extras). The stamp comes last: an installation that was interrupted is done again.
$(READY): requirements-dev.txt
	@$(BASE_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(BASE_PYTHON) --version)." >&2; exit 1; }
	@$(BASE_PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "  installing Python packages into $(VENV) (a minute, the first time) …" >&2
	@$(BASE_PYTHON) -m venv $(VENV)
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

# A peer that cannot be installed is left out of what is measured, and named there.
$(BENCH_READY): $(READY) requirements-bench.txt
	@echo "  installing what the engine is measured beside …" >&2
	@$(PYTHON) -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.txt \
		&& touch $@ || echo "  it could not be installed" >&2
