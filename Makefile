# Two commands matter: `make demo` shows Tenfold on real history, `make test` proves it.
# Everything stays in .venv and in folders that git ignores; each step runs again only when what it rests on changed.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/installed
JARS := infra/kafka/target/resolved

.PHONY: setup system tools check test faults demo bench verify-data docs lock clean

setup: $(INSTALLED) $(JARS)  ## All that Tenfold needs on this machine

demo: setup  ## The Rust example, or a repository of yours: make demo [ONCE=1] [REPO=path]
	$(BIN)/tenfold demo $(if $(ONCE),--once) $(if $(REPO),--repo "$(REPO)")

check: $(INSTALLED)  ## What to run all day: seconds
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/unit --quiet --numprocesses 2

# Kafka starts a dozen times, so compiling it well would cost more. A file's tests stay together, and in their order.
# Most of them wait: three processes keep two cores busy.
test: export JAVA_TOOL_OPTIONS = -XX:TieredStopAtLevel=1
test: setup tools check  ## Everything, with a real Kafka and a real PostgreSQL in each of three processes
	$(BIN)/python -m pytest --ignore tests/unit --numprocesses 3 --dist loadfile --no-loadscope-reorder

faults: setup  ## More random kills and freezes than make test has time for: make faults [ARGS="--sequences 100 --seed 1"]
	$(BIN)/python -m tests.faults.sequence $(ARGS)

bench: setup  ## What it costs, beside stock Faust: make bench [ARGS="throughput --rounds 1"]
	$(BIN)/python -m benchmarks $(ARGS)

verify-data: setup  ## Both real histories against the oracle: make verify-data BUNDLES=folder
	$(BIN)/python -m tests.verify_data "$(BUNDLES)"

docs: $(INSTALLED)  ## Writes the documents that are made from the code
	$(BIN)/python -m infra.documents

lock: $(INSTALLED)  ## Pins anew what pyproject.toml asks for, with hashes and without an index address
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --no-emit-find-links --extra dev --output-file requirements.lock pyproject.toml

clean:  ## Forgets the local stack's data and everything that was installed
	rm -rf .venv .tenfold infra/kafka/target

$(INSTALLED): requirements.lock pyproject.toml | system
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(JARS): infra/kafka/pom.xml | $(INSTALLED)
	$(BIN)/python -c 'from infra.local.kafka import resolve_jars; resolve_jars()'
	touch $@

# What only tests need: a browser for the page, systemd for its units. Without them those tests are skipped, which is
# said, and is a failure where CI=true.
tools:
	@missing=""; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$$missing chromium"; \
	command -v systemd-analyze >/dev/null || missing="$$missing systemd"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $$missing; \
	else \
		echo "missing:$$missing; tests that need it are skipped" >&2; \
	fi

# As root on Debian and Ubuntu what is missing is installed; elsewhere it is named. Prometheus is optional.
system:
	@infra/local/install_prometheus.sh
	@missing=""; \
	command -v java >/dev/null || missing="$$missing default-jre-headless"; \
	command -v mvn >/dev/null || missing="$$missing maven"; \
	command -v git >/dev/null || missing="$$missing git"; \
	$(or $(PYTHON),false) -c 'import venv, ensurepip' 2>/dev/null || missing="$$missing python3 python3-venv"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $$missing; \
	else \
		echo "missing:$$missing; on Debian and Ubuntu: sudo apt-get install$$missing" >&2; exit 1; \
	fi
