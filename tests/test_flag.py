"""How rules are run: what a pattern may need, what stands behind what, and one place for one finding."""

from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
import yaml

from hetong.errors import RuleError
from hetong.flag.view import View
from hetong.fold import fold
from hetong.predictor import Features, Prediction
from hetong.rulebook import RULES, Lexicon, Rule, load_lexicon, load_rule, load_rules
from hetong.rulebook.literals import needs_of
from hetong.rulebook.patterns import load_mapping
from hetong.ruletest import contract_of, findings_in
from hetong.run import analyse

MODEL = next(rule for rule in load_rules() if rule.id == "SRV001")


def rule_of(tmp_path: Path, **fields: object) -> Rule:
    """A rule of the given fields, the others taken from a shipped one."""
    data = yaml.safe_load((RULES / "service" / MODEL.source).read_text(encoding="utf-8"))
    for field in ("bearer", "unless", "unless_clause", "unless_document", "yields_to"):
        data.pop(field, None)
    data |= {"id": "TST001", "name": "test", **fields}
    path = tmp_path / f"{data['id']}-{data['name']}.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return load_rule(path)


def quotes(rule: Rule, text: str) -> list[str]:
    return [finding.quote for finding in findings_in(text, rule)]


def test_patterns_in_any_order_need_only_stand_in_one_sentence(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=[{"all": ["变更", "费用"]}])
    assert quotes(rule, "费用照旧，甲方可以变更。") == ["费用照旧，甲方可以变更"]
    assert quotes(rule, "甲方可以变更。费用照旧。") == []


def test_patterns_within_a_distance_follow_one_another(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=[{"all": ["变更", "费用"], "within": [20]}])
    assert quotes(rule, "甲方变更设计的，不论大小，费用照旧。") == ["变更设计的，不论大小，费用"]
    assert quotes(rule, "费用照旧，甲方可以变更。") == []
    assert quotes(rule, "甲方变更设计的，乙方应当立即组织人员重新绘制全部施工图并报送审查，费用照旧。") == []


def test_a_short_distance_ends_at_a_comma(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=[{"all": ["变更", "设计"], "within": [10]}])
    assert quotes(rule, "甲方变更施工设计的，应当通知。") == ["变更施工设计"]
    assert quotes(rule, "甲方变更的，设计人照办。") == []


def test_words_of_two_patterns_may_overlap(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=[{"all": ["随时调?", "调整"], "within": [4]}])
    assert quotes(rule, "甲方可随时调整班次。") == ["随时调整"]


def test_a_distance_is_missing_for_a_pattern(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="within"):
        rule_of(tmp_path, match=[{"all": ["变更", "费用", "工期"], "within": [20]}])


def test_a_rule_speaks_once_of_a_sentence(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["无条件接受", "不得拒绝"])
    text = "乙方应无条件接受，不得拒绝；改期的，乙方也应无条件接受。"
    assert quotes(rule, text) == ["无条件接受，不得拒绝", "无条件接受"]


def test_a_rule_that_fires_once_names_its_other_places(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["无条件接受"], once=True)
    (finding,) = findings_in("乙方应无条件接受。\n丙方也应无条件接受。", rule)
    assert finding.quote == "无条件接受"
    assert len(finding.related) == 1


def test_a_rule_may_fire_once_a_clause(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["无条件接受"], once="clause")
    text = "第一条 乙方应无条件接受。丙方也应无条件接受。\n第二条 丁方应无条件接受。"
    assert [len(finding.related) for finding in findings_in(text, rule)] == [1, 0]


def test_what_an_outline_leaves_out_is_not_missing(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, kind="absence", match=[], when=["灯会"], evidence=["不可抗力"])
    titles = "彩灯的式样（写明尺寸）", "场地", "布展与撤展", "门票收入的分配", "安保", "保险", "争议", "其他"
    written = [f"{title}由主办方在开展前三日定下。" for title in titles]
    outline, contract = (
        "元宵灯会合同\n" + "\n".join(f"第{n}条 {body}" for n, body in zip("一二三四五六七八", bodies, strict=True))
        for bodies in (titles, written)
    )
    assert not findings_in(outline, rule)
    assert len(findings_in(contract, rule)) == 1


