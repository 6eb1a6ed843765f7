"""hetong 合同: an offline linter for Chinese contracts.

    import hetong
    contract = hetong.analyse_file("draft.pdf")
    contract.findings
    hetong.to_frame([contract])

Importing the package loads nothing else: each name brings its module when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hetong.document import Clause, Contract, Finding, Problem
    from hetong.errors import FileError, HetongError
    from hetong.extract import read
    from hetong.frames import Corpus, load_corpus
    from hetong.predictor import load_detectors, load_model, predict_with
    from hetong.report.as_json import to_dict, to_json
    from hetong.report.rows import to_frame
    from hetong.rulebook import load_rules
    from hetong.run import analyse, analyse_file

_HOMES = {
    "Clause": "hetong.document",
    "Contract": "hetong.document",
    "Corpus": "hetong.frames",
    "FileError": "hetong.errors",
    "Finding": "hetong.document",
    "HetongError": "hetong.errors",
    "Problem": "hetong.document",
    "analyse": "hetong.run",
    "analyse_file": "hetong.run",
    "load_corpus": "hetong.frames",
    "load_detectors": "hetong.predictor",
    "load_model": "hetong.predictor",
    "load_rules": "hetong.rulebook",
    "predict_with": "hetong.predictor",
    "read": "hetong.extract",
    "to_dict": "hetong.report.as_json",
    "to_frame": "hetong.report.rows",
    "to_json": "hetong.report.as_json",
}
__all__ = [
    "Clause",
    "Contract",
    "Corpus",
    "FileError",
    "Finding",
    "HetongError",
    "Problem",
    "analyse",
    "analyse_file",
    "load_corpus",
    "load_detectors",
    "load_model",
    "load_rules",
    "predict_with",
    "read",
    "to_dict",
    "to_frame",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """Loads a public name from its module (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("hetong")
    if name not in _HOMES:
        raise AttributeError(f"module 'hetong' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return [*__all__, "__version__"]
