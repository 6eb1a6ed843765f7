"""Checks of numbers: sums, units, dates, two values for one thing, codes with a computed last digit."""

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from hetong.classify.mentions import find_mentions
from hetong.classify.parties import find_parties
from hetong.document import Cell, Contract, Source
from hetong.extract.builder import TextBuilder
from hetong.flag.checks import CHECKS
from hetong.flag.checks.identity import credit_digit, id_digit
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of
from hetong.segment import segment


def prepared(contract: Contract) -> Contract:
    contract = segment(contract)
    return replace(contract, parties=find_parties(contract), mentions=find_mentions(contract))


def hits_in(check: str, contract: Contract) -> list[Hit]:
    rule = next(rule for rule in load_rules() if rule.check == check)
    return list(CHECKS[check](View(prepared(contract)), rule, ()))


def hits(check: str, text: str) -> list[Hit]:
    return hits_in(check, contract_of(text))


def quotes(check: str, text: str) -> list[str]:
    contract = contract_of(text)
    return [contract.text_of(hit.span) for hit in hits(check, text) if hit.span]


def with_table(*rows: Sequence[str], before: str = "", behind: str = "") -> Contract:
    """A contract with one table of cells between two paragraphs."""
    builder = TextBuilder()
    if before:
        builder.add(before)
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            end = "\n" if column == len(row) - 1 else "\t"
            builder.add(words, "cell", cell=Cell(0, number, column), end=end)
    if behind:
        builder.add(behind)
    return builder.contract(Source("example.docx", "", "docx"))


# ---- sums in tables --------------------------------------------------------------------------------------------------
SUMS = "sums-that-differ"
HEAD = ("序号", "名称", "数量", "单价（元）", "金额（元）")


@pytest.mark.parametrize(
    ("rows", "calculation", "stated"),
    [
        ([("1", "水泵", "3台", "2,000", "6,500")], "2,000×3", "6,500"),
        ([("1", "阀门", "12", "150.50", "1,860.00")], "150.50×12", "1,860"),
        ([("1", "水泵", "3", "2000", "6000"), ("2", "阀", "10", "150", "1500"), ("合计", "", "", "", "7600")], "6,000+1,500", "7,600"),
        ([("1", "梁", "2", "500", "1000"), ("2", "板", "4", "500", "2000"), ("总计：人民币3,100元（大写：叁仟壹佰元整）",)], "1,000+2,000", "3,100"),
    ],
)  # fmt: skip
def test_a_row_or_a_total_of_a_table_that_is_not_what_its_parts_make_is_found(
    rows: list[tuple[str, ...]], calculation: str, stated: str
) -> None:
    (hit,) = hits_in(SUMS, with_table(HEAD, *rows))
    assert (hit.values["calculation"], hit.values["stated_value"]) == (calculation, stated)
    assert len(hit.related) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "水泵", "3", "2000", "6000"), ("2", "阀门", "10", "150", "1500"), ("合计", "", "", "", "7500")],
        [("1", "钉", "3", "33.33", "100.00"), ("2", "线", "7", "14.29", "100.00"), ("合计", "", "", "", "200")],
        [("1", "水泵", "3", "2000", "6000"), ("2", "阀门", "", "", ""), ("合计", "", "", "", "9000")],
        [("1", "水泵", "____", "2000", "____"), ("合计", "", "", "", "9000")],
        [("1", "米", "500公斤", "6000元/吨", "3000")],
        [("1", "水泵", "3", "2000", "6000"), ("优惠", "", "", "", "500"), ("合计", "", "", "", "5500")],
        [("一", "设备", "", "", "7500"), ("1", "泵", "3", "2000", "6000"), ("2", "阀", "10", "150", "1500"), ("合计", "", "", "", "7500")],
        [("1", "泵", "3", "2000", "6000"), ("2", "阀", "10", "150", "1500"), ("小计", "", "", "", "7500"), ("3", "管", "5", "100", "500"), ("4", "件", "5", "100", "500"), ("总计", "", "", "", "8500")],
    ],
    ids=["right", "rounded", "empty row", "blank row", "other unit", "rebate", "groups", "subtotal and total"],
)  # fmt: skip
def test_tables_that_add_up_or_that_are_not_complete_are_silent(rows: list[tuple[str, ...]]) -> None:
    assert hits_in(SUMS, with_table(HEAD, *rows)) == []