def test_a_rule_yields_only_where_the_other_speaks() -> None:
    rules = tuple(rule for rule in load_rules() if rule.id in {"LGL001", "LGL002"})
    text = "第一条 甲方有权随时调整服务内容，乙方应予执行。\n第二条 甲方提出修改意见的，乙方应修改设计方案。"
    found = analyse(contract_of(text), rules=rules, predict=no_elements, threshold=0.0).findings
    assert [(f.rule, f.clause) for f in found] == [("LGL002", "1"), ("LGL001", "2")]


def no_elements(clauses: Sequence[Features]) -> list[Prediction]:
    return [Prediction("other", 1.0) for _ in clauses]


def test_rule_files_read_the_same_with_both_readers_of_yaml() -> None:
    for path in [*RULES.glob("lexicon*.yaml"), *sorted(RULES.glob("*/*.yaml"))]:
        text = path.read_text(encoding="utf-8")
        assert yaml.safe_load(text) == load_mapping(path), path.name


@pytest.mark.parametrize(
    ("head", "text", "masked"),
    [
        ("建设方（甲方）：青禾\n实施方（乙方）：远山", "实施方应按实施方案开展工作。", "实施方"),
        ("委托方：青禾\n开发方：远山", "开发方式与开发方法由开发方选定，开发方向、开发方针不变。", "开发方"),
        ("需方：青禾\n供方：远山", "供方提供方便，供货方面由供方向工地报告。", "供方供方"),
        ("出租方：青禾\n承租方：远山", "承租方法定代表人和承租方案件代理人到场。", "承租方承租方"),
    ],
)
def test_a_label_in_a_longer_word_is_no_party(head: str, text: str, masked: str) -> None:
    contract = analyse(contract_of(f"{head}\n第一条 {text}"), rules=(), predict=no_elements, threshold=0.0)
    start = contract.text.index("第一条")
    printed, read = contract.text[start:], View(contract).text[start:]
    assert "".join(a for a, b in zip(printed, read, strict=True) if a != b) == masked


@pytest.mark.parametrize(
    "text",
    [
        "乙方应为甲方提供维护。",  # the party behind a preposition does not owe
        "系统的维护均由乙方负责。",  # the agent behind the words does
        "甲方需要改造机房的，乙方负责维护。",  # nor does the one who stands in a condition
        "只要甲方仍在使用，乙方就应维护。",
        "甲方认为必要的维护，乙方应予完成。",
        "甲方应支付货款。乙方应交付设备。负责日后的维护。",  # the sentences before speak of both
        "甲方应支付货款。乙方误期的，负责日后的维护。",  # who breaks the contract owes what follows
        "负责维护。",  # nobody is named
    ],
)
def test_the_duty_is_the_suppliers_unless_the_buyer_is_its_subject(tmp_path: Path, text: str) -> None:
    assert quotes(
        rule_of(tmp_path, match=["维护"], bearer="supplier"), f"甲方：青禾\n乙方：远山\n第一条 服务\n{text}"
    ) == ["维护"]


@pytest.mark.parametrize(
    "text",
    [
        "乙方应交货。甲方迟延验收的，设备的维护照付。",
        "甲方应负责维护，乙方提供图纸。",
        "乙方交货后，维护由甲方负责。",
        "甲方负责看管设备。并负责日常维护。",
    ],
)
def test_what_the_buyer_owes_is_no_risk_of_the_supplier(tmp_path: Path, text: str) -> None:
    assert (
        quotes(rule_of(tmp_path, match=["维护"], bearer="supplier"), f"甲方：青禾\n乙方：远山\n第一条 服务\n{text}")
        == []
    )


def test_a_negation_may_share_its_last_character_with_the_words(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["承担{~}损失"])
    assert quotes(rule, "乙方不承担甲方的损失。") == []
    assert quotes(rule, "乙方不就停工、误工承担任何损失。") == []
    assert quotes(rule, "乙方不得推诿，应承担全部损失。") == ["承担全部损失"]


