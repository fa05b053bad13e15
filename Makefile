# Each goal does the set-up that it needs. `make demo` and `make test` are all that a newcomer types.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
DEBIAN := python3-venv libfribidi0 chromium fonts-noto-color-emoji
SHELL := /bin/bash

.PHONY: help install demo run test lint types unit bench faults pictures bundle lock debian clean

help:
	@echo "make demo      try it: everything on this machine, no token, no server"
	@echo "make test      types, lint and all tests"
	@echo "make run       the service, with the tokens in .env"
	@echo "also: install lint bench faults pictures bundle lock"

# What the service needs.
$(VENV)/.installed: requirements.lock
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || (echo "Please type: sudo apt-get install python3-venv" && false)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# What tests and benchmarks need besides.
$(VENV)/.developed: requirements-dev.lock $(VENV)/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.installed

# Debian's packages, where that may be done; otherwise the one line to type.
debian:
	@for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  else echo "Please type: sudo apt-get install$$missing"; exit 1; fi; fi

demo: install
	$(PY) bot.py demo

run: install
	$(PY) bot.py run

lint: $(VENV)/.developed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

test: debian $(VENV)/.developed lint
	$(PY) -m pytest -q -n 3 --dist worksteal  # the tests wait more than they work: three keep two cores busy

# What we compare with lives in an environment of its own.
.venv-bench/.installed: benchmarks/requirements.lock
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@echo '*' > .venv-bench/.gitignore
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	@touch $@

bench: $(VENV)/.developed .venv-bench/.installed
	$(PY) -m benchmarks

faults: DEBIAN := $(DEBIAN) strace
faults: debian $(VENV)/.developed
	$(PY) -m tests.faults

pictures: debian $(VENV)/.developed
	$(PY) -m tests.pictures

# All that a machine without the network needs, in one file.
bundle: install
	deploy/bundle.sh

lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-emit-find-links --python-version 3.11 \
	  --custom-compile-command "make lock" --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
