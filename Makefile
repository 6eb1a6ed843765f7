# Two commands are enough: `make demo` and `make test`. Neither needs root.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test lint fuzz bench bench-wordings bench-sentences bench-risks bench-elements bench-structure bench-reading train notebooks docs drafts clean

demo: $(VENV)/installed  ## scan the sample drafts into out/ and say where the report is
	$(BIN)/hetong scan corpora/drafts -o out

test: $(VENV)/tested  ## run the tests
	$(BIN)/python -m pytest

lint: $(VENV)/linted  ## style, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(VENV)/tested  ## read 2,000 damaged files and say how each ended
	$(BIN)/python benchmarks/fuzz.py

bench: $(VENV)/tested  ## ms a page against raw pdfium and against the usual way, in one run
	$(BIN)/python benchmarks/speed.py

bench-wordings: $(VENV)/tested  ## the two headline risks in words that no rule was written for
	$(BIN)/python benchmarks/wordings.py

bench-sentences: $(VENV)/tested  ## rules and detectors on sentences of writers set aside, by source; speed
	$(BIN)/python benchmarks/sentences.py
	$(BIN)/python benchmarks/sentences.py --speed

bench-structure: $(VENV)/tested  ## in which article each real line (../shared) stands; whole contracts against our labels
	$(BIN)/python benchmarks/structure.py
	$(BIN)/hetong evaluate corpora --contracts --split test

bench-reading: $(VENV)/tested  ## Word files printed as PDF and read again; whether each quote stands in its boxes
	$(BIN)/python benchmarks/reading.py

bench-risks: $(VENV)/tested  ## each rule on real contracts (../shared), against our labels, and on planted defects
	$(BIN)/python benchmarks/risks.py
	$(BIN)/hetong evaluate corpora --labels --plant

bench-elements: $(VENV)/tested  ## elements: majority, keywords, headings alone, our model; held-out clauses, real lines
	$(BIN)/python benchmarks/elements.py

train: $(VENV)/tested  ## train the element model and the detectors from corpora/
	$(BIN)/hetong train corpora -o models/elements --detectors models/detectors

notebooks: $(VENV)/tested  ## write the .ipynb from the plain files, run all, and put them with outputs into out/notebooks
	$(BIN)/python notebooks/pairs.py --run out/notebooks

docs: $(VENV)/tested  ## write docs/cli.md and docs/rules.md from the program itself
	$(BIN)/python docs/build.py

drafts: $(VENV)/tested  ## render corpora/drafts/ from corpora/contracts/
	$(BIN)/python -m pip install --quiet --group drafts
	$(BIN)/python corpora/render.py

clean:
	rm -rf $(VENV) out

$(VENV)/pip: Makefile
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hetong needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/installed: $(VENV)/pip pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[all]' --group test
	@touch $@

$(VENV)/linted: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --group lint
	@touch $@