def test_other_columns_may_multiply_the_amount_and_a_rate_of_tax_may_be_in_it() -> None:
    head = ("岗位", "人数", "单价（元/月）", "月数", "金额（元）")
    assert hits_in(SUMS, with_table(head, ("保洁", "6", "4500", "12", "324000"))) == []
    head = ("名称", "数量", "单价（不含税）", "税率", "金额（含税）")
    assert hits_in(SUMS, with_table(head, ("主机", "2", "10000", "13%", "22600"))) == []
    assert len(hits_in(SUMS, with_table(head, ("主机", "2", "10000", "13%", "23600")))) == 1


def test_net_tax_and_gross_of_a_row_are_added() -> None:
    head = ("名称", "不含税金额", "税额", "价税合计")
    assert hits_in(SUMS, with_table(head, ("主机", "10000", "1300", "11300"))) == []
    (hit,) = hits_in(SUMS, with_table(head, ("主机", "10000", "1300", "11500")))
    assert hit.values["expected"] == "11,300"


def test_the_amounts_of_a_payment_plan_are_their_percentages_of_one_sum() -> None:
    head = ("期次", "比例", "金额（元）")
    rows = [("一", "30%", "30000"), ("二", "50%", "50000"), ("三", "20%", "25000")]
    (hit,) = hits_in(SUMS, with_table(head, *rows))
    assert hit.values["expected"] == "20,000"
    assert hits_in(SUMS, with_table(head, *rows[:2], ("三", "20%", "20000"))) == []


def test_rows_of_plain_text_under_a_header_are_a_table() -> None:
    text = "第一条 清单\n名称 数量 单价 金额\n课桌 40 300 12000\n讲台 2 900 1800\n合计   {}\n第二条 交货。"
    assert hits(SUMS, text.format("13800")) == []
    assert quotes(SUMS, text.format("14800")) == ["14800"]


def test_a_bilingual_header_of_more_words_than_columns_is_no_table() -> None:
    text = "第一条 清单\n名称 Name 数量 Qty 单价 Price 金额 Amount\n课桌 desk 40 300 12500\n合计 Total 12500"
    assert hits(SUMS, text) == []


def test_the_price_of_the_contract_is_compared_with_its_only_table_of_prices() -> None:
    rows = [HEAD, ("1", "课桌", "40", "300", "12000"), ("2", "讲台", "2", "900", "1800"), ("合计", "", "", "", "13800")]
    wrong = with_table(*rows, before="第一条 合同总价为15,800元，设备清单如下。")
    (hit,) = hits_in(SUMS, wrong)
    assert wrong.text[slice(*hit.span or (0, 0))] == "15,800元"
    for before in ("合同总价为13,800元", "合同总价为15,594元（含税）", "合同总价为15,800元，含运费2,000元"):
        assert hits_in(SUMS, with_table(*rows, before=f"第一条 {before}，设备清单如下。")) == []


# ---- sums in sentences -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("不含税价100,000元，税额6,000元，含税总价107,000元。", "107,000元"),
        ("不含税价为人民币900,000元，增值税税率9%，税额为90,000元。", "90,000元"),
        ("不含税金额50万元，税率6%，价税合计55万元。", "55万元"),
        ("主机款20万元，安装费8万元，培训费2万元，合计31万元。", "31万元"),
        ("服务器2台，单价35,000元，小计75,000元。", "75,000元"),
        ("桌子10张，单价200元，小计2000元；椅子40把，单价50元，小计2000元；合计：5000元。", "5000元"),
        ("总额860,000元，其中设备310,000元，差旅90,000元，人员490,000元。", "860,000元"),
        ("首年租金12,200元×12个月=146,000元。", "146,000"),
        ("每月租金三千元，一年合计三万五千元。", "三万五千元"),
        ("每年维保费84,000元，三年合计250,000元。", "250,000元"),
    ],
)
def test_a_sum_in_a_sentence_that_is_wrong_is_found_at_what_is_stated(text: str, quote: str) -> None:
    found = hits(SUMS, "第一条 " + text)
    assert quotes(SUMS, "第一条 " + text) == [quote]
    assert all(hit.related for hit in found)


