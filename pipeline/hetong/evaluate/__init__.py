"""How well elements are told: scores with intervals, curves, secondary elements, worst mistakes, baselines.

Needs numpy alone, but for `baselines.heading_only`, which fits a model with scikit-learn.
"""

from __future__ import annotations

from hetong.evaluate.baselines import Keywords, Majority, heading_only, keywords, majority
from hetong.evaluate.curves import AtRecall, Bin, Coverage, Reliability
from hetong.evaluate.learned import fingerprints, learned_from
from hetong.evaluate.scores import Scores, scores
from hetong.evaluate.secondary import SecondaryScores
from hetong.evaluate.whole import Evaluation, Mistake, Model, evaluate, worst

__all__ = [
    "AtRecall", "Bin", "Coverage", "Evaluation", "Keywords", "Majority", "Mistake", "Model",
    "Reliability", "Scores", "SecondaryScores", "evaluate", "fingerprints", "heading_only", "keywords",
    "learned_from", "majority", "scores", "worst",
]  # fmt: skip