def test_words_of_the_lead_in_hide_no_words_of_the_item(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=[r"{supplier}[^，。；\n]{0,12}有权"])
    assert quotes(rule, "第一条 分工\n乙方负责：\n（1）乙方有权换人。\n（2）清场。") == ["乙方有权"]


def test_a_mitigation_may_belong_to_one_way_of_matching_only(tmp_path: Path) -> None:
    ways = [{"all": ["免费维修"], "none_clause": ["质保期为"]}, {"all": ["免费改造"]}]
    rule = rule_of(tmp_path, match=ways)
    text = "乙方提供免费维修。乙方提供免费改造。"
    assert quotes(rule, text) == ["免费维修", "免费改造"]
    assert quotes(rule, f"质保期为一年。{text}") == ["免费改造"]
    ways = [{"all": ["免费维修"], "none_document": ["质保期为"]}, {"all": ["免费改造"]}]
    assert quotes(rule_of(tmp_path, match=ways), f"第一条 质保期为一年。\n第二条 {text}") == ["免费改造"]


def test_what_is_looked_for_in_a_heading_says_nothing_of_the_sentence_before_it() -> None:
    contract = analyse(
        contract_of("第一条 期限\n服务期为一年。\n第二条 价款\n每年一万元。"),
        rules=(),
        predict=no_elements,
        threshold=0.0,
    )
    view = View(contract)
    term = (Lexicon({}).pattern("一年"),)
    assert not view.holds(term, contract.text.index("第二条"), "sentence")
    assert view.holds(term, contract.text.index("服务期"), "sentence")


# ---- headings, limits, milder findings -------------------------------------------------------------------------------
def test_a_heading_that_runs_on_into_its_sentence_is_read_with_it(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["租期[^。]{0,4}五十年"])
    assert quotes(rule, "第一条 租期：五十年。\n第二条 租金\n每月一万元。") == ["租期：五十年"]
    assert quotes(rule, "第一条 租期\n五十年。\n第二条 租金\n每月一万元。") == []


def limit(tmp_path: Path, **threshold: object) -> Rule:
    return rule_of(tmp_path, kind="threshold", match=["保证金[^。]{0,12}%"], threshold={"of": "rate", **threshold})


def test_a_limit_may_lie_above_or_below(tmp_path: Path) -> None:
    assert quotes(limit(tmp_path, at_least=0.1), "保证金为总价的12%。") == ["保证金为总价的12%"]
    assert quotes(limit(tmp_path, at_least=0.1), "保证金为总价的8%。") == []
    assert quotes(limit(tmp_path, at_most=0.02), "保证金为总价的1%。") == ["保证金为总价的1%"]
    assert quotes(limit(tmp_path, at_most=0.02), "保证金为总价的3%。") == []


def test_a_type_of_contract_may_have_a_limit_of_its_own(tmp_path: Path) -> None:
    rule = limit(tmp_path, at_least=0.1, by_type={"construction": 0.031})
    assert quotes(rule, "厂房施工合同\n保证金为总价的5%。") == ["保证金为总价的5%"]
    assert quotes(rule, "水泵买卖合同\n保证金为总价的5%。") == []


@pytest.mark.parametrize(
    "threshold", [{"of": "rate"}, {"of": "weight", "at_least": 1}, {"of": "rate", "at_least": "ten"}]
)
def test_a_limit_without_a_number_is_a_mistake(tmp_path: Path, threshold: dict[str, object]) -> None:
    with pytest.raises(RuleError, match="threshold: give of"):
        rule_of(tmp_path, kind="threshold", threshold=threshold)


def test_words_in_the_clause_may_make_a_finding_one_level_milder(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["终身维护"], milder=["有偿"])
    assert [f.severity for f in findings_in("设备由乙方负责终身维护。", rule)] == ["high"]
    assert [f.severity for f in findings_in("设备由乙方负责终身维护。备件有偿。", rule)] == ["medium"]


