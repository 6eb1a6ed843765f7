"""All drafts below some paths, analysed and held in memory: for notebooks, and for decisions about drafts."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike, fspath

from hetong.batch.find import find_drafts
from hetong.document import Contract, Side
from hetong.errors import FileError
from hetong.extract import READERS
from hetong.messages import Lang
from hetong.predictor import Detectors
from hetong.rulebook import Rule
from hetong.run import analyse_file


def analyse_drafts(
    paths: Iterable[str | PathLike[str]],
    *,
    rules: tuple[Rule, ...] | None = None,
    stance: Side = "neutral",
    lang: Lang = "zh",
    detectors: Detectors | None = None,
) -> tuple[list[Contract], list[FileError]]:
    """The drafts below some paths, one after the other, and the reasons why others could not be read.

    Args:
        paths: files, or folders that are looked through with all folders below.
        rules: the rules to run; None means those that hetong ships, at normal strictness.
        stance: whose side the reader is on.
        lang: language of findings.
        detectors: the learned detectors; None means the shipped ones.
    """
    found, errors = find_drafts([fspath(path) for path in paths], READERS)
    drafts = []
    for path in found:
        try:
            drafts.append(analyse_file(path, rules=rules, stance=stance, lang=lang, detectors=detectors))
        except FileError as error:
            errors.append(error)
    return drafts, errors