@pytest.mark.parametrize(
    "text",
    [
        "不含税价100,000元，税额6,000元，含税总价106,000元（大写：壹拾万零陆仟元整）。",
        "含税价¥9,810,000元（大写：玖佰捌拾壹万元整），其中不含税价9,000,000元，增值税税率9%，税额810,000元。",
        "不含税价331.86元，税率13%，含税价375元。",
        "不含税价____元，税率6%，含税价500元。",
        "主机款20万元，安装费8万元，培训费2万元，合计30万元。",
        "设备款30万元，预付10万元，合计不超过50万元。",
        "总价1,860,000元，其中设备款1,480,000元。",
        "项目总额50万元，其中首付20万元，余款10万元等按进度支付。",
        "每月120元，首年合计1,200元。",
        "每月租金3,000元，押金6,000元，租期一年。",
        "面积12×8=96平方米，尺寸600×400×15mm。",
        "桌子10张，单价200元，小计2000元；椅子4把，单价50元，小计200元；优惠200元，合计：2000元。",
        "甲方支付30万元，乙方支付20万元，丙方支付10万元。",
        "每台不含税价100元，税率13%，含税总价1,130元。",
        "设备25万元，含主机20万元，安装3万元，合计28万元。",
        "每月租金3,000元，一年合计33,000元（免租一个月优惠）。",
        "钢板1000×600=0.6平方米，每平方米100元。",
    ],
)
def test_sums_that_are_right_partial_or_reduced_are_silent(text: str) -> None:
    assert hits(SUMS, "第一条 " + text) == []


# ---- units -----------------------------------------------------------------------------------------------------------
UNITS = "amounts-in-other-units"


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("合同总价128万元（即12,800,000元）。", "10"),
        ("合同总价为50万元。\n第二条 合同总价为人民币500,000,000元。", "1,000"),
        ("合同总价为50万元。\n第二条 合同总价为50元。", "10,000"),
        ("经费贰佰伍拾 万元，其中材料 壹佰玖拾 元，劳务 陆拾 元。", "10,000"),
        ("预算300万元，其中设备200元，土建100元。", "10,000"),
    ],
)
def test_one_amount_in_two_units_is_found_with_both_places(text: str, times: str) -> None:
    (hit,) = hits(UNITS, "第一条 " + text)
    assert hit.values["times"] == times
    assert len(hit.related) == 1


@pytest.mark.parametrize(
    "text",
    [
        "合同总价128万元（即1,280,000元）。",
        "合同总价叁拾万元整（小写：30000元）。",
        "合同总价为50万元，履约保证金为50,000元。",
        "预算300万元，其中设备200万元，土建100万元。",
        "预算300万元，其中设备每台200元，备件每件100元。",
        "合同总价为50万元。\n第二条 合同总价为500,000元。",
        "月租金为8,000元。\n第二条 年租金为80,000元。",
        "定金10万元（不超过合同总价100万元）。",
    ],
)
def test_amounts_that_agree_or_are_of_different_things_are_silent(text: str) -> None:
    assert hits(UNITS, "第一条 " + text) == []


def test_a_total_under_a_header_in_ten_thousands_is_compared_with_the_text() -> None:
    head = ("名称", "金额（万元）")
    rows = [("主机", "1,000,000"), ("辅机", "280,000"), ("合计", "1,280,000")]
    (hit,) = hits_in(UNITS, with_table(head, *rows, before="第一条 总价为1,280,000元。"))
    assert hit.values["times"] == "10,000"
    assert hits_in(UNITS, with_table(("名称", "金额（元）"), *rows, before="第一条 总价为1,280,000元。")) == []
    small = [("主机", "100"), ("辅机", "28"), ("合计", "128")]
    assert hits_in(UNITS, with_table(head, *small, before="第一条 总价为128万元。")) == []
    assert len(hits_in(UNITS, with_table(("名称", "金额（元）"), *small, before="第一条 总价为128万元。"))) == 1