def test_a_mitigation_may_stand_anywhere_in_the_article(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, match=["免费维修"], unless_section=["质保期为一年"])
    text = "第一条 服务\n1.1 乙方免费维修。\n1.2 质保期为一年。\n第二条 其他\n2.1 乙方免费维修水泵。"
    assert quotes(rule, text) == ["免费维修"]
    assert [f.clause for f in findings_in(text, rule)] == ["2.1"]


def test_a_name_is_defined_in_one_lexicon_file_only(tmp_path: Path) -> None:
    (tmp_path / "lexicon-a.yaml").write_text("gift: [礼品]\n", encoding="utf-8")
    (tmp_path / "lexicon-b.yaml").write_text("gift: [赠品]\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"lexicon-b\.yaml: gift: defined before"):
        load_lexicon(tmp_path)


# ---- what a pattern needs --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("免费维护", [{"免费维护"}]),
        ("(?:再|又)(?:改|换)", [{"再改", "再换", "又改", "又换"}]),
        ("变更?费用", [{"变费用", "变更费用"}]),
        ("免费[^。]{0,9}维护", [{"免费"}, {"维护"}]),
        ("(?<!不)免费|无偿", [{"免费", "无偿"}]),
        ("(?:免费){1,3}维护", [{"免费"}, {"维护"}]),
        ("[^。]{1,9}|免费", []),
        ("(?:免费)?", []),
    ],
)
def test_the_words_that_a_pattern_needs(pattern: str, needs: list[set[str]]) -> None:
    assert sorted(map(sorted, needs_of(pattern, {}).sets)) == sorted(map(sorted, needs))


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        ("费用[^。]{0,9}永久", [({"永久"}, [{"费用"}], [])]),
        ("永久[^。]{0,9}费用", [({"永久"}, [], [{"费用"}])]),
        ("不[^。]{0,9}付酬|免费", [({"付酬"}, [{"不"}], []), ({"免费"}, [], [])]),
        ("应[^。]{0,9}(?:不[^。]{0,9}付酬|白送)", [({"付酬"}, [{"应"}, {"不"}], []), ({"白送"}, [{"应"}], [])]),
        ("(?:付酬[^。]{0,9}不|白送)[^。]{0,9}的", [({"付酬"}, [], [{"不"}, {"的"}]), ({"白送"}, [], [{"的"}])]),
        ("(?:收钱|要钱)[^。]{0,9}的|计价[^。]{0,9}的", [({"收钱", "要钱", "计价"}, [], [{"的"}])]),
    ],
)
def test_the_signs_of_a_pattern_and_what_stands_beside_them(pattern: str, signs: list[tuple[object, ...]]) -> None:
    found = needs_of(pattern, {}).signs
    assert [(s.words, list(s.before), list(s.behind)) for s in found] == signs


def stand_in_order(sets: Sequence[Collection[str]], text: str) -> bool:
    """Whether words of these sets follow one another in a text."""
    at = 0
    for words in sets:
        ends = [place + len(word) for word in words if (place := text.find(word, at)) >= 0]
        if not ends:
            return False
        at = min(ends)
    return True


def test_in_every_match_of_a_shipped_pattern_stands_a_word_of_each_set_and_a_sign_with_what_is_around_it() -> None:
    for rule in load_rules():
        for text in (fold(example.text) for example in rule.examples):
            for pattern in (p for way in rule.match for p in way.all):
                for start, end in pattern.finditer(text):
                    words = text[start:end]
                    assert all(stand_in_order([needed], words) for needed in pattern.needs), pattern.source
                    shown = [stand_in_order([*s.before, s.words, *s.behind], words) for s in pattern.signs]
                    assert any(shown) or not shown, pattern.source


@pytest.mark.parametrize("words", ["", "押金在退租后十日内退还。", "押金" * 300])
def test_looking_around_words_finds_what_looking_at_the_whole_text_finds(words: str) -> None:
    pattern = Lexicon({}).pattern("(?:押金|保证金)[^。]{0,40}(?:退还|返还)(?!利息)")
    for text in (f"{'水电费由承租人承担。' * 60}{words}{'双方另行协商。' * 60}", f"{words}押金{'概' * 41}退还" * 9):
        assert pattern.stands_in(text) is (pattern.search(text) is not None)
