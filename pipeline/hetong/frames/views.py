"""Questions that are asked of a corpus again and again, answered as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hetong.errors import CorpusError
from hetong.frames.tables import ATTRIBUTES
from hetong.rulebook import load_rules

if TYPE_CHECKING:
    import pandas as pd

    from hetong.frames import Corpus


def worded(corpus: Corpus) -> pd.DataFrame:
    """The clauses that say something themselves, each with type, kind, register and split of its contract."""
    known = corpus.contracts[["contract", "type", "kind", "register", "split"]]
    return corpus.clauses[corpus.clauses["text"] != ""].merge(known, on="contract")


def labelled_rules(corpus: Corpus) -> pd.DataFrame:
    """By rule: its Chinese title, and how many labels say that it `fires` and that it `must_not`; most fired first."""
    import pandas as pd

    counts = pd.crosstab(corpus.risks["rule"], corpus.risks["label"]).reindex(columns=["fires", "must_not"])
    counts = counts.fillna(0).astype("int64")
    titles = {rule.id: rule.title["zh"] for rule in load_rules()}
    counts.insert(0, "title", [titles.get(str(rule), "") for rule in counts.index])
    return counts.sort_values("fires", ascending=False, kind="stable")


def settled(corpus: Corpus) -> pd.DataFrame:
    """The share of contracts that settle an attribute of completeness: attributes (Chinese names) by kind of contract.

    Words that only touch an attribute (`vague`) do not settle it.
    """
    import pandas as pd

    kinds = corpus.contracts.set_index("contract")["kind"].astype(object)
    present = corpus.evidence.query("status == 'present'").drop_duplicates(["contract", "attribute"])
    counts = pd.crosstab(present["attribute"], present["contract"].map(kinds))
    shares = counts.div(kinds.value_counts(), axis="columns")
    named = shares.reindex([key for key in ATTRIBUTES if key in shares.index]).fillna(0.0)
    return named.rename(index=ATTRIBUTES).rename_axis(index="attribute", columns="kind")


def clause_card(corpus: Corpus, contract: str, index: int) -> pd.Series[Any]:
    """All that is said of one clause: place, text, element, secondary, rules that fire or must not, evidence.

    Raises:
        CorpusError: there is no such clause.
    """
    import pandas as pd

    own = corpus.clauses.query("contract == @contract and index == @index")
    if own.empty:
        raise CorpusError(f"{contract}: no clause {index}")
    row = own.iloc[0]
    risks = corpus.risks[(corpus.risks["contract"] == contract) & (corpus.risks["clause"] == index)]
    fires = risks[risks["label"] == "fires"]
    evidence = corpus.evidence[(corpus.evidence["contract"] == contract) & (corpus.evidence["clause"] == index)]
    return pd.Series(
        {
            "path": " › ".join(row["path"]),
            "text": row["text"],
            "element": row["element"],
            "secondary": ", ".join(row["secondary"]),
            "fires": "; ".join(fires["rule"] + " " + fires["quote"]),
            "must_not": ", ".join(risks.loc[risks["label"] == "must_not", "rule"]),
            "evidence": "; ".join(evidence["attribute"] + " " + evidence["quote"]),
        },
        name=contract,
    )