# ---- dates -----------------------------------------------------------------------------------------------------------
DATES = "dates-that-clash"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("乙方于2026年2月30日交付。", "2026年2月30日"),
        ("每年6月31日结清。", "6月31日"),
        ("二〇二六年四月三十一日生效。", "二〇二六年四月三十一日"),
        ("服务期自2026年7月1日起至2026年6月30日止。", "2026年6月30日"),
        ("租期一年，自2026年1月1日起至2027年1月31日止。", "2027年1月31日"),
        ("服务期24个月，2026.10.1至2028.10.30。", "2028.10.30"),
        ("总工期60个日历天，自2026年3月1日至2026年6月30日。", "2026年6月30日"),
        ("自2026年5月1日至2028年4月30日，共三年。", "2028年4月30日"),
        ("计划开工日期：2026年9月1日，计划竣工日期：2026年3月31日。", "2026年3月31日"),
        ("合同有效期自2026年1月1日至2026年12月31日，交货日期为2027年3月15日。", "2027年3月15日"),
        ("合同签订日期为2026年9月10日。\n第二条 乙方于2026年8月31日前完成交货。", "2026年8月31日"),
    ],
)
def test_a_date_that_cannot_be_or_does_not_fit_another_is_found(text: str, quote: str) -> None:
    assert quotes(DATES, "第一条 " + text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "租期一年，自2026年1月1日起至2026年12月31日止。",
        "租期一年，自2026年1月1日起至2027年1月1日止。",
        "租期半年，自2026年8月31日至2027年2月28日。",
        "租期1个月，自2026年1月31日至2026年2月28日。",
        "总工期60天，自2026年3月1日至2026年4月29日。",
        "工期约60天，自2026年3月1日至2026年6月30日。",
        "整改自2026年11月1日起至2月28日止。",
        "合作三年，一年一签，自2026年1月1日至2026年12月31日。",
        "2028年2月29日前付清。",
        "软件版本V2026.02.30。",
        "服务期自2026年1月1日至2026年12月31日，30日内付清。",
        "双方于2026年9月1日签订的《主合同》有效。\n第二条 乙方于2026年8月1日前完成交货。",
        "甲方已于2025年8月31日前交付房屋。\n签订日期：2026年2月15日",
        "自2026年0月0日起。",
        "期限999999999天，自2026年1月1日至2026年2月1日。",
        "计划开工日期：2026年3月1日，实际竣工日期：2026年2月1日。",
        "本合同追溯适用，签订日期：2026年2月15日，服务期自2026年1月1日至2026年12月31日。",
        "租期三年，自2026年6月1日至2029年5月31日。免租期自2026年4月16日至2026年5月31日。",
    ],
)
def test_dates_that_fit_by_some_way_of_counting_or_are_vague_are_silent(text: str) -> None:
    assert hits(DATES, "第一条 " + text) == []


def test_a_contract_signed_after_it_begins_is_told_low() -> None:
    text = "第一条 服务期自2026年1月1日至2026年12月31日。\n签订日期：2026年2月15日"
    (hit,) = hits(DATES, text)
    assert hit.severity == "low"
    assert len(hit.related) == 1


# ---- two values ------------------------------------------------------------------------------------------------------
TWO = "two-values-for-one-thing"


