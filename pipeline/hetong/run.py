"""The only compositions of the stages; command line, batch, notebooks and spaCy all call these."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hetong.classify import Predict, classify
from hetong.document import STANCES, Contract, Problem, Side, Stance
from hetong.extract import Ocr, Revisions, read
from hetong.flag import flag
from hetong.messages import Lang
from hetong.predictor import Detectors
from hetong.rulebook import Rule
from hetong.segment import segment


def analyse(
    contract: Contract,
    *,
    rules: tuple[Rule, ...] | None = None,
    predict: Predict | None = None,
    threshold: float | None = None,
    stance: Side = "neutral",
    lang: Lang = "zh",
    detectors: Detectors | None = None,
) -> Contract:
    """A contract after extract, taken through segment, classify and flag.

    Args:
        contract: what a reader returned.
        rules: the rules to run; None means those that hetong ships, at normal strictness.
        predict: the element model; None means the shipped one. See `hetong.classify.classify`.
        threshold: confidence below which a clause is marked for review; None means the shipped model's.
        stance: whose side the reader is on; 甲方 and 乙方 become the role of that party in this contract, and when
            that role is not known the contract is judged as neutral, with a problem that says so.
        lang: language of findings.
        detectors: the learned detectors; None means the shipped ones, `hetong.predictor.OFF` none.
    """
    contract = classify(segment(contract), predict, threshold)
    side = stance_in(contract, stance)
    if side is None:
        unknown = Problem("flag", "stance-unknown", values=(("label", stance),))
        contract = replace(contract, problems=(*contract.problems, unknown))
    return flag(contract, rules, side or "neutral", lang, detectors)


def analyse_file(
    path: Path | str,
    *,
    rules: tuple[Rule, ...] | None = None,
    predict: Predict | None = None,
    threshold: float | None = None,
    stance: Side = "neutral",
    lang: Lang = "zh",
    revisions: Revisions = "final",
    ocr: Ocr = "auto",
    detectors: Detectors | None = None,
) -> Contract:
    """One file, read and analysed.

    `revisions` chooses the reading of a document with tracked changes, `ocr` says which pages are recognised as
    pictures (`hetong.extract.Reading`).

    Raises:
        FileError: the file cannot be read; the message names file, reason and remedy.
    """
    contract = read(path, revisions, ocr)
    return analyse(
        contract, rules=rules, predict=predict, threshold=threshold, stance=stance, lang=lang, detectors=detectors
    )


def stance_in(contract: Contract, side: Side) -> Stance | None:
    """The stance of a side in a contract; None when the contract does not tell which role 甲方 or 乙方 has."""
    for stance in STANCES:
        if side == stance:
            return stance
    for party in contract.parties:
        if side in (party.label, *party.aliases) and party.role != "unknown":
            return party.role
    return None
