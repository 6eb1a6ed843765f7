"""The element model at run time: plain arrays and one pass over the text, no code loaded with it, no scikit-learn.

It looks twice, as a reader does. First at the clause alone, which is four bags of terms (`features`); then again at
what it made of the clause together with what it made of the clauses around it (`context`).
"""

from __future__ import annotations

from hetong.predictor.detectors import OFF, Detectors, Stretch
from hetong.predictor.features import Features, Prediction
from hetong.predictor.model import ElementModel
from hetong.predictor.store import (
    detectors_called,
    load_card,
    load_detectors,
    load_model,
    loaded_detectors,
    loaded_model,
    model_folder,
    save_detectors,
    save_model,
    shipped_detectors,
    shipped_model,
)
from hetong.predictor.swap import PipelineModel, predict_with

__all__ = [
    "OFF",
    "Detectors",
    "ElementModel",
    "Features",
    "PipelineModel",
    "Prediction",
    "Stretch",
    "detectors_called",
    "load_card",
    "load_detectors",
    "load_model",
    "loaded_detectors",
    "loaded_model",
    "model_folder",
    "predict_with",
    "save_detectors",
    "save_model",
    "shipped_detectors",
    "shipped_model",
]  # fmt: skip
