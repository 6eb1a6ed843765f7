"""The element model at run time: plain arrays and one pass over the text, no code loaded with it, no scikit-learn.

A clause is three bags of terms: its own text, the headings above it, and the text of the clause it belongs to. Terms
are words (chosen by jieba) and character n-grams of the training contracts, found in the text by one Aho-Corasick
automaton. The score of an element is b + Σ over bags of scale · Σ v(term) / |x|, with v = idf · weight and |x| the
length of the bag's idf vector: scikit-learn's TfidfVectorizer(binary=True) for each bag, and a softmax over the
decision function of its LogisticRegression.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element
from hetong.errors import ModelError

FORMAT: Final = 1
SCALES: Final = (1.0, 1.0, 0.5)  # of the bags text, headings, parent; chosen by cross-validation on families
MAX_TEXT: Final = 1500  # characters of a clause that are looked at; what a clause is about shows early


class Features(NamedTuple):
    """What the model sees of a clause, folded: its text with heading, the headings above it, the text of its parent."""

    text: str
    headings: str
    parent: str = ""


class Prediction(NamedTuple):
    """An element with its probability, and further elements that are likely as well."""

    element: Element
    confidence: float
    secondary: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Terms and the automaton that finds them; a term is feature number `index` in each bag."""

    terms: tuple[str, ...]
    automaton: AhoCorasick

    @classmethod
    def of(cls, terms: Sequence[str]) -> Vocabulary:
        """The vocabulary of these terms, in this order."""
        return cls(tuple(terms), AhoCorasick(terms))

    def find(self, text: str) -> list[int]:
        """The numbers of the terms in a text, each once, ascending."""
        return sorted({index for index, _, _ in self.automaton.find_matches_as_indexes(text, overlapping=True)})


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """A trained model: `values` (bags × terms, elements) float32, `idf` (bags × terms), `bias` (elements)."""

    vocabulary: Vocabulary
    values: NDArray[np.float32]
    idf: NDArray[np.float32]
    bias: NDArray[np.float32]
    threshold: float
    secondary_threshold: float

    def predict(self, clauses: Sequence[Features]) -> list[Prediction]:
        """One prediction a clause, in order."""
        probabilities = self.probabilities(clauses)
        return [self._prediction(row) for row in probabilities]

    def probabilities(self, clauses: Sequence[Features]) -> NDArray[np.float32]:
        """Probabilities of shape (clauses, elements), columns in the order of `ELEMENTS`."""
        seen: dict[str, list[int]] = {}
        scores = np.empty((len(clauses), len(ELEMENTS)), dtype=np.float32)
        for row, clause in enumerate(clauses):
            scores[row] = self._score(bags_of(self.vocabulary, clause, seen))
        scores -= scores.max(axis=1, keepdims=True, initial=-np.inf)
        exponentials = np.exp(scores)
        return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True), dtype=np.float32)

    def _score(self, bags: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
        score = self.bias.copy()
        for at, scale in zip(bags, SCALES, strict=True):
            if len(at):
                score += self.values[at].sum(axis=0) * (scale / float(np.sqrt(np.square(self.idf[at]).sum())))
        return score

    def _prediction(self, row: NDArray[np.float32]) -> Prediction:
        order = np.argsort(-row, kind="stable")
        best = int(order[0])
        others = [ELEMENTS[i] for i in order[1:3] if row[i] >= self.secondary_threshold and ELEMENTS[i] != "other"]
        return Prediction(ELEMENTS[best], float(row[best]), tuple(others))


def bags_of(
    vocabulary: Vocabulary, clause: Features, seen: dict[str, list[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The feature numbers of each bag of a clause; `seen` remembers headings and parents that come again."""
    size = len(vocabulary.terms)
    for text in (clause.headings, clause.parent):
        if text not in seen:
            seen[text] = vocabulary.find(text[:MAX_TEXT])
    own, headings, parent = vocabulary.find(clause.text[:MAX_TEXT]), seen[clause.headings], seen[clause.parent]
    return (
        np.asarray(own, dtype=np.int64),
        np.asarray(headings, dtype=np.int64) + size,
        np.asarray(parent, dtype=np.int64) + 2 * size,
    )


def model_folder(name: str) -> Path:
    """Where a shipped model lies: inside the installed package, or in `models/` of a checkout."""
    inside = Path(__file__).parent / "models" / name
    return inside if inside.exists() else Path(__file__).parents[2] / "models" / name


@cache
def shipped_model() -> LinearModel:
    """The element model that comes with hetong, loaded once a process."""
    return load_model(model_folder("elements"))


def load_model(folder: Path) -> LinearModel:
    """A model from `weights.npz` and `card.json`; runs no code from either file.

    Raises:
        ModelError: a file is missing, the weights are not those that the card describes, or the format is another.
    """
    try:
        weights = (folder / "weights.npz").read_bytes()
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: no readable model ({error}); run `hetong train corpora -o {folder}`") from error
    if card.get("format") != FORMAT or card.get("weights_sha256") != hashlib.sha256(weights).hexdigest():
        raise ModelError(f"{folder}: weights.npz is not what card.json describes; train the model again")
    try:
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            return _model(arrays)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder}: weights.npz is damaged ({error}); train the model again") from error


def _model(arrays: Any) -> LinearModel:
    terms = str(arrays["terms"].item()).split("\n")
    threshold, secondary = arrays["thresholds"].tolist()
    return LinearModel(Vocabulary.of(terms), arrays["values"], arrays["idf"], arrays["bias"], threshold, secondary)


def save_model(folder: Path, model: LinearModel, card: dict[str, Any]) -> None:
    """Writes `weights.npz` and `card.json`; the card gets the hash of the weights and the format's number."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "weights.npz",
        terms=np.asarray("\n".join(model.vocabulary.terms)),
        values=model.values,
        idf=model.idf,
        bias=model.bias,
        thresholds=np.asarray([model.threshold, model.secondary_threshold], dtype=np.float64),
    )
    digest = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    card = {"format": FORMAT, "weights_sha256": digest, **card}
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
