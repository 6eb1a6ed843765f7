# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
# ---

# %% [markdown]
# # 01 看语料 · Look at a corpus
#
# 逐条标注的合同。Contracts written for this project, every clause labelled: what it regulates, which risks stand in it,
# what it settles. This notebook looks at them as pandas frames. How they were made and checked: `corpora/README.md`.

# %%
import pandas as pd

import hetong
from hetong import plots
from hetong.document import ELEMENTS
from hetong.frames import CHECKOUT
from hetong.frames.labellings import agreement, disagreements, load_labellings
from hetong.frames.views import clause_card, labelled_rules, settled, worded

pd.set_option("display.max_colwidth", 60)

# %% [markdown]
# ## 四张表 · Four frames
#
# `load_corpus()` reads the YAML files of `corpora/contracts` and holds each column to a schema. Another folder of
# annotated contracts is loaded by its path.

# %%
corpus = hetong.load_corpus()
corpus.contracts.drop(columns="text").head()

# %%
corpus.clauses[["contract", "index", "path", "text", "element", "secondary"]].iloc[100:105]

# %% [markdown]
# Contracts that share wording or structure are a family, and `splits.csv` never cuts one: `train` to learn from, `dev`
# to choose by, `test` to report only.

# %%
corpus.contracts.groupby("split").agg(
    contracts=("contract", "count"), families=("family", "nunique"), clauses=("clauses", "sum")
)

# %% [markdown]
# ## 要素 · The elements
#
# A clause has the element that it *regulates*, whatever words it mentions. Bare headings are `other` and left out here.

# %%
clauses = worded(corpus)
plots.bars(clauses["element"].value_counts(), "各要素的条款数", "条款")

# %%
shares = pd.crosstab(clauses["kind"], clauses["element"], normalize="index")[list(ELEMENTS)]
plots.stacked(shares, "各类合同的要素构成", "条款占比")

# %% [markdown]
# A clause may regulate something besides: which elements (columns) accompany which (rows), as a share of the row's
# clauses.

# %%
second = clauses[["element", "secondary"]].explode("secondary").dropna()
together = pd.crosstab(second["element"], second["secondary"]).div(clauses["element"].value_counts(), axis=0)
plots.heat(together.reindex(index=ELEMENTS, columns=ELEMENTS[:-1]), "兼及的要素", "兼及")

# %% [markdown]
# ## 长短与文体 · Lengths and registers

# %%
plots.spread(clauses["characters"], clauses["element"], "条款长度（须线：5% 至 95%）", "字数，对数刻度")

# %%
corpus.contracts[["clauses", "characters", "blanks", "annexes"]].describe().loc[["min", "25%", "50%", "75%", "max"]]

# %% [markdown]
# `register` says in a few words how a contract is drafted; no two are alike.

# %%
corpus.contracts[["title", "type", "register", "redlined"]].iloc[::30]

# %% [markdown]
# ## 风险 · Risks
#
# A label says that a rule must fire on certain words, or that it must not although it looks as if it should.

# %%
rules = labelled_rules(corpus)
rules.head(10)

# %%
most = rules.drop(index="DOC001").head(15).set_index("title")
plots.bars(most["fires"], "标注最多的风险（“空白未填写”另计）", "处")

# %% [markdown]
# ## 要素齐备 · What contracts settle
#
# The share of contracts of a kind whose text settles an attribute of completeness. A low share is not yet a gap: not
# every attribute makes sense for every kind (`docs/completeness.md`), and the parties are settled by their block, which
# carries no labels.

# %%
plots.heat(settled(corpus), "已约定该项的合同占比")

# %% [markdown]
# ## 两人标注是否一致 · How two labellers agree
#
# Every clause was labelled by its writer, and again by a reader who did not see the writer's label. `agreed` is the F1
# of one taken as a prediction of the other; in the last row the share of clauses with the same element. A model can
# hardly agree with people better than they agree with each other.

# %%
labellings = load_labellings(CHECKOUT)
agreement(labellings).round(3)

# %%
both = pd.crosstab(labellings["first"], labellings["second"]).reindex(index=ELEMENTS, columns=ELEMENTS, fill_value=0)
plots.confusion(both, "两次独立标注", axes_names=("第一人", "第二人"))

# %% [markdown]
# Where they differ, a third person decided. A few such clauses of the contracts to learn from:

# %%
learned = corpus.contracts.query("split == 'train'")["contract"]
differ = disagreements(labellings, corpus)
differ[differ["contract"].isin(learned)].sample(8, random_state=1)[["first", "second", "decided", "path", "text"]]

# %% [markdown]
# ## 一个条款 · One clause
#
# All that is known of one clause, from the YAML file of its contract.

# %%
risky = corpus.risks.query("label == 'fires' and rule == 'SRV001'").dropna(subset=["clause"])
clause_card(corpus, risky["contract"].iloc[0], risky["clause"].iloc[0]).to_frame("")
