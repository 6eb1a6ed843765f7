"""Learned detectors at run time: what they see, what they say, and what overrules them."""

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hetong.document import Contract, Finding
from hetong.errors import ModelError
from hetong.flag import flag
from hetong.flag.learned import LEAST, LONGEST, MOST_SENTENCES, windows
from hetong.flag.meaning import reader_of
from hetong.flag.view import Unit, View
from hetong.predictor import OFF, Detectors, Stretch, load_detectors, model_folder, shipped_detectors
from hetong.predictor.detectors import detectors_of, plain
from hetong.rulebook import RULES, Bounds, Rule, load_concepts, load_rules
from hetong.ruletest import contract_of, prepared

BUYER, SUPPLIER = "\ue0b1", "\ue051"
OPENING = "甲方（买方）：一公司\n乙方（卖方）：二公司\n第一条 约定\n"
MORE = "本合同一式两份，双方各执一份，自双方的法定代表人或者授权代表签字并且加盖公章之日起生效，附件与正文同等有效。"
LIST = [("1", "逐台擦拭外壳"), ("2", "查看电线接头"), ("3", "添加润滑用油")]
RULE = next(rule for rule in load_rules() if rule.id == "SRV001")
SILENT = replace(RULE, match=(), meaning=(), detector=None, bearer=None, unless=(), unless_clause=(), yields_to=())


def hearing(*words: str, precision: float = 1.0, apart: float = 2.0) -> Detectors:
    """Detectors of one rule that speak of any of these words."""
    terms = sorted(words)
    ones = np.ones(1, dtype=np.float32)
    return detectors_of(
        ["SRV001"], terms, (), values=np.full((len(terms), 1), 9.0, dtype=np.float32),
        idf=np.ones(len(terms), dtype=np.float32), bias=-ones, slope=ones, shift=0 * ones, thresholds=0.9 * ones, apart=apart * ones,
        precision=precision * ones,
    )  # fmt: skip


def found(text: str, detectors: Detectors, rule: Rule = SILENT, more: str = MORE) -> tuple[Finding, ...]:
    return flag(prepared(contract_of(OPENING + text + more)), (rule,), "supplier", detectors=detectors).findings


# ---- what they see ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (f"{SUPPLIER * 3}在30日内付{BUYER * 2}1,000.50元", f"{SUPPLIER}在0日内付{BUYER}0元"),
        ("费用____元【　】", "费用_元_"),
        ("甲 \n 乙", "甲 乙"),
        ("自【 】年，约1.5,，.5倍", "自_年，约0，.0倍"),
    ],
)
def test_figures_names_and_blanks_are_one_character_each(text: str, seen: str) -> None:
    assert plain(text) == seen


@pytest.mark.parametrize("seed", range(20))
def test_runs_are_one_character_each_in_chance_texts(seed: int) -> None:
    text = "".join(random.Random(seed).choices(f"12.,_【 \n甲{BUYER}{SUPPLIER}", k=300))
    runs = rf"[0-9][0-9.,]*|{BUYER}+|{SUPPLIER}+|[_【][_【 \n]*|[ \n]+"
    shown = {"1": "0", "2": "0", "【": "_", "\n": " "}
    assert plain(text) == re.sub(runs, lambda run: shown.get(run[0][0], run[0][0]), text)


def test_the_words_that_decided_know_where_they_stand() -> None:
    texts = ["别的话。", f"合计1,000元，{SUPPLIER * 3}在30日内付清。"]
    detectors = hearing(f"{SUPPLIER}在", "日内")
    said = detectors.read(texts, np.zeros((2, 0), dtype=bool), ())
    assert said.deciding(0, rule=0) == []
    assert [texts[1][start:end] for start, end in said.deciding(1, rule=0)] == [f"{SUPPLIER * 3}在", "日内"]
    assert [texts[1][start:end] for start, end in said.deciding(1, rule=0, behind=14)] == ["日内"]


