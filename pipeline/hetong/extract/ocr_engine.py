"""The character recognition itself: rapidocr over onnxruntime, with the models that lie inside the package.

Nothing is ever downloaded: the paths of the models are given, and a missing one counts as a missing extra.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MODELS: Final = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_LONGEST_SIDE: Final = 4_000  # pixels: larger pictures are made smaller by the engine


class Glyph(NamedTuple):
    """One recognised character: where it begins and ends (pixels), and how sure the engine is (0 to 1)."""

    text: str
    x0: float
    x1: float
    score: float


class Recognised(NamedTuple):
    """A recognised line: the box around it (pixels), and its characters from left to right."""

    x0: float
    top: float
    x1: float
    bottom: float
    glyphs: tuple[Glyph, ...]
    score: float

    @property
    def is_upended(self) -> bool:
        """Whether several characters stand in a box that is higher than wide."""
        return len(self.glyphs) > 1 and self.bottom - self.top > 1.5 * (self.x1 - self.x0)

    def moved(self, right: float, down: float) -> Recognised:
        """The line that many pixels further right and down."""
        glyphs = tuple(g._replace(x0=g.x0 + right, x1=g.x1 + right) for g in self.glyphs)
        return Recognised(self.x0 + right, self.top + down, self.x1 + right, self.bottom + down, glyphs, self.score)


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether the extra `ocr` is there with its models; nothing is imported to tell."""
    return find_spec("onnxruntime") is not None and all(path.is_file() for path in _model_paths().values())


def recognised(grey: NDArray[np.uint8]) -> list[Recognised]:
    """The lines of text in a grey picture (rows × columns), in no certain order."""
    import cv2

    found = _engine()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), return_word_box=True, return_single_char_box=True)
    if found.boxes is None or found.txts is None:
        return []
    return list(_lines(found))


def _lines(found: Any) -> Iterator[Recognised]:
    """The engine's answer as our values; a line of which no character has a place is none."""
    words = iter(found.word_results)
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if not text.strip():
            continue
        glyphs = tuple(_glyphs(text, next(words, ())))
        if glyphs:
            (x0, top), (x1, bottom) = box.min(axis=0).tolist(), box.max(axis=0).tolist()
            yield Recognised(x0, top, x1, bottom, glyphs, float(score))


def _glyphs(text: str, placed: Any) -> Iterator[Glyph]:
    """The characters with their places; a space, which the engine gives no place, joins the character before it."""
    position = 0
    for character, score, corners in placed:
        xs = [x for x, _ in corners]
        at = text.find(character, position)
        spaced = at > position > 0 and text[position:at].isspace()
        position = at + 1 if at >= 0 else position
        yield Glyph(" " + character if spaced else character, float(min(xs)), float(max(xs)), float(score))


def _model_paths() -> dict[str, Path]:
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return {"Det": Path("rapidocr-is-missing")}
    return {part: Path(spec.origin).parent / "models" / name for part, name in _MODELS.items()}


@contextmanager
def _without_network() -> Iterator[None]:
    """Holds an idle module in the place of `requests`, which rapidocr imports to fetch models and never needs here.

    The import alone would open a socket: urllib3 binds one to see whether there is IPv6.
    """
    absent = "requests" not in sys.modules
    if absent:
        idle = ModuleType("requests")
        idle.__dict__["Response"] = object  # named in annotations
        sys.modules["requests"] = idle
    try:
        yield
    finally:
        if absent:
            del sys.modules["requests"]


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The engine, loaded once a process; one thread, since a scan of many drafts has a process a core."""
    import cv2

    cv2.setNumThreads(1)
    with _without_network():
        from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.text_score": 0.0,  # what it is unsure of is kept, and reported
        "Global.max_side_len": _LONGEST_SIDE,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(params=options | {f"{part}.model_path": str(path) for part, path in _model_paths().items()})
