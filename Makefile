# `make run` and `make test` are all that a fresh clone needs; `make help` lists the rest.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
LIBRARY ?= library
PORT ?= 8501
# The inspection reports that train/questions.jsonl asks about, and where what is trained goes.
DOCUMENTS ?= ../shared/corpora/inspections
TRAINED ?= models
# A wheel index with CPU builds of PyTorch, for Linux machines without a GPU (README, "Install").
TORCH_INDEX ?=
ifneq ($(TORCH_INDEX),)
export PIP_EXTRA_INDEX_URL := $(TORCH_INDEX)
endif

BIN := .venv/bin
# start.py writes it last: without it .venv is what an installation that failed has left.
INSTALLED := .venv/requirements.sha256

.PHONY: help .venv run library test lint bench-paragraphs bench-retrieval bench-answers bench-encoding bench-large bench-load endurance bench bench-building bench-peers bench-lexical train

help:  ## List what can be made
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## /{printf "%-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv: $(INSTALLED)

$(INSTALLED): requirements.txt start.py
	$(PYTHON) start.py --install-only
	@touch $(INSTALLED)

.venv/tests: tests/requirements.txt $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -r tests/requirements.txt
	@touch .venv/tests

library: $(INSTALLED)  ## Bring the library up to date with corpus/
	$(BIN)/python -m index build corpus --library $(LIBRARY)

run: library  ## Make environment and library as needed and serve the page (port 8501)
	PILCROW_LIBRARY=$(LIBRARY) $(BIN)/python -m streamlit run app.py --server.port $(PORT)

lint: .venv/tests  ## Formatting, lint, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The tests of code in several processes, each on one thread; a file is one process's, so that
# what its tests share is made once, and the longest, the drafts, begin early. Chromium is driven
# by a process of its own, into which no model is loaded beside it.
test: lint  ## Everything that CI checks
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not browser and not alone" -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest -m "browser or alone"

bench-paragraphs: .venv/tests  ## Paragraph structure and reading speed against their targets
	$(BIN)/python -m bench.paragraphs

bench-retrieval: .venv/tests  ## Retrieval quality and its ablation, written to docs/retrieval.md
	$(BIN)/python -m bench.retrieval

bench-encoding: .venv/tests  ## Models in OpenVINO against sentence-transformers: speed and vectors
	$(BIN)/python -m bench.encoding

bench-large: .venv/tests  ## Libraries of up to a million paragraphs, written to docs/large.md; an hour
	$(BIN)/python -m bench.large --docs docs

bench-building: .venv/tests  ## Where a build's time goes, and whether it waits for reading
	$(BIN)/python -m bench.building

build/peers-venv/installed: bench/peers/requirements.txt
	$(PYTHON) -m venv build/peers-venv
	build/peers-venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench-peers: .venv/tests build/peers-venv/installed  ## Beside LlamaIndex, Haystack, LangChain and txtai, written to docs/peers.md; an hour
	$(BIN)/python -m bench.peers --docs docs/peers.md

bench: .venv/tests  ## Every figure of speed beside its target
	$(BIN)/python -m bench

build/engines/installed: bench/engines/requirements.txt
	$(PYTHON) -m venv build/engines
	build/engines/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

bench-lexical: .venv/tests build/engines/installed  ## Word search engines side by side, written to docs/lexical.md
	$(BIN)/python -m bench.lexical --others build/engines/bin/python

bench-answers: .venv/tests  ## Answers: quality and processor time against their targets
	$(BIN)/python -m bench.answers

endurance: .venv/tests  ## Kills, full disks, flipped bytes, broken files, hostile questions: half an hour
	$(BIN)/python -m bench.endurance

bench-load: .venv/tests  ## The search page with 20 and 50 sessions that ask every five seconds
	$(BIN)/python -m bench.load

train: $(INSTALLED)  ## Tune encoder and reranker on DOCUMENTS again; a quarter of an hour of one core
	$(BIN)/python -m index build $(DOCUMENTS) --library build/training
	$(BIN)/python -m train encoder --library build/training --out $(TRAINED)/encoder
	$(BIN)/python -m train reranker --library build/training --base $(TRAINED)/encoder --out $(TRAINED)/reranker
