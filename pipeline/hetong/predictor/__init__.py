"""The element model at run time: plain arrays and one pass over the text, no code loaded with it, no scikit-learn.

It looks twice, as a reader does. First at the clause alone, which is four bags of terms (`features`); then again at
what it made of the clause together with what it made of the clauses around it (`context`).
"""

from __future__ import annotations

from hetong.predictor.features import Features, Prediction
from hetong.predictor.model import ElementModel
from hetong.predictor.store import load_card, load_model, loaded_model, model_folder, save_model, shipped_model
from hetong.predictor.swap import PipelineModel, predict_with

__all__ = [
    "ElementModel", "Features", "PipelineModel", "Prediction", "load_card", "load_model", "loaded_model",
    "model_folder", "predict_with", "save_model", "shipped_model",
]  # fmt: skip
