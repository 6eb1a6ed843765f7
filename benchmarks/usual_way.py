"""What everyone writes: pdfplumber text, jieba and TF-IDF, and the same rules' patterns one after the other.

Run as a program, `python usual_way.py MODEL PDF`, it is the counterpart of `hetong check PDF`; `benchmarks/speed.py`
times it both ways and hands it a model that is already trained.
"""

from __future__ import annotations

import logging
import pickle
import sys
from pathlib import Path

import jieba
import pdfplumber
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from hetong.corpus import load_contracts
from hetong.fold import fold
from hetong.rulebook import load_rules

CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


def cut(text: str) -> list[str]:
    """The words of a text; a function of this module, so that the model can be pickled."""
    return list(jieba.cut(text))


def element_model() -> Pipeline:
    """A TF-IDF and logistic regression over jieba words, trained on a few contracts of the corpora."""
    clauses = [clause for contract in load_contracts(CORPORA)[:12] for clause in contract.walk() if clause.text]
    model = make_pipeline(TfidfVectorizer(tokenizer=cut, token_pattern=None), LogisticRegression(max_iter=200))
    return model.fit([clause.text for clause in clauses], [clause.element for clause in clauses])


def review(path: Path, model: Pipeline) -> int:
    """The number of pattern matches in a PDF; elements are predicted line by line and thrown away."""
    with pdfplumber.open(path) as pdf:
        lines = [line for page in pdf.pages for line in (page.extract_text() or "").split("\n") if line.strip()]
    if lines:
        model.predict(lines)
    patterns = [p for rule in load_rules() for a in rule.match for p in (*a.all, *a.none)]
    return sum(1 for line in map(fold, lines) for pattern in patterns if pattern.search(line))


if __name__ == "__main__":
    jieba.setLogLevel(logging.WARNING)
    found = review(Path(sys.argv[2]), pickle.loads(Path(sys.argv[1]).read_bytes()))
    print(f"{sys.argv[2]}: {found} matches")