@pytest.mark.parametrize(
    ("first", "second", "quote"),
    [
        ("质保期为12个月。", "质保期：24个月。", "24个月"),
        ("质量保证期自验收合格之日起12个月。", "质保期为自验收合格之日起两年。", "两年"),
        ("合同总价为98万元。", "合同总价为人民币89万元。", "人民币89万元"),
        ("签约合同价为98万元。", "合同总金额为950,000元。", "950,000元"),
        ("月租金8,000元。", "月租金为8,500元。", "8,500元"),
        ("验收合格之日起30日内支付尾款。", "验收合格后60日内，甲方支付尾款。", "60日"),
        ("甲方逾期付款的，每日按逾期金额的万分之五支付违约金。", "甲方逾期付款的，每日按逾期金额的千分之一支付违约金。", "千分之一"),
        ("质保金为合同总价的5%。", "余下合同总价的3%作为质保金。", "3%"),
        ("租期三年。", "租期为两年。", "两年"),
    ],
)  # fmt: skip
def test_two_values_for_one_name_are_found_at_the_second_with_the_first(first: str, second: str, quote: str) -> None:
    text = f"第一条 {first}\n第二条 按图施工。\n第三条 {second}"
    (hit,) = hits(TWO, text)
    assert quotes(TWO, text) == [quote]
    assert len(hit.related) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("质保期为12个月。", "质保期为一年。"),
        ("主机质保期为36个月。", "附件质保期为12个月。"),
        ("货物质保期为12个月。", "软件质保期为36个月。"),
        ("质保期为12个月。", "更换部件后，质保期为6个月。"),
        ("合同总价为113,000元（含税）。", "合同总价为100,000元（不含税）。"),
        ("合同总价为106,000元。", "合同总价为100,000元。"),
        ("初验合格后30日内支付尾款。", "终验合格后60日内支付尾款。"),
        ("验收合格后30日内支付尾款。", "验收合格后60日内退还押金。"),
        ("甲方逾期付款的，每日按逾期金额的万分之五支付违约金。", "乙方逾期交货的，每日按合同总价的千分之一支付违约金。"),
        ("甲方逾期付款的，每日按逾期金额的万分之五支付违约金。", "甲方逾期付款超过30日的，每日按逾期金额的千分之一支付违约金。"),
        ("租期三年。", "续租的，租期为一年。"),
        ("租期三年。", "租期届满后30日内腾房。"),
        ("押金8,000元。", "装修押金5,000元。"),
        ("合同总价为98万元。", "合同总价调整为89万元。"),
        ("质保期为12个月。", "以附件质保期24个月为准。"),
        ("合同总价为50万元。", "合同总价为500万元。"),
    ],
)  # fmt: skip
def test_values_of_different_objects_stages_and_parties_may_differ(first: str, second: str) -> None:
    assert hits(TWO, f"第一条 {first}\n第二条 按图施工。\n第三条 {second}") == []


def test_three_values_are_variants_and_no_contradiction() -> None:
    assert hits(TWO, "第一条 质保期为12个月。\n第二条 质保期为24个月。\n第三条 质保期为36个月。") == []


def test_two_values_are_milder_where_the_contract_says_what_prevails() -> None:
    text = "第一条 质保期为12个月。\n第二条 质保期为24个月。"
    assert [hit.severity for hit in hits(TWO, text)] == [None]
    text += "\n第三条 附件与正文不一致的，以正文为准。"
    assert [hit.severity for hit in hits(TWO, text)] == ["medium"]


# ---- PRC041 earnest money --------------------------------------------------------------------------------------------
DEPOSIT = "deposit-amount"


@pytest.mark.parametrize(
    ("clause", "quote", "share"),
    [
        ("买方交付定金75万元。", "75万元", "30%"),
        ("定金（大写）：壹佰万元整。", "壹佰万元整", "40%"),
        ("买方先付 625,000 元作为定金，款到发货。", "625,000 元", "25%"),
    ],
)
def test_earnest_money_above_a_fifth_of_the_price_is_told_with_its_share(clause: str, quote: str, share: str) -> None:
    (hit,) = hits(DEPOSIT, f"第一条 合同总价为250万元。\n第二条 {clause}")
    assert (hit.values["deposit"], hit.values["total"], hit.values["share"]) == (quote, "250万元", share)


