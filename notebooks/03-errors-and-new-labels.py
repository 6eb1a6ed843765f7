# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
# ---

# %% [markdown]
# # 03 看错处，补标注 · Errors and new labels
#
# 模型错在哪里，请人标哪些最值得，再训练有何变化。A round of improvement: look at the worst errors, let people label the
# clauses that the model doubts, take their labels back as rows, train again, compare. `HETONG_CONTRACTS=60` in the
# environment makes a quick run.

# %%
import os
import tempfile
from pathlib import Path

import pandas as pd

from hetong import plots
from hetong.corpus import load_contracts
from hetong.document import ELEMENTS
from hetong.evaluate import evaluate, worst
from hetong.evaluate.rows import joined
from hetong.evaluate.tables import side_by_side
from hetong.exchange import FORMATS, write_rows
from hetong.exchange.rows import rows_of
from hetong.frames import CHECKOUT
from hetong.frames.contracts import few, in_split
from hetong.splits import FILE
from hetong.train import fit, rows_in, splits_of
from hetong.train.doubts import doubtful, drawn

pd.set_option("display.max_colwidth", 90)
out = Path(tempfile.mkdtemp())

# %% [markdown]
# ## 一个学得少的模型 · A model that has learned little
#
# So that new labels have something to teach, it learns from the split dev only (a fifth of what there is to learn from).
# Its errors are looked at on contracts of train; the split test is for the comparison at the end and never read.

# %%
contracts = few(load_contracts(CHECKOUT), os.environ.get("HETONG_CONTRACTS"))
splits = splits_of(contracts, CHECKOUT / FILE)
known, test = rows_in(contracts, splits, "dev"), rows_in(contracts, splits, "test")
model = fit(known)
before = evaluate(test, model)

# %% [markdown]
# ## 最大的错 · The worst errors, with their text
#
# Of all wrong answers those of which the model was surest. Some are errors of the labels: that is worth knowing too.

# %%
unseen = rows_in(contracts, splits, "train")
pd.DataFrame(worst(unseen, model, 12))[["element", "said", "confidence", "heading", "text"]].round(2)

# %%
plots.confusion(evaluate(unseen, model).scores.confusion, "错在哪里（没有学过的合同）")

# %% [markdown]
# ## 值得请人看的 · The clauses worth a person's time
#
# Those of which the model is least sure. The elements that it suggests travel with them.

# %%
unlabelled = list(rows_of(in_split(contracts, splits, "train")))
doubts = doubtful(model, unlabelled, 400)
plots.bars(pd.DataFrame(doubts.suggested)["element"].value_counts(), "待标条款：模型的建议", "条款")

# %% [markdown]
# ## 送去标注 · Out to the tools in which people label
#
# An Excel workbook with drop-down lists, or tasks for Label Studio with the labelling interface beside them. From a shell:
# `hetong corpus export xlsx|label-studio-elements|…`.

# %%
write_rows("xlsx", doubts.suggested, out / "to-label.xlsx")
write_rows("label-studio-elements", doubts.suggested, out / "to-label.json")

# %%
pd.read_excel(out / "to-label.xlsx", sheet_name="条款").head(4)[["编号", "标题", "条款", "要素", "处理"]]

# %% [markdown]
# ## 标注回来 · Their labels come back
#
# Here the labels of our own corpus stand in for the reviewers': the same clauses, with the element that people gave.
# From a shell: `hetong corpus import label-studio-elements export.json -o rows.jsonl`.

# %%
write_rows("label-studio-elements", doubts.clauses, out / "labelled.json")
corrections = FORMATS["label-studio-elements"].read(out / "labelled.json")
float((pd.DataFrame(corrections)["element"] == pd.DataFrame(doubts.suggested)["element"]).mean().round(3))

# %% [markdown]
# That share of the suggestions was right, much less than elsewhere: the model knows where it is weak.
#
# ## 再训练 · Train again with them
#
# From a shell: `hetong train corpora --rows rows.jsonl -o MODEL`.

# %%
after = evaluate(test, fit([*known, *joined(corrections)]))

# %% [markdown]
# As many clauses drawn by chance cost a labeller about the same. What would they bring?

# %%
others = drawn(unlabelled, len(corrections))
plain = evaluate(test, fit([*known, *joined(others)]))

# %% [markdown]
# ## 有何变化 · What changed
#
# Contracts of the split test, with 95 % intervals over contracts.

# %%
compared = side_by_side({"之前": before, "加 400 条存疑": after, "加 400 条随机": plain})
compared.round(3)

# %%
plots.intervals(compared[["macro_f1", "low", "high"]].rename(columns={"macro_f1": "value"}), "再训练前后", "宏 F1")

# %%
change = pd.DataFrame({"f1": pd.Series(after.scores.f1) - pd.Series(before.scores.f1)}).loc[list(ELEMENTS)]
plots.bars(change["f1"], "各要素 F1 的变化", "加入存疑条款之后减之前")
