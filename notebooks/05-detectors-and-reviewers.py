# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
# ---

# %% [markdown]
# # 05 检测器与审阅人 · Detectors and reviewers
#
# 规则靠措辞，检测器靠例句：换一种说法也能认出来。本笔记本看例句、量检测器、当场重新训练，再把审阅人的决定学进去，
# 看它们改变了什么。Rules go by words, detectors by sentences written for them, so that they know a risk in words that no
# rule foresaw. We look at the sentences, measure, fit anew in seconds, decide findings as a reviewer does, and see what
# that changes. All of it on the ten headline rules: service without limits, and changes whose cost nobody defined.
# `HETONG_CONTRACTS=60` in the environment makes a quick run.

# %%
import os
import tempfile
from pathlib import Path

import pandas as pd

import hetong
from hetong import plots
from hetong.batch.drafts import analyse_drafts
from hetong.corpus import load_contracts
from hetong.exchange.decisions import decisions_csv, read_decisions, rows_from_decisions, undecided
from hetong.frames import CHECKOUT
from hetong.frames.contracts import apart_from, few, in_split
from hetong.predictor import load_card, save_detectors, shipped_detectors
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.sentences import FOLDER, chosen, load_sentences
from hetong.sentencescore import TOPICS, score, to_frame
from hetong.train import splits_of
from hetong.train.changes import changes
from hetong.train.detectors import fit_detectors
from hetong.train.growth import growth
from hetong.train.growth import to_frame as curve_of
from hetong.train.risks import detector_card
from hetong.train.stretches import of_contracts, of_labelled, of_sentences

DRAFTS = CHECKOUT / "drafts"
SOURCES = {"pattern": "措辞", "meaning": "含义", "detector": "检测器", "all": "合计"}
pd.set_option("display.max_colwidth", 80)

# %% [markdown]
# ## 例句 · The sentences
#
# 每条规则一个文件：带风险的句子，和看着像、其实没有风险的句子。One file a rule in `corpora/sentences/`: sentences that
# carry its risk, and near misses that do not, each with the reason. Several writers of different trades wrote them; those
# of the part `aside` (留作检验) are never learned from.

# %%
sentences = load_sentences(CHECKOUT / FOLDER)
frame = pd.DataFrame(sentences)
frame.groupby(["part", "writer"])["risk"].agg(sentences="count", risky="sum")

# %%
pd.read_csv(CHECKOUT / FOLDER / "writers.csv")

# %%
by_rule = pd.crosstab(frame["rule"], frame["part"]).rename(columns={"train": "学习", "aside": "留作检验"})
by_rule.sum(axis=1).describe().round(1).to_frame("sentences a rule")

# %%
plots.stacked(by_rule.loc[list(TOPICS)], "各规则的例句", "句")

# %% [markdown]
# Some of one rule. `usual` says whether the words are those that one expects of this risk: detectors are for the others.

# %%
frame.query("rule == 'SRV001' and part == 'train'").groupby(["risk", "usual"]).head(2)[["risk", "usual", "text", "why"]]

# %% [markdown]
# ## 自带的检测器 · The detectors that come with hetong
#
# 只在留作检验的句子上量。On the sentences of the writers set aside, by source: the patterns of a rule alone, its meanings
# alone, its detector alone, all together. A near miss that is spoken of costs precision. All rules:
# `hetong evaluate corpora --rules`; here only the headline rules run, so the others cannot take a finding from them.

# %%
rules = chosen_rules(Choice(select=tuple(TOPICS)))
learned = chosen(sentences, "train", TOPICS)
aside = chosen(sentences, "aside", TOPICS)
shipped = to_frame(score(aside, rules, shipped_detectors()))
shipped.loc[["unlimited service", "undefined change", "all rules"]].round(2)

# %%
shipped["precision"].unstack("source")[list(SOURCES)].round(2)

# %%
plots.heat(shipped["f1"].unstack("source")[list(SOURCES)].rename(columns=SOURCES), "留作检验的例句：各来源的 F1")

# %% [markdown]
# ## 当场训练 · Fit anew
#
# 例句之外，再给一些合同的条款，让检测器知道平常的条款是什么样。Besides the sentences of the part `train`, detectors learn from
# clauses of annotated contracts, almost all of them without a risk; not from those that the sample drafts were made of,
# which shall be new to them. Thresholds and probabilities come from machines that
# had not seen the writer they are asked about.
# `hetong train corpora --detectors FOLDER` does it for all rules and contracts.

# %%
contracts = few(load_contracts(CHECKOUT), os.environ.get("HETONG_CONTRACTS"))
contracts = in_split(contracts, splits_of(contracts, CHECKOUT / "splits.csv"), "dev")
contracts = apart_from(contracts, DRAFTS)
clauses = list(of_contracts(contracts))
examples = [*of_sentences(learned), *clauses]
fitted = fit_detectors(examples, rules)
len(learned), len(clauses), len(fitted.terms)

# %%
before = score(aside, rules, fitted)
figures = to_frame(before)
figures["f1"].unstack("source")[list(SOURCES)].round(2)

# %% [markdown]
# What a detector has learned: the terms that speak most for a rule. The two sides of a contract stand as one sign each,
# figures as 0.

# %%
weights = pd.DataFrame(fitted.values[: len(fitted.terms)], index=list(fitted.terms), columns=list(fitted.rules))
weights[weights.index.str.fullmatch(r"[一-鿿]{2,}")]["SRV004"].nlargest(12).round(2).to_frame("weight")