@pytest.mark.parametrize(
    "text",
    [
        "合同总价为250万元。买方交付定金50万元。",
        "合同总价为250万元。买方交付订金75万元，预付款80万元。",
        "合同总价为250万元。每台设备发运前交付定金75万元。",
        "买方交付定金75万元。",
        "甲标段总价为250万元。乙标段总价为400万元。买方交付定金75万元。",
        "合同总价为250万元。一方违约的按定金罚则处理，损失75万元以内不另赔。",
    ],
)
def test_earnest_money_within_the_limit_for_a_part_or_without_one_price_is_silent(text: str) -> None:
    assert hits(DEPOSIT, f"第一条 {text}") == []


# ---- codes -----------------------------------------------------------------------------------------------------------
CODES, IDS = "credit-codes", "id-numbers"


def test_the_last_digit_of_a_code_is_computed_as_the_standards_say() -> None:
    assert credit_digit("91350100M000100Y43") == "3"
    assert id_digit("11010519491231002X") == "X"
    assert id_digit("440524188001010014") == "4"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("统一社会信用代码：91350100M000100Y44", "91350100M000100Y44"),
        ("统一社会信用代码：9135O100M000100Y43", "9135O100M000100Y43"),
        ("统一社会信用代码为91350100M000100Y4。", "91350100M000100Y4"),
        ("信用代码 9135 0100 M000 100Y 4Q", "9135 0100 M000 100Y 4Q"),
    ],
)
def test_a_credit_code_that_cannot_be_is_found(text: str, code: str) -> None:
    assert quotes(CODES, "甲方：青禾公司\n" + text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码：91350100M000100Y43",
        "统一社会信用代码：9135 0100 M000 100Y 43",
        "统一社会信用代码：91350100m000100y43",
        "统一社会信用代码：91350100MA2****Y4X",
        "统一社会信用代码：91350100MA2XXXXX7K",
        "统一社会信用代码：____________",
        "统一社会信用代码/注册号：350100100012345",
        "统一社会信用代码：\n联系电话：13800001111",
        "统一社会信用代码证书复印件3份",
        "合同编号：91350100M000100Y44",
    ],
)
def test_right_masked_and_other_codes_are_silent(text: str) -> None:
    assert hits(CODES, "甲方：青禾公司\n" + text) == []


@pytest.mark.parametrize(
    "code", ["110105194912310023", "11010519491331002X", "1101051949123100", "1101 0519 4912 3100 21"]
)
def test_an_identity_number_that_cannot_be_is_found(code: str) -> None:
    assert quotes(IDS, f"出租人：林某，身份证号码：{code}") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "身份证号：11010519491231002X",
        "身份证号：11010519491231002x",
        "身份证号：330402********2446",
        "身份证号：4206****19790514****",
        "身份证号：110105491231002",
        "身份证号：\n联系电话：13800001111",
        "身份证号：________，账号：6222000011112222333",
        "提交身份证复印件及2026年的完税证明",
        "身份证：000000000000000000",
    ],
)
def test_right_masked_old_and_missing_identity_numbers_are_silent(text: str) -> None:
    assert hits(IDS, "乙方：林某\n" + text) == []


# ---- time ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("check", [SUMS, UNITS, DATES, TWO, CODES, IDS])
@pytest.mark.parametrize(
    "words",
    ["质保期为3个月", "合同总价8万元", "2026年2月1日至", "单价 金额 ", "其中3元，", "不含税1元", "信用代码9", "身份证1", "1×2=3元", "合计\n"],
)  # fmt: skip
def test_a_long_line_takes_about_ten_times_as_long_as_one_of_a_tenth(check: str, words: str) -> None:
    def seconds(length: int) -> float:
        contract = prepared(contract_of("甲方：青禾公司\n第一条 " + words * (length // len(words))))
        view = View(contract)
        started = time.process_time()
        list(CHECKS[check](view, load_rules()[0], ()))
        return time.process_time() - started

    short, long = seconds(10_000), seconds(100_000)
    assert long < 40 * max(short, 0.02), f"ten times the text took {long / max(short, 1e-9):.0f} times the time"
