"""Fits the detectors from sentences, contracts and reviewers' decisions, and writes them with a card."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sklearn

from hetong.exchange.rows import LabelledClause
from hetong.predictor import Detectors, save_detectors
from hetong.rulebook import load_rules
from hetong.sentences import FOLDER, Sentence, chosen, load_sentences
from hetong.sentencescore import Scored, as_dict, score, table
from hetong.train.detectors import fit_detectors
from hetong.train.growth import MEASURED
from hetong.train.stretches import Example, of_documents, of_labelled, of_sentences


def train_detectors(corpora: Path, output: Path, labelled: Iterable[LabelledClause] = ()) -> str:
    """Trains the detectors on what is below a folder, writes weights and card, and returns a report for people.

    The figures are those on the writers set aside, whose sentences nothing is learned from.

    Args:
        corpora: a folder with annotated contracts and a folder `sentences`.
        output: folder for `weights.npz` and `card.json`.
        labelled: clauses of which reviewers said whether a rule is right.

    Raises:
        CorpusError: a contract or a sentence has mistakes, or fewer than two writers are left to learn from.
    """
    sentences = load_sentences(corpora / FOLDER)
    learned, aside = chosen(sentences, "train"), chosen(sentences, "aside")
    rules = load_rules()
    examples = [*of_sentences(learned), *of_documents(corpora), *of_labelled(labelled)]
    detectors = fit_detectors(examples, rules)
    found = score(aside, rules, detectors, MEASURED)
    save_detectors(output, detectors, detector_card(detectors, examples, sentences, found))
    return "\n".join([*table(found), f"detectors of {len(detectors.rules)} rules, written to {output}"])


def detector_card(
    detectors: Detectors, examples: Sequence[Example], sentences: Sequence[Sentence], found: Scored
) -> dict[str, Any]:
    """The card as plain JSON values: what the detectors were made of, how they do, where they end.

    Args:
        detectors: those that are written.
        examples: what they learned from.
        sentences: all sentences, those set aside too.
        found: the figures on those set aside.
    """
    writers = {part: sorted({s.writer for s in sentences if s.part == part}) for part in ("train", "aside")}
    by_rule = zip(detectors.rules, detectors.thresholds.tolist(), detectors.precision.tolist(), strict=True)
    return {
        "name": "hetong detectors",
        "what": "whether a stretch of up to four sentences carries the risk of a rule",
        "how": "one linear support vector machine a rule over binary idf-weighted words, pairs of words and "
        "concepts, calibrated on writers that it had not seen",
        "data_sha256": hashlib.sha256("\n".join(map(repr, examples)).encode()).hexdigest(),
        "writers": writers["train"],
        "writers_set_aside": writers["aside"],
        "sentences": sum(example.written for example in examples),
        "clauses": sum(not example.written for example in examples),
        "terms": len(detectors.terms),
        "rules": {
            rule: {"threshold": round(least, 3), "precision_on_unseen_writers": round(right, 3)}
            for rule, least, right in by_rule
        },
        "set_aside": {"how": "precision, recall and F1 of patterns, meanings and detectors together", **as_dict(found)},
        "versions": {
            "hetong": version("hetong"), "python": platform.python_version(), "scikit_learn": sklearn.__version__,
            "jieba": version("jieba"),
        },
        "limits": [
            "sentences were written for this project by language models in the role of lawyers of several trades",
            "a precision of 0 means that too few sentences were found to tell",
            "probabilities are those among sentences of which half carry the risk, not among the clauses of a contract",
        ],
    }  # fmt: skip