def test_a_probability_grows_with_the_words_that_stand_there() -> None:
    detectors = hearing("还在转", "师傅")
    none, both = detectors.probabilities([Stretch("乙方交货。"), Stretch("机器还在转，师傅就得来。")])[:, 0]
    assert none < 0.5
    assert both > 0.9


def test_a_score_is_the_sum_of_the_terms_over_their_length() -> None:
    draw = np.random.default_rng(0)
    terms, concepts, texts = ["付款", "交货", "款交"], ("pay", "wait"), ["付款交货，付款", "", "交货", "没有"]
    values = draw.normal(size=(5, 4)).astype(np.float32)
    idf = draw.uniform(1, 9, size=5).astype(np.float32)
    bias = draw.normal(size=4).astype(np.float32)
    ones = np.ones(4, dtype=np.float32)
    detectors = detectors_of(
        "abcd", terms, concepts, values=values, idf=idf, bias=bias, slope=ones, shift=0 * ones, thresholds=ones, apart=ones,
        precision=ones,
    )  # fmt: skip
    spoken = np.asarray([[True, False], [False, False], [False, True], [False, False]])
    there = np.asarray([[1, 1, 1, 1, 0], [0, 0, 0, 0, 0], [0, 1, 0, 0, 1], [0, 0, 0, 0, 0]])
    lengths = np.sqrt(there @ np.square(idf)).clip(min=1)
    scores = bias + there @ values / lengths[:, None]
    np.testing.assert_allclose(
        detectors.read(texts, spoken, concepts).probabilities, 1 / (1 + np.exp(-scores)), rtol=1e-5
    )
    assert detectors.read([], spoken[:0], concepts).probabilities.shape == (0, 4)


