# Tasks. `make demo` and `make test` set up everything they need in .venv; CI calls the same targets.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CORPUS ?= ../shared/corpus

.PHONY: demo test smoke check format lint types schema goldens figures evaluate benchmark pictures clean

$(BIN)/annotate:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .

$(VENV)/.dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

demo: $(BIN)/annotate ## annotate a sample article
	$(BIN)/annotate samples/kim-aurus.txt

test: $(VENV)/.dev ## run the tests
	$(BIN)/pytest

lint: $(VENV)/.dev ## check format and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## check types
	$(BIN)/mypy

smoke: $(VENV)/.dev ## train a tiny model, to see that training works
	$(BIN)/pip install --quiet --editable ".[dev,train]"
	ANNOTATE_BASE=.train/base $(BIN)/pytest tests/models -rs

check: lint types test ## everything that CI checks

format: $(VENV)/.dev ## put code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

schema: $(VENV)/.dev ## write the JSON Schema that the code generates
	$(BIN)/annotate schema > schema/annotate-1.schema.json

goldens: $(VENV)/.dev ## write the expected outputs of the samples anew
	$(BIN)/pytest tests/test_goldens.py --update-goldens

figures: $(VENV)/.dev ## measure and pin the figures of the shipped model
	$(BIN)/python -m tests.figures --update

evaluate: $(VENV)/.dev ## print the figures on the development files
	$(BIN)/annotate evaluate $(CORPUS)/attributions/dev.jsonl
	$(BIN)/annotate evaluate $(CORPUS)/entities/dev.jsonl
	$(BIN)/annotate evaluate $(CORPUS)/coreference/dev.jsonl $(CORPUS)/values/dev.jsonl

benchmark: $(VENV)/.dev ## time the pipeline beside the bare model
	$(BIN)/annotate benchmark

pictures: $(VENV)/.dev ## make the pictures of the tour anew; needs chromium and chromium-driver
	$(BIN)/python docs/pictures.py

clean: ## delete what the other targets made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
