# Two commands on a fresh machine with Python and make: `make demo` and `make test`. Both keep to .venv/ in this folder.

PYTHON ?= python3
export PATH := $(or $(PATH),/usr/local/bin:/usr/bin:/bin)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SDKS := $(VENV)/sdks
DEMO := $(VENV)/demo
SPEEDUPS := $(VENV)/speedups
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-package costmark pyproject.toml
CODE := lint_plugin cost_lib tests scripts examples

.DEFAULT_GOAL := help
.PHONY: help demo test format lint types contracts unit properties pure sanitize pages dogfood matrix spark s3 wheel lock clean

help:
	@echo "make demo   lint, tag, run and report on the sample application in examples/"
	@echo "make test   everything that a change must pass"
	@echo "make format write the code in the project's format, and the generated pages"
	@echo "make properties  generated programs, for some ten minutes"
	@echo "make pure   the tests of the run time without its compiled part"
	@echo "make sanitize  some of them with a compiled part that watches its memory (needs gcc and its sanitizers)"
	@echo "make matrix the real SDKs, several majors each, against a local server"
	@echo "make spark  every report on a Spark cluster of two workers on the loopback (needs Java)"
	@echo "make s3     a ledger in a bucket: DuckDB's own extension against a server of S3 on the loopback"
	@echo "make lock   choose newer versions of the tools that make test installs"
	@echo "make clean  remove what the others made"

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"costmark needs Python 3.11 or newer, {sys.executable} is {sys.version.split()[0]}: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# what every call passes is compiled where there is a compiler
$(SPEEDUPS): $(READY) $(wildcard cost_lib/speedups/*) scripts/build_speedups.py
	@$(BIN)/python scripts/build_speedups.py || echo "nothing was compiled: the same runs in Python (docs/metering.md, The compiled part)"
	@touch $@

# what the catalog is held against
$(SDKS): $(READY) requirements-sdks.lock
	$(PIP) --require-hashes -r requirements-sdks.lock
	@touch $@

# the SDKs of the two providers that the bot asks, and what the report is made with
$(DEMO): $(READY) requirements-demo.lock
	$(PIP) --require-hashes -r requirements-demo.lock
	@touch $@

demo: $(DEMO) $(SPEEDUPS)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: lint types contracts pages dogfood unit wheel
	@echo "make test: everything passed"

format: $(READY)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/python scripts/pages.py

lint: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types: $(SDKS)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

pages: $(READY)
	$(BIN)/python scripts/pages.py --check

dogfood: $(READY)
	$(BIN)/costmark check

unit: $(SDKS) $(SPEEDUPS)
	$(BIN)/coverage erase
	PYTHONDEVMODE=1 $(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# generated programs for as long as it takes: some ten minutes
properties: $(SDKS)
	COSTMARK_PROPERTIES=long $(BIN)/python -m pytest tests/properties

pure: $(SDKS)
	COSTMARK_PURE=1 $(BIN)/python -m pytest tests/runtime

# a build of its own, beside the one in use
sanitize: $(SDKS)
	$(BIN)/python scripts/sanitize.py

# every SDK in an environment of its own under .matrix/: minutes the first time, and not part of `make test`
matrix: $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python tests/matrix/run.py --write

# a real cluster on the loopback; pyspark is in no lock, Java 17 or later has to be there
spark: .spark/ready
	.spark/bin/python benchmarks/spark.py

.spark/ready: pyproject.toml
	$(PYTHON) -m venv --clear .spark
	.spark/bin/python -m pip install -qq --disable-pip-version-check --editable '.[report]' '$(or $(PYSPARK),pyspark>=4)'
	@touch $@

# a server of S3 on the loopback; both pins are of one version of DuckDB, whose extension is a package of its own
s3: .s3/ready
	.s3/bin/python -m pytest -q -p no:cacheprovider tests/ledger/test_buckets.py

.s3/ready: pyproject.toml
	$(PYTHON) -m venv --clear .s3
	.s3/bin/python -m pip install -qq --disable-pip-version-check --editable '.[report,lint]' \
		duckdb==1.5.5 duckdb-extension-httpfs==1.5.5 'moto[server]' pytest hypothesis
	@touch $@

wheel: $(READY)
	$(BIN)/python scripts/try_wheel.py

lock: $(READY)
	$(LOCK) --upgrade --extra dev --extra sdks --output-file requirements-sdks.lock
	$(LOCK) --upgrade --extra dev --constraint requirements-sdks.lock --output-file requirements.lock
	$(LOCK) --upgrade --extra demo --constraint requirements-sdks.lock --output-file requirements-demo.lock

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .costmark_cache
