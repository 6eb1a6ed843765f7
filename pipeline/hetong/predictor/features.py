"""What the model sees of a clause: four bags of terms, and where the clause stands.

Terms are words (chosen by jieba) and character n-grams of the training contracts, found in the text by one trie, in
training and in use alike. A bag is binary, weighted by idf, and has length 1 times its scale:
scikit-learn's TfidfVectorizer(binary=True) for each bag.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.document import Element
from hetong.trie import Trie

MAX_TEXT: Final = 1500  # characters of a clause that are looked at; what a clause is about shows early
BAGS: Final = ("text", "heading", "above", "parent")
SCALES: Final = (1.0, 0.7, 0.5, 0.3)  # of the bags; chosen by cross-validation on families (notebook 02)
# Spaces that stretch a word over its line (户　　名), and the many ways to leave a blank
_STRETCHED: Final = re.compile("(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_BLANK: Final = re.compile(r"[_ \u3000\xa0]{2,}|_+|×{2,}|\$\{\w{1,40}\}|【\s*】|\[\s*\]|（\s*）|\(\s*\)")

Bags = tuple[NDArray[np.int64], ...]


class Features(NamedTuple):
    """A clause as the model sees it, folded; the clauses of a contract stand in their order.

    `text` is its own text without number and heading, `heading` its own heading, `above` the nearest heading above it,
    `parent` the text of the clause it belongs to. Clauses of one `group` stand below the same clause, at `depth`;
    `first` is the first of its group.
    """

    text: str
    heading: str = ""
    above: str = ""
    parent: str = ""
    group: int = 0
    depth: int = 0
    first: bool = False

    @property
    def bags(self) -> tuple[str, ...]:
        """The texts of the bags, in the order of `BAGS`."""
        return self.text, self.heading, self.above, self.parent

    def __str__(self) -> str:
        """The clause in one string, its headings first: what a model over plain strings is given."""
        return "\n".join(filter(None, (self.above, self.heading, self.text)))


def plain(text: str) -> str:
    """A text as its terms are looked for: the start of it, with words closed up and blanks alike; "" for a blank."""
    plain = _BLANK.sub("_", _STRETCHED.sub("", text[:MAX_TEXT]))
    return "" if not plain.strip("_。；：，. \n") else plain


class Prediction(NamedTuple):
    """An element with its probability, and further elements that the clause regulates as well."""

    element: Element
    confidence: float
    secondary: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Terms and the trie that finds them; a term is feature number `index` in each bag."""

    terms: tuple[str, ...]
    trie: Trie

    @classmethod
    def of(cls, terms: Sequence[str]) -> Vocabulary:
        """The vocabulary of these terms, in this order."""
        return cls(tuple(terms), Trie(terms))

    def bags(self, clauses: Sequence[Features]) -> list[Bags]:
        """The feature numbers of each bag of each clause, each once; a heading that comes again is looked at once."""
        texts = list(dict.fromkeys(text for clause in clauses for text in clause.bags))
        found = dict(zip(texts, self.trie.bags([plain(text) for text in texts]), strict=True))
        return [tuple(found[text] + n * len(self.terms) for n, text in enumerate(clause.bags)) for clause in clauses]
