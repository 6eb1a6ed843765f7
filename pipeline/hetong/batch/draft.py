"""One draft of a scan, from the file to its finished results: this is what a worker process does."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hetong.document import Contract, Side
from hetong.extract import Ocr, Revisions
from hetong.messages import Lang
from hetong.predictor import detectors_called, loaded_model, model_folder
from hetong.report.as_json import compact, to_json
from hetong.report.rows import finding_rows
from hetong.report.summary import DraftSummary, summarize
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.run import analyse_file


class Settings(NamedTuple):
    """How a scan reads and judges every draft; `html` says whether the page is wanted, `choice` which rules run.

    `model` is the folder of an element model, None for the shipped one; `detectors` is on, off, or a folder.
    """

    stance: Side = "neutral"
    lang: Lang = "zh"
    revisions: Revisions = "final"
    html: bool = True
    choice: Choice = Choice()
    model: Path | None = None
    ocr: Ocr = "auto"
    detectors: str = "on"

    def analyse(self, path: str) -> Contract:
        """One file, read and judged by these settings.

        Raises:
            FileError: the file cannot be read.
            RuleError: a rule of the choice has mistakes.
            ModelError: the model is missing or altered.
        """
        rules, model = chosen_rules(self.choice), loaded_model(self.model or model_folder("elements"))
        return analyse_file(
            path, rules=rules, predict=model.predict, threshold=model.threshold,
            stance=self.stance, lang=self.lang, revisions=self.revisions, ocr=self.ocr,
            detectors=detectors_called(self.detectors),
        )  # fmt: skip


class DraftReport(NamedTuple):
    """The results of one draft, as text: far smaller than the contract on its way between two processes."""

    summary: DraftSummary
    json: str
    rows: str
    section: str


def report_draft(settings: Settings, path: str) -> DraftReport:
    """Analyses a file and renders what is written of it.

    Raises:
        FileError: the file cannot be read.
    """
    contract = settings.analyse(path)
    section = ""
    if settings.html:
        from hetong.report.html import render_draft

        section = render_draft(contract, settings.lang)
    rows = "".join(compact(row) + "\n" for row in finding_rows(contract))
    return DraftReport(summarize(contract), to_json(contract, settings.lang), rows, section)
