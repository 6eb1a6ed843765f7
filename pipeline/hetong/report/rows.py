"""Findings as rows: for `findings.jsonl`, and as a pandas frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from hetong.document import SEVERITIES, Contract
from hetong.report.as_json import finding_dict

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "path", "contract_type", "stance", "rule", "name", "title", "element", "severity", "confidence", "clause",
    "clause_path", "start", "end", "page", "boxes", "quote", "message", "reason", "basis", "advice", "suggestion",
    "source",
)  # fmt: skip
CLAUSE_COLUMNS: Final = ("clause", "clause_path", "kind", "element", "confidence", "secondary", "needs_review", "text")


def finding_rows(contract: Contract) -> list[dict[str, Any]]:
    """One row a finding, with the keys of `COLUMNS`; `clause_path` names the clause as printed, 第五条 价款 › 5.2."""
    paths = {clause.id: " › ".join(clause.path) for clause in contract.clauses}
    rows = []
    for finding in contract.findings:
        values = {
            "path": contract.source.path,
            "contract_type": contract.contract_type,
            "stance": contract.stance,
            "clause_path": paths.get(finding.clause or "", ""),
            **finding_dict(contract, finding),
        }
        rows.append({column: values[column] for column in COLUMNS})
    return rows


def to_frame(contracts: Iterable[Contract]) -> pd.DataFrame:
    """The findings of some contracts as a frame, one row each, columns as in `COLUMNS`.

    `severity` is an ordered category (low < medium < high), positions are nullable integers. A contract without
    findings has no row: look at `Contract.problems` before calling it clean.

    Raises:
        ImportError: pandas is not installed; `pip install "hetong[train]"` brings it.
    """
    import pandas as pd

    frame = pd.DataFrame([row for contract in contracts for row in finding_rows(contract)], columns=list(COLUMNS))
    whole = dict.fromkeys(("start", "end", "page"), "Int64")
    severity = pd.CategoricalDtype(list(reversed(SEVERITIES)), ordered=True)
    return frame.astype({**whole, "confidence": "float64", "severity": severity})


def clause_frame(contract: Contract) -> pd.DataFrame:
    """The clauses of an analysed contract, one row each in order, columns as in `CLAUSE_COLUMNS`.

    `text` is the clause's own, without number and heading; `confidence` is that of the element, `secondary` a tuple.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd

    rows = [
        (
            clause.id, " › ".join(clause.path), clause.kind, clause.element, clause.confidence, clause.secondary,
            clause.needs_review, contract.text[clause.body : clause.end].strip(),
        )
        for clause in contract.clauses
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(CLAUSE_COLUMNS))
