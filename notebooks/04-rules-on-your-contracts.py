# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
# ---

# %% [markdown]
# # 04 用规则检查自己的合同 · Rules on your contracts
#
# 一个文件夹的草稿进，一张风险表出。Point `DRAFTS` at your own folder (PDF, DOCX, TXT, MD). Nothing leaves the machine.

# %%
import tempfile
from pathlib import Path

import pandas as pd

import hetong
from hetong import plots
from hetong.batch.drafts import analyse_drafts
from hetong.corpus import load_contracts
from hetong.exchange.decisions import decisions_csv, read_decisions, rows_from_decisions, undecided
from hetong.frames import CHECKOUT
from hetong.frames.contracts import in_split
from hetong.rulebook import load_rules
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.rulescore import score, to_frame
from hetong.ruletest import verdicts
from hetong.train import splits_of

DRAFTS = CHECKOUT / "drafts"
pd.set_option("display.max_colwidth", 60)

# %% [markdown]
# ## 检查 · Check the drafts
#
# `unread` names the files that could not be read: an unread draft is not a clean one.

# %%
drafts, unread = analyse_drafts([DRAFTS])
len(drafts), unread

# %% [markdown]
# ## 风险表 · The findings as a frame
#
# A row a finding; a draft without findings has no row.

# %%
findings = hetong.to_frame(drafts)
findings["draft"] = findings["path"].str.extract(r"([^/\\]+)\.\w+$")
findings.sort_values("severity", ascending=False)[["draft", "severity", "rule", "title", "clause_path", "quote"]].head(
    8
)

# %%
by_draft = pd.crosstab(findings["draft"], findings["severity"])[["high", "medium", "low"]]
plots.stacked(by_draft.sort_values(["high", "medium"], ascending=False), "每份草稿的风险", "处")

# %%
plots.bars(findings["title"].value_counts().head(12), "最常见的风险", "处")

# %% [markdown]
# The same drafts from the supplier's side: other duties become risks, others cease to be.

# %%
supplier, _ = analyse_drafts([DRAFTS], stance="supplier")
pd.DataFrame({"neutral": findings["severity"].value_counts(),
              "supplier": hetong.to_frame(supplier)["severity"].value_counts()})  # fmt: skip

# %% [markdown]
# ## 规则准不准 · How right the rules are
#
# Each rule against the labels of annotated contracts: `found` and `missed` are labels that it must fire, `raised` and
# `kept_silent` labels that it must not. Rules were mended with these contracts at hand; figures on contracts that nobody
# who mends rules has opened are in the README.

# %%
contracts = load_contracts(CHECKOUT)
labelled = in_split(contracts, splits_of(contracts, CHECKOUT / "splits.csv"), "dev")
scores, misses = score(labelled, load_rules())
precision = to_frame(scores)
precision.sort_values("found", ascending=False).head(12).round(2)

# %%
pd.DataFrame(misses).groupby(["rule", "what"]).size().sort_values(ascending=False).head(8)

# %% [markdown]
# ## 自己的规则 · A rule of one's own
#
# `house-rules/legal/LGL901-chat-counts.yaml` beside this notebook: we do not want a chat message to change a contract.
# A rule brings sentences on which it must fire and sentences on which it must not; these are its tests.

# %%
print(Path("house-rules/legal/LGL901-chat-counts.yaml").read_text(encoding="utf-8"))

# %%
rules = chosen_rules(Choice(folders=(Path("house-rules"),)))
house = chosen_rules(Choice(folders=(Path("house-rules"),), select=("LGL901",)))
pd.DataFrame(verdicts(house[0]))

# %%
with_ours, _ = analyse_drafts([DRAFTS], rules=rules)
ours = hetong.to_frame(with_ours).query("rule == 'LGL901'")
ours[["path", "clause_path", "quote", "suggestion"]]

# %% [markdown]
# ## 审阅人的决定 · What reviewers decide
#
# A row a finding, to be filled in with `accept` or `reject`. From a shell:
# `hetong corpus export decisions DRAFTS -o decisions.csv`.

# %%
file = Path(tempfile.mkdtemp()) / "decisions.csv"
file.write_text(decisions_csv(undecided(with_ours)), encoding="utf-8")
table = pd.read_csv(file, dtype=str, keep_default_na=False)
table.drop(columns="text_sha256").head()

# %% [markdown]
# We play the reviewer: what our own rule found is right, what SRV001 says is right but for the first.

# %%
table.loc[table["rule"] == "LGL901", "decision"] = "accept"
table.loc[table["rule"] == "SRV001", "decision"] = "accept"
table.loc[table.index[table["rule"] == "SRV001"][:1], "decision"] = "reject"
table.to_csv(file, index=False)

# %% [markdown]
# Decisions and drafts together make labelled rows, which join a corpus (`hetong train --rows`), go to labellers, or show
# the author of a rule where it is wrong.

# %%
rows = rows_from_decisions(read_decisions(file), with_ours)
pd.DataFrame(rows)[["number", "text", "risks", "source"]]
