# Everything below needs Python 3.11+ and make, nothing else. `make help` lists the targets.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
RUN := $(VENV)/bin/python
OLDEST := $(VENV)-oldest
OLDEST_TOOLS := ^(pytest|pytest-xdist|hypothesis|scipy|jsonschema|csvw|openpyxl|esda|inequality|libpysal|pointpats|scikit-learn|networkx)==

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
# Where this is set nothing that is compiled is kept, and each of many processes compiles it all.
unexport PYTHONDONTWRITEBYTECODE

# Stamps carry a checksum of what they stand for: an unchanged set of requirements costs nothing,
# a changed one, another Python or a moved folder is installed anew.
checksum = $(shell { $(1); } 2>/dev/null | cksum | cut -d' ' -f1)
PYTHON_STAMP := $(VENV)/.stamp-python-$(call checksum,pwd; $(PYTHON) -VV)
RUN_STAMP := $(VENV)/.stamp-run-$(call checksum,cat requirements.txt)
BENCH_STAMP := $(VENV)/.stamp-bench-$(call checksum,cat requirements.txt requirements-dev.txt requirements-bench.txt)
DEV_STAMP := $(VENV)/.stamp-dev-$(call checksum,cat requirements.txt requirements-dev.txt)

# Present while pip writes. If it is still there, an install was interrupted: start over.
INSTALLING := $(VENV)/.installing

# An archive of `make bundle` brings its packages along: no registry is asked then.
CARRIED := $(if $(wildcard wheels),--no-index --find-links wheels)

define install # requirements file, stamp, pattern of the stamps it replaces
	@echo "Installing $(1) into $(VENV) ..."
	@rm -f $(3)
	@touch $(INSTALLING)
	@# Python compiles what it imports, once; compiling all that is installed takes half of the time.
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-input --no-compile $(CARRIED) -r $(1) < /dev/null
	@rm -f $(INSTALLING)
	@touch $(2)
endef

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | \
		awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo "  PYTHON=python3.12 chooses the interpreter, PORT=8080 the port of make run."

.PHONY: run
run: $(RUN_STAMP) assets ## install what is missing and serve the app on PORT (8501)
	@echo "Chuangtu: http://localhost:$(PORT) (stop with Ctrl-C)"
	@# Two arenas: the C library else keeps freed memory apart for every thread, 25 MB in all. Blocks of
	@# a megabyte go back to the system when they are freed: pictures of maps are some tens of them.
	@exec env MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 $(RUN) -m streamlit run app.py --server.port $(PORT) < /dev/null

.PHONY: test
test: $(DEV_STAMP) ## install what the tests need and run every check
	@$(RUN) scripts/system_tools.py --install
	@$(MAKE) --no-print-directory check

.PHONY: check
check: $(DEV_STAMP) test-assets ## lint, types, import directions, docstrings, the guide and tests, with everything installed already
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint types docs
	$(RUN) -m pytest -n 2 --durations=15

.PHONY: lint
lint: $(DEV_STAMP) test-assets
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) scripts/check_scripts.py
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/numpydoc lint $$(find geo -name '*.py')

.PHONY: types
types: $(DEV_STAMP)
	$(RUN) -m mypy

.PHONY: docs
docs: $(DEV_STAMP) ## build the guide and the reference of geo into build/docs
	@rm -rf docs/reference
	$(RUN) -m sphinx --fail-on-warning --keep-going --quiet docs build/docs
	@echo "build/docs/index.html"

.PHONY: oldest
oldest: $(DEV_STAMP) ## test geo with the oldest packages that pyproject.toml allows
	@$(VENV)/bin/uv venv --quiet --clear --python $(RUN) $(OLDEST)
	@$(VENV)/bin/uv pip install --quiet --python $(OLDEST) --resolution lowest-direct \
		--only-binary :all: -r pyproject.toml --extra postgis --extra cluster --extra osm $$(grep -E '$(OLDEST_TOOLS)' requirements-dev.txt)
	@# pyproj takes a single position apart in a way that NumPy before 2.4 warns of.
	@$(OLDEST)/bin/python -m pytest -n 2 --confcutdir tests/geo --hypothesis-profile ci \
		-W "ignore:Conversion of an array with ndim:DeprecationWarning" tests/geo

.PHONY: bench
bench: $(BENCH_STAMP) assets ## measure speed and memory against peers and targets, and write docs/benchmarks.md
	@$(RUN) scripts/system_tools.py --install --bench
	@# A program with a template beside it writes a section of the page.
	@status=0; for program in $(wildcard benchmarks/[a-z]*.py); do \
		echo "== $$program"; write=; [ ! -f "$${program%.py}.md" ] || write=--write; \
		PYTHONPATH=. $(RUN) "$$program" $$write || status=1; \
	done; exit $$status

.PHONY: bundle
bundle: $(RUN_STAMP) assets ## pack all that a server without a network needs into one archive
	@PYTHONPATH=. $(RUN) -m scripts.offline_bundle

.PHONY: screenshots
screenshots: $(DEV_STAMP) assets ## take the pictures of the README
	@$(RUN) scripts/system_tools.py --install
	@PYTHONPATH=. $(RUN) scripts/screenshots.py

.PHONY: assets
assets: $(RUN_STAMP)
	@$(RUN) scripts/install_assets.py

.PHONY: test-assets
test-assets: $(RUN_STAMP)
	@$(RUN) scripts/install_assets.py --tests

.PHONY: clean
clean: ## remove the environment, the web assets and all caches
	rm -rf $(VENV) $(OLDEST) node_modules build docs/reference test-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON_STAMP): $(if $(wildcard $(INSTALLING)),FORCE)
	@$(PYTHON) -c '' 2> /dev/null || { \
		echo "Chuangtu needs Python 3.11 or newer; '$(PYTHON)' was not found or does not start." >&2; \
		echo "Install it, or name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Chuangtu needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V)." >&2; \
		echo "Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "Could not create $(VENV). On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(RUN_STAMP): $(PYTHON_STAMP)
	$(call install,requirements.txt,$@,$(VENV)/.stamp-run-* $(VENV)/.stamp-dev-*)

$(DEV_STAMP): $(RUN_STAMP)
	$(call install,requirements-dev.txt,$@,$(VENV)/.stamp-dev-*)

$(BENCH_STAMP): $(DEV_STAMP)
	$(call install,requirements-bench.txt,$@,$(VENV)/.stamp-bench-*)

.PHONY: FORCE
FORCE:
