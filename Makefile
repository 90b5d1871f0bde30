# make run: the course; make test: all tests; make check: everything that CI looks at.
# make cluster-test: grading on a Dask cluster of this machine, whose workers and schedulers are killed.
# uv is used where there is one, else pip; requirements.lock pins what was tested.
# Of two test processes, the one that is done first takes over from the other; dealt out in advance, the last one worked
# up to half a minute longer.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
TEST = $(BIN)/python -m pytest -n 2 --dist worksteal

ifdef UV
  MAKE_VENV = uv venv --quiet --allow-existing $(VENV)
  INSTALL = uv pip install --quiet --python $(BIN)/python
else
  MAKE_VENV = $(PYTHON) -m venv $(VENV)
  INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.PHONY: run test check cluster-test bench lock clean

run: $(VENV)/.installed
	@$(BIN)/mlcourse

test: $(VENV)/.dev
	$(TEST)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(TEST)
	$(BIN)/mlcourse check

cluster-test: $(VENV)/.dev
	$(BIN)/python -m pytest -m cluster tests/course/classes tests/course/cli/classes

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

lock:
	uv pip compile --quiet --universal --extra dev --no-annotate --no-emit-index-url --no-header pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) dist build

$(VENV)/.installed: pyproject.toml requirements.lock
	@$(MAKE_VENV)
	@$(INSTALL) -c requirements.lock -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	@$(INSTALL) -c requirements.lock -e '.[dev]'
	@touch $@