# %% [markdown]
# ## 审阅人的决定 · A reviewer decides
#
# 草稿进，决定表出。The drafts are scanned with these detectors; the findings become a file of decisions, a row each, to be
# filled in with `accept` or `reject`. From a shell: `hetong corpus export decisions DRAFTS -o decisions.csv`.

# %%
drafts, unread = analyse_drafts([DRAFTS], rules=rules, detectors=fitted)
hetong.to_frame(drafts)["source"].value_counts().to_frame("findings")

# %%
file = Path(tempfile.mkdtemp()) / "decisions.csv"
file.write_text(decisions_csv(undecided(drafts)), encoding="utf-8")
table = pd.read_csv(file, dtype=str, keep_default_na=False)
table.drop(columns="text_sha256").head()

# %% [markdown]
# We play the reviewer of a house whose framework agreement pays service by the head: that the buyer says how many people
# come is no risk there. Such findings are rejected, and so are those where a detector took a right to inspect, a liability, an
# order or a definition for the risk of its rule (which it does, depends on what it learned from). What else the patterns
# found is right; the rest of what detectors found stays undecided.

# %%
patterns = hetong.to_frame(drafts)["source"] == "pattern"  # in the order of the table
heads = (table["rule"] == "SRV003") & table["quote"].str.contains("人员|人头|人数")
astray = ~patterns & table["quote"].str.contains("查账|照单全赔|无条件执行|设计变更|变更指令|功能模块")
table.loc[patterns, "decision"] = "accept"
table.loc[heads | astray, "decision"] = "reject"
table.to_csv(file, index=False)
pd.crosstab(table["rule"], table["decision"]).rename(columns={"": "undecided"})

# %% [markdown]
# Read back, decisions and drafts make labelled rows (they hold the text that a decision only points at), and rows make
# examples. `hetong corpus import decisions decisions.csv --drafts DRAFTS -o rows.jsonl` writes the rows, `hetong train
# corpora --detectors FOLDER --rows rows.jsonl` learns them.

# %%
rows = rows_from_decisions(read_decisions(file), drafts)
decided = list(of_labelled(rows))
pd.DataFrame(rows)[["number", "text", "risks", "source"]].head()

# %% [markdown]
# ## 学了以后 · What the decisions change
#
# `risk` is what the reviewer said, `before` and `after` the probabilities, `spoke` and `speaks` whether they are enough to
# report. These clauses have now been learned, so this shows that decisions take effect, and no more.

# %%
again = fit_detectors([*examples, *decided], rules)
effect = changes(fitted, again, decided)
effect.query("not risk").round(2)

# %%
effect.groupby("risk")[["before", "after", "spoke", "speaks"]].mean().round(2)

# %%
effect.query("risk and spoke != speaks").round(2).head(10)

# %% [markdown]
# What nobody decided tells more. The sentences of the writers set aside for the same rule: which has the rejection of
# counts of people drawn along? A house that decides so wants those that are about people to fall, and the others to stay.

# %%
others = changes(fitted, again, of_sentences(chosen(aside, rules=("SRV003",))))
others["moved"] = others["after"] - others["before"]
others.sort_values("moved", key=abs, ascending=False).head(8).round(2)

# %% [markdown]
# And the figures on the writers set aside. A few dozen decisions against hundreds of sentences should move them little.
# Look here before detectors with your decisions go into use: a decision that contradicts the sentences costs recall
# elsewhere.

# %%
after = to_frame(score(aside, rules, again, ("detector", "all")))
moved = (after - figures).dropna(how="all")[["found", "raised", "precision", "recall", "f1"]]
moved.loc[["unlimited service", "undefined change", "all rules"]].round(3)

# %%
moved["f1"].unstack("source").round(3)

# %% [markdown]
# ## 学习曲线 · The learning curve
#
# 多一位写手，还是多写几句？More writers, or more sentences of the same? The six rules of service without limits, fitted anew
# for each point; 0 writers is what the rules do alone. All rules: `hetong evaluate corpora --rules --curve`.

# %%
SERVICE = ("SRV001", "SRV002", "SRV003", "SRV004", "SRV005", "SRV006")
points = growth(chosen(sentences, rules=SERVICE), clauses, chosen_rules(Choice(select=SERVICE)), shares=(0.25, 0.5))
curve = curve_of(points)
curve.round(2)

# %%
LINES = {"f1_alone": "检测器单独", "f1": "与规则一起"}
writers = curve.drop_duplicates("writers").set_index("writers")
plots.curves(writers[list(LINES)].rename(columns=LINES), "写手多了以后（每人的例句全用）", ("写手", "F1"))

# %%
shares = curve[curve["writers"] == curve["writers"].max()].set_index("sentences")
plots.curves(shares[list(LINES)].rename(columns=LINES), "例句多了以后（写手全用）", ("例句", "F1"))

# %% [markdown]
# ## 换上去 · Swap them in
#
# 存到文件夹，用 `--detectors` 换上。A folder holds arrays and a card with their hash; loading it runs no code, and weights
# that are not those of their card are refused. `hetong.predictor.OFF`, or `--detectors off`, is no detectors at all.

# %%
folder = Path(tempfile.mkdtemp()) / "our-detectors"
found = score(aside, rules, again, ("all",))
card = detector_card(again, [*examples, *decided], [*learned, *aside], found)
save_detectors(folder, again, card)
pd.DataFrame(load_card(folder)["rules"]).T

# %% [markdown]
# ```
# hetong scan DRAFTS -o out --detectors our-detectors
# ```

# %%
ours = hetong.load_detectors(folder)
contract = hetong.analyse_file(DRAFTS / "医院保洁服务外包合同.pdf", rules=rules, detectors=ours)
hetong.to_frame([contract])[["rule", "source", "confidence", "quote"]]
