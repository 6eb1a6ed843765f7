"""The model on disk: `weights.npz` holds arrays, `card.json` says what they are and refuses others. No code is run."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from hetong.errors import ModelError
from hetong.predictor.detectors import OFF, Detectors, detectors_of
from hetong.predictor.features import Vocabulary
from hetong.predictor.model import ElementModel, FirstLook, SecondLook

Made = TypeVar("Made")
FORMAT: Final = 2
_FIRST: Final = ("values", "idf", "bias")
DETECTORS: Final = 1  # format of the detectors
_LEARNED: Final = ("values", "idf", "bias", "slope", "shift", "thresholds", "apart", "precision")
_SECOND: Final = ("weights", "second_bias", "also_weights", "also_bias")


def model_folder(name: str) -> Path:
    """Where a shipped model lies: inside the installed package, or in `models/` of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "models" / name
    return inside if inside.exists() else package.parents[1] / "models" / name


def shipped_model() -> ElementModel:
    """The element model that comes with hetong, loaded once a process."""
    return loaded_model(model_folder("elements"))


@lru_cache(maxsize=2)
def loaded_model(folder: Path) -> ElementModel:
    """The model of a folder, loaded once a process; raises as `load_model`."""
    return load_model(folder)


def load_model(folder: Path | str) -> ElementModel:
    """A model from `weights.npz` and `card.json`; runs no code from either file.

        model = hetong.load_model("models/ours")
        hetong.analyse_file("draft.pdf", predict=model.predict, threshold=model.threshold)

    Raises:
        ModelError: a file is missing, the weights are not those that the card describes, or the format is another.
    """
    return _loaded(Path(folder), FORMAT, _model)


def shipped_detectors() -> Detectors:
    """The detectors that come with hetong, loaded once a process."""
    return loaded_detectors(model_folder("detectors"))


def detectors_called(name: str) -> Detectors:
    """Detectors by what a user calls them: on for the shipped ones, off for none, else a folder.

    Raises:
        ModelError: as `load_model`.
    """
    if name == "off":
        return OFF
    return shipped_detectors() if name == "on" else loaded_detectors(Path(name))


@lru_cache(maxsize=2)
def loaded_detectors(folder: Path) -> Detectors:
    """The detectors of a folder, loaded once a process; raises as `load_model`."""
    return load_detectors(folder)


def load_detectors(folder: Path | str) -> Detectors:
    """Detectors from `weights.npz` and `card.json`; runs no code from either file.

    Raises:
        ModelError: as `load_model`.
    """
    return _loaded(Path(folder), DETECTORS, _detectors)


def _loaded(folder: Path, form: int, make: Callable[[Any], Made]) -> Made:
    """What a folder holds, when the card describes the weights beside it."""
    card, weights = load_card(folder), _read(folder, "weights.npz")
    if card.get("format") != form or card.get("weights_sha256") != hashlib.sha256(weights).hexdigest():
        raise ModelError(f"{folder}: weights.npz is not what card.json describes; train the model again")
    try:
        with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
            return make(arrays)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder}: weights.npz is damaged ({error}); train the model again") from error


def load_card(folder: Path | str) -> dict[str, Any]:
    """The card of a model: what it is made of, how it does, where it ends.

    Raises:
        ModelError: there is no card, or it is no JSON object.
    """
    try:
        card = json.loads(_read(Path(folder), "card.json"))
    except ValueError as error:
        raise ModelError(f"{folder}: card.json is damaged ({error}); train the model again") from error
    if not isinstance(card, dict):
        raise ModelError(f"{folder}: card.json is damaged (no JSON object); train the model again")
    return card


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"{folder}: no readable model ({error}); run `hetong train corpora -o {folder}`") from error


def _model(arrays: Any) -> ElementModel:
    vocabulary = Vocabulary.of(str(arrays["terms"].item()).split("\n"))
    first = FirstLook(vocabulary, *(arrays[name].astype(np.float32) for name in _FIRST))
    return ElementModel(first, SecondLook(*(arrays[name] for name in _SECOND)), *arrays["thresholds"].tolist())


def _detectors(arrays: Any) -> Detectors:
    rules, terms, concepts = (str(arrays[name].item()).split("\n") for name in ("rules", "terms", "concepts"))
    return detectors_of(rules, terms, concepts, **{name: arrays[name].astype(np.float32) for name in _LEARNED})


def save_model(folder: Path, model: ElementModel, card: dict[str, Any]) -> None:
    """Writes `weights.npz` and `card.json`; the card gets the hash of the weights and the format's number."""
    _save(folder, FORMAT, _arrays(model), card)


def save_detectors(folder: Path, detectors: Detectors, card: dict[str, Any]) -> None:
    """Writes `weights.npz` and `card.json` as `save_model` does; half precision is enough for the values of terms."""
    names = {name: np.asarray("\n".join(getattr(detectors, name))) for name in ("rules", "terms", "concepts")}
    numbers = {name: getattr(detectors, name) for name in _LEARNED}
    _save(folder, DETECTORS, {**names, **numbers, "values": detectors.values.astype(np.float16)}, card)


def _save(folder: Path, form: int, arrays: Mapping[str, NDArray[Any]], card: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", allow_pickle=False, **arrays)
    digest = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    card = {"format": form, "weights_sha256": digest, **card}
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _arrays(model: ElementModel) -> dict[str, NDArray[Any]]:
    """The arrays of a model by name; half precision is enough for the values of terms."""
    first, second = model.first, model.second
    return {
        "terms": np.asarray("\n".join(first.vocabulary.terms)),
        "thresholds": np.asarray([model.threshold, model.also_threshold], dtype=np.float64),
        **dict(zip(_FIRST, (first.values.astype(np.float16), first.idf, first.bias), strict=True)),
        **dict(zip(_SECOND, (second.weights, second.bias, second.also_weights, second.also_bias), strict=True)),
    }