# ---- what they read --------------------------------------------------------------------------------------
@pytest.mark.parametrize("seed", range(10))
def test_windows_are_the_longest_runs_of_sentences_of_a_paragraph_and_speak_of_what_these_do(seed: int) -> None:
    draw = random.Random(seed)
    words = "免费维修，三个工作日内付款，另行收费，机器还在转师傅就得来" * 5
    lengths = (LEAST - 1, LEAST, 30, LONGEST // 2 - 1, LONGEST // 2)  # two of the longest fit just
    lines = ["".join(f"{words[: draw.choice(lengths)]}。" for _ in range(draw.randint(1, 9))) for _ in range(12)]
    view = View(
        prepared(contract_of(OPENING + "\n".join(f"第{n}条 {line}" if n % 3 else line for n, line in enumerate(lines))))
    )
    read, units = windows(view), view.sentences
    spoken = view.once(reader_of(load_concepts(RULES))).spoken
    runs = [run for paragraph in _paragraphs(view) for run in _runs(paragraph, units)]
    assert list(zip(read.first, read.last, strict=True)) == [
        (first, last) for first, last in runs if units[last].end - units[first].start >= LEAST
    ]
    for first, last, row in zip(read.first, read.last, read.spoken, strict=True):
        assert row.tolist() == spoken[first : last + 1].any(axis=0).tolist()


def _paragraphs(view: View) -> list[list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for index, unit in enumerate(view.sentences):
        block = sum(block.start <= unit.start for block in view.contract.blocks)
        found.setdefault((unit.clause, block), []).append(index)
    return list(found.values())


def _runs(indices: list[int], units: tuple[Unit, ...]) -> Iterator[tuple[int, int]]:
    while indices:
        fitting = [n for n in indices[1:MOST_SENTENCES] if units[n].end - units[indices[0]].start <= LONGEST]
        last = fitting[-1] if fitting else indices[0]
        yield indices[0], last
        indices = indices[max(1, last - indices[0]) :] if last < indices[-1] else []


# ---- what they say ---------------------------------------------------------------------------------------
def test_a_finding_says_that_it_was_learned_how_sure_and_by_which_words() -> None:
    (finding,) = found("乙方交货。机器还在转，师傅就得来修。", hearing("还在转", "师傅"))
    assert finding.source == "detector"
    assert finding.confidence > 0.9
    assert finding.quote == "还在转，师傅"
    text = OPENING + "乙方交货。机器还在转，师傅就得来修。" + MORE
    assert [text[start:end] for start, end in finding.triggers] == ["还在转", "师傅"]


def test_off_leaves_patterns_and_meanings() -> None:
    assert found("机器还在转，师傅就得来修。", OFF) == ()
    assert [f.source for f in found("乙方终身免费维修该机床。", OFF, RULE)] == ["pattern"]


def test_what_a_pattern_found_is_told_once_and_as_that() -> None:
    (finding,) = found("乙方终身免费维修该机床。", hearing("维修", "终身"), RULE)
    assert finding.source == "pattern"


def test_what_a_pattern_found_is_not_told_again_of_the_sentence_beside_it() -> None:
    rule = replace(RULE, detector=None)
    (finding,) = found("乙方终身免费维修该机床。机器还在转，师傅就得来。", hearing("还在转"), rule)
    assert finding.source == "pattern"


@pytest.mark.parametrize(("precision", "severity"), [(0.96, "high"), (0.94, "medium"), (0.0, "medium")])
def test_alone_they_are_never_of_high_severity_below_a_precision_of_95_percent(precision: float, severity: str) -> None:
    (finding,) = found("机器还在转，乙方就得来修。", hearing("还在转", precision=precision))
    assert finding.severity == severity


@pytest.mark.parametrize(
    "text",
    [
        "还在转",
        "（机器还在转的，由使用单位的值班人员在本表背面另行注明，并由保管员签字。本表一式两份，双方各存一份。）",
        "机器还在转的，由使用单位的值班人员在交接班时按照下列的各项要求逐项查看并且当场签字予以确认：",
    ],
)
def test_bare_words_notes_in_brackets_and_bare_lead_ins_are_not_asked(text: str) -> None:
    assert found(text, hearing("还在转", apart=0.5), more="") == ()


def test_a_short_stretch_says_little_so_a_detector_must_be_surer() -> None:
    short = "机器还在转，乙方就得来修。"
    assert found(short, hearing("还在转"), more="") == ()
    assert found(short, hearing("还在转", apart=0.95), more="") != ()
    assert found(short, hearing("还在转")) != ()


def test_a_bare_stretch_about_something_else_is_not_heard_however_sure_a_detector_is() -> None:
    bound = replace(SILENT, detector=Bounds((frozenset({"service_act"}),)))
    detectors = hearing("还在转", apart=0.5)
    assert found("机器还在转，师傅就得来维修。", detectors, bound, more="") != ()
    assert found("机器还在转，电费由甲方负担。", detectors, bound, more="") == ()
    assert found("机器还在转，电费由甲方负担。", detectors, bound) != ()


def test_a_stretch_that_names_no_party_says_too_little_so_a_detector_must_be_surer() -> None:
    nobody = "机器还在转，师傅就得来修，白天夜里都是这样，节日里头也是这样，从来如此。"
    assert found(nobody, hearing("还在转"), more="") == ()
    assert found(nobody, hearing("还在转", apart=0.95), more="") != ()
    assert found(nobody.replace("师傅", "乙方"), hearing("还在转"), more="") != ()


@pytest.mark.parametrize(
    "row",
    ["机器还在转 报修电话 值班人员 修理时间", "机器还在转的台数：______台（由车间填写）", "机器还在转 □是 □否 □不清楚"],
)
def test_a_row_of_a_form_is_not_asked(row: str) -> None:
    assert found(row, hearing("还在转", apart=0.5), more="") == ()


def test_what_announces_a_list_is_told_once() -> None:
    items = "；\n".join(f"（{number}）{what}，由值班人员记录在案并且当日告知对方的联系人" for number, what in LIST)
    detectors = hearing("还在转", apart=0.5)
    assert len(found(f"机器还在转的，师傅就得来，并做好下列各项工作：\n{items}。", detectors, more="")) == 1
    before = "机器还在转，师傅就得来修。"
    (finding,) = found(f"{before}机器还在转的，另做好下列工作：\n{items}。", detectors, more="")
    assert finding.quote.startswith("还在转")
    assert finding.span is not None
    assert finding.span.start < len(OPENING) + len(before)


# ---- what overrules them ---------------------------------------------------------------------------------
def test_a_finding_counts_only_where_the_text_speaks_of_what_the_rule_is_about() -> None:
    bound = replace(SILENT, detector=Bounds((frozenset({"service_act"}),), frozenset({"price"})))
    detectors = hearing("还在转")
    assert found("机器还在转，乙方就得来维修。", detectors, bound) != ()
    assert found("机器还在转，电费由甲方负担。", detectors, bound) == ()
    assert found("机器还在转，乙方来维修，另行收费。", detectors, bound) == ()


def test_mitigations_of_the_rule_hold_for_its_detector() -> None:
    text = "机器还在转，乙方就应维修，但质保期满后另行计费。"
    assert found(text, hearing("还在转")) != ()
    assert found(text, hearing("还在转"), replace(SILENT, unless=_pattern("另行计费"))) == ()


def test_a_mitigation_counts_in_any_sentence_that_a_detector_read() -> None:
    rule = replace(SILENT, unless=_pattern("另行计费"))
    assert found("机器还在转，乙方就应维修。质保期满后的维修由双方商定价格。", hearing("还在转"), rule) != ()
    assert found("机器还在转，乙方就应维修。质保期满后的维修另行计费。", hearing("还在转"), rule) == ()
    assert (
        found("机器还在转，乙方就应维修。\n第二条 质保期满后的维修另行计费。", hearing("还在转", apart=0.5), rule) != ()
    )


def _pattern(words: str) -> tuple[object, ...]:
    from hetong.rulebook import load_lexicon

    return (load_lexicon(RULES).pattern(words),)


def test_a_duty_of_the_other_side_is_no_finding() -> None:
    rule = replace(SILENT, bearer="supplier")
    assert found("机器还在转，乙方就应派人来修。", hearing("还在转"), rule) != ()
    assert found("甲方应当派人看守道路，机器还在转的也不例外。", hearing("还在转"), rule) == ()


# ---- what is shipped -------------------------------------------------------------------------------------
def drafted(*lines: str) -> Contract:
    return prepared(contract_of(OPENING + "\n".join(lines)))


def test_the_shipped_ones_find_a_risk_in_words_that_no_pattern_has() -> None:
    contract = drafted("货到工地以后，总包什么时候拿到业主的钱，什么时候才轮到我们厂结账，业主一天不拨，总包一天不欠。")
    before = {f.rule for f in flag(contract, stance="supplier", detectors=OFF).findings if f.source != "check"}
    after = {f.rule: f.source for f in flag(contract, stance="supplier").findings if f.source == "detector"}
    assert "PRC007" in set(after) - before


def test_they_refuse_to_load_when_the_card_describes_others(tmp_path: Path) -> None:
    folder = tmp_path / "detectors"
    shutil.copytree(model_folder("detectors"), folder)
    weights = folder / "weights.npz"
    weights.write_bytes(weights.read_bytes() + b"x")
    with pytest.raises(ModelError, match="not what card"):
        load_detectors(folder)


def test_every_rule_of_words_that_can_be_said_otherwise_has_one() -> None:
    from hetong.sentencecheck import WORDS_ALONE

    kinds = ("wording", "companion", "meaning")
    assert set(shipped_detectors().rules) == {r.id for r in load_rules() if r.kind in kinds} - WORDS_ALONE
