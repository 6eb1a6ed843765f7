"""Checks that compare places of one contract: amounts, instalments, references, annexes, blanks."""

import pytest

from hetong.flag.checks import CHECKS
from hetong.flag.checks.stretch import SENTENCE, start_of
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of, prepared


def hits(check: str, text: str) -> list[Hit]:
    contract = prepared(contract_of(text))
    rule = next(rule for rule in load_rules() if rule.check == check)
    return list(CHECKS[check](View(contract), rule, ()))


def quotes(check: str, text: str) -> list[str]:
    contract = contract_of(text)
    return [contract.text_of(hit.span) for hit in hits(check, text) if hit.span]


def test_every_rule_of_kind_check_names_a_check_that_exists() -> None:
    assert {rule.check for rule in load_rules() if rule.kind == "check"} == set(CHECKS)


def test_a_stretch_begins_at_the_start_of_the_text_at_the_earliest() -> None:
    text = "前款。第二款。第三款。"
    assert start_of(text, 2, "！", -60) == 0
    assert start_of(text, 2, SENTENCE, -5) == 0
    assert start_of(text, 5, SENTENCE, -60) == 3


# ---- amounts in words and figures ------------------------------------------------------------------------------------
AMOUNTS = "amounts-in-words-and-figures"


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        ("合同总价为人民币128000元（大写：壹拾贰万元整）。", "120,000.00", "128,000.00"),
        ("设备款128万元（大写：壹佰贰拾捌元整）。", "128.00", "1,280,000.00"),
        ("合计（大写）叁拾万元整，小写：30000元。", "300,000.00", "30,000.00"),
        ("大写：伍万捌仟元整 小写：58,000.50", "58,000.00", "58,000.50"),
        ("年租金240,000.00（大写：贰拾肆万肆仟元整）。", "244,000.00", "240,000.00"),
        ("一万二千元（2000元）的押金。", "12,000.00", "2,000.00"),
        ("技术费210,000美元（大写：贰拾万美元）。", "200,000.00", "210,000.00"),
        ("月租金￥1350元，大写：壹仟叁佰      元整。", "1,300.00", "1,350.00"),
        ("价款：12万8千元（大写：壹拾贰万元整），另付8000元（大写：捌佰元整）。", "800.00", "8,000.00"),
    ],
)
def test_an_amount_that_differs_in_words_and_figures_is_found_with_both_values(
    text: str, words: str, figures: str
) -> None:
    (hit,) = hits(AMOUNTS, "第一条 " + text)
    assert (hit.values["words_value"], hit.values["figures_value"]) == (words, figures)


@pytest.mark.parametrize(
    "text",
    [
        "合同总价为人民币128000元（大写：壹拾贰万捌仟元整）。",
        "合同金额12.8万元（大写：壹拾贰万捌仟元整）。",
        "价款12万8千元（大写：壹拾贰万捌仟元整）。",
        "押金伍仟元伍角整（5000.50元）。",
        "每台1000元（壹仟元），共计3000元（叁仟元）。",
        "总投资壹亿贰仟万元（￥120,000,000.00）。",
        "小写：128.5（万元），大写：壹佰贰拾捌万伍仟元整。",
    ],
)
def test_amounts_that_agree_in_whatever_unit_are_silent(text: str) -> None:
    assert hits(AMOUNTS, "第一条 " + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "含税总价113,000元（大写：壹拾壹万叁仟元整），不含税价100,000元。",
        "含税价￥113,000元，不含税价￥100,000元，大写：壹拾壹万叁仟元整。",
        "租金每月5000元（大写：伍仟元整），年租金60000元（大写：陆万元整）。",
        "年租金60000元，每月租金（大写）伍仟元整。",
        "租金5000元，合计陆万元。",
    ],
)
def test_words_are_compared_with_the_figure_that_they_restate_and_no_other(text: str) -> None:
    assert hits(AMOUNTS, "第一条 " + text) == []


def test_of_several_pairs_in_a_sentence_only_the_wrong_one_is_told() -> None:
    text = "第一条 含税价113,000元（大写：壹拾壹万叁仟元整），不含税价100,000元（大写：壹万元整）。"
    assert quotes(AMOUNTS, text) == ["100,000元（大写：壹万元整"]


@pytest.mark.parametrize(
    "text",
    ["合计（大写）：____元整（￥____）", "大写：  佰  拾  万  仟元整（￥4000）", "大写：____仟元整（小写：5000元）"],
)
def test_words_that_were_not_filled_in_are_no_amount(text: str) -> None:
    assert hits(AMOUNTS, "第一条 " + text) == []


def test_words_and_figures_on_neighbouring_lines_or_in_neighbouring_cells_are_a_pair() -> None:
    assert quotes(AMOUNTS, "第一条 合同价款\n合同总价（小写）：128000元\n（大写）：壹拾贰万元整")
    assert quotes(AMOUNTS, "第一条 合同价款\n合计（大写） 壹拾贰万元整 （小写） ￥128000.00")


def test_the_finding_is_milder_where_the_contract_says_which_one_prevails() -> None:
    text = "第一条 总价128000元（大写：壹拾贰万元整）。"
    assert [hit.severity for hit in hits(AMOUNTS, text)] == [None]
    assert [hit.severity for hit in hits(AMOUNTS, text + "大小写不一致的，以大写金额为准。")] == ["medium"]


# ---- instalments -----------------------------------------------------------------------------------------------------
INSTALMENTS = "instalments-to-the-whole"


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("合同签订后支付合同总价的30%，到货验收后支付60%，质保期满支付5%。", "95%"),
        ("首付款支付40%，中期款支付40%，验收款支付30%。", "110%"),
        ("预付30%、到货60%、质保金5%。", "95%"),
        ("甲方分三期付款：签约后30%，上线后30%，终验后30%。", "90%"),
        ("分三期支付：30%/30%/30%。", "90%"),
        ("签约后付百分之三十（30%），验收后付百分之六十（60%）。", "90%"),
        ("货款先付三成，到货再付六成，余下半成留作质保。", "95%"),
        ("订货时付三分之一，到货付三分之一，验收后付四分之一。", "91.67%"),
        ("样机通过后付货款的100%；剩余8%在保修期满后付清。", "108%"),
        ("合同总额为人民币____元。签约付三成，竣工付六成。", "90%"),
        ("15%由进口商在签约后电汇，90%凭即期信用证支付。", "105%"),
    ],
)
def test_instalments_that_miss_the_whole_are_added_up_however_they_are_written(text: str, total: str) -> None:
    (hit,) = hits(INSTALMENTS, "第一条 付款：" + text)
    assert hit.values["total"] == total


def test_what_is_left_open_in_another_item_does_not_excuse_shares_that_stand_together() -> None:
    text = "第一条 租金\n1.☑按年计 □一次计\n2.每亩低于____元的，按____元计。\n3.每年分两次支付：6月付65%，11月付40%。"
    (hit,) = hits(INSTALMENTS, text)
    assert hit.values["total"] == "105%"
    assert hits(INSTALMENTS, "第一条 付款：□签约付65%，验收付40%。") == []


def test_instalments_listed_under_a_lead_in_are_added_up_across_the_items() -> None:
    text = "第一条 甲方按下列节点付款：\n（1）签约后付10%；\n（2）排产前20%；\n（3）到货后40%；\n（4）取证后20%。"
    (hit,) = hits(INSTALMENTS, text)
    assert (hit.values["total"], len(hit.related)) == ("90%", 4)


@pytest.mark.parametrize(
    "text",
    [
        "签约后付至30%，到货后付至80%，终验后付至100%。",
        "进度款支付至合同价的80%，结算后支付至97%，余3%作为质保金期满付清。",
        "累计付至70%时，乙方提交竣工资料，审定后付至100%。",
    ],
)
def test_a_percentage_up_to_which_is_paid_counts_as_the_sum_so_far(text: str) -> None:
    assert hits(INSTALMENTS, "第一条 付款：" + text) == []


def test_what_is_paid_up_to_may_still_miss_the_whole() -> None:
    (hit,) = hits(INSTALMENTS, "第一条 付款：进度款支付至80%，审定后付至95%，质保金3%期满退还。")
    assert hit.values["total"] == "98%"


@pytest.mark.parametrize(
    "text",
    [
        "签约后支付40%，验收合格后付清余款。",
        "签约付30%，到货付30%，其余验收后一次结清。",
        "首付20%，发货前付50%，尾款质保期满支付。",
    ],
)
def test_a_rest_without_a_percentage_makes_up_the_whole(text: str) -> None:
    assert hits(INSTALMENTS, "第一条 付款：" + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "签约付30%，到货付70%，合同价的5%作为质保金从末期款中扣留。",
        "签约付定金20%，发货前付40%，到货付60%。",
        "签约后支付30%，到货后支付65%。质保金为合同总价的5%，期满无息支付。",
        "每季度付总额的8%，共六季，合48%，签约付52%。",
        "签约付30%，每期结束各付20%，结营后付10%。",
    ],
)
def test_money_kept_back_or_paid_each_time_may_be_part_of_the_whole_or_not(text: str) -> None:
    assert hits(INSTALMENTS, "第一条 付款：" + text) == []


@pytest.mark.parametrize(
    "text",
    [
        "预付30%；乙方交纳合同价10%的履约保证金。",
        "签约后付50%，其余50%货到付清；逾期付款的，每日按欠款的0.05%支付违约金。",
        "付款前开具13%的专用发票，安装款适用9%的税率，管理费为3%。",
        "月考核九十分以上付100%；八十至八十九分付97%；七十至七十九分付92%。",
        "甲方中途取消的，已开工的付60%，未开工的付10%。",
        "支付合同价的30%（其中20%为定金，10%为预付款），验收付70%。",
        "方式一：签约付50%，到货付45%；方式二：一次付清，优惠5%。",
        "签约后支付____%，验收后支付60%，质保期满支付5%。",
        "签约后付____元，竣工付总价的60%，一年后付5%。",
        "合同总价____元，20%签约后电汇，80%凭单据以信用证支付。",
        "50% upon signing, 30% upon delivery. 签约付50%，交付付50%。",
    ],
)
def test_percentages_of_something_else_options_and_blanks_are_not_added_up(text: str) -> None:
    assert hits(INSTALMENTS, "第一条 付款：" + text) == []


def test_two_prices_paid_in_instalments_of_their_own_are_each_whole() -> None:
    text = "第一条 付款\n1. 设备款：预付30%，到货付70%。\n2. 安装款：进场付20%，验收付80%。"
    assert hits(INSTALMENTS, text) == []
    assert quotes(INSTALMENTS, text.replace("验收付80%", "验收付70%")) == ["20%，验收付70%"]


def test_instalments_given_as_amounts_are_compared_with_the_total_price() -> None:
    text = "第一条 合同总价为100000元，分三期支付：签约后付30000元，到货后付50000元，验收后付{}元。"
    assert hits(INSTALMENTS, text.format(20000)) == []
    assert [hit.values["total"] for hit in hits(INSTALMENTS, text.format(10000))] == ["90%"]


# ---- references to clauses -------------------------------------------------------------------------------------------
REFERENCES = "clauses-named"
ARTICLES = "第一条 标的为水泵。\n第二条 总价三万元。\n第三条 十日内交货。\n第四条 "


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("违约责任按本合同第十八条执行。", "本合同第十八条"),
        ("参照第9条处理。", "第9条"),
        ("依第二条、第七条结算。", "第七条"),
        ("见本合同第六章。", "本合同第六章"),
    ],
)
def test_a_reference_to_an_article_that_is_not_there_is_found(text: str, quote: str) -> None:
    assert quotes(REFERENCES, ARTICLES + text) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "依第二条、第三条办理。",
        "违约金过高的，依据《中华人民共和国民法典》第五百八十五条调整。",
        "乙方有劳动合同法第三十九条规定的情形之一，或者第四十条规定的情形的，可以解除。",
        "投标保证金按招标文件第二十八条退还。",
        "工期随主合同第十五条顺延。",
        "按施工合同通用条款第17条计价。",
        "甲方备有第二、三条约定的账册。",
    ],
)
def test_statutes_other_documents_and_articles_that_exist_are_silent(text: str) -> None:
    assert hits(REFERENCES, ARTICLES + text) == []


def test_articles_may_be_printed_in_another_style_than_the_reference() -> None:
    text = "一、服务内容为保洁。\n二、服务费每月五千元。\n三、服务期一年。\n四、提前退场的，依照第{}条赔偿。"
    assert hits(REFERENCES, text.format("二")) == []
    assert quotes(REFERENCES, text.format("九")) == ["第九条"]


DOTTED = "第一条 范围\n1.1 供货。\n1.2 安装。\n第二条 价款\n2.1 总价十万元。\n2.2 付款方式见{}。\n第三条 交货\n3.1 三十日。\n3.2 送到工地。"


@pytest.mark.parametrize(
    ("reference", "found"), [("3.7款", True), ("第3.2条", False), ("第5.1款", True), ("1.1款", False)]
)
def test_dotted_references_are_looked_up_among_dotted_numbers(reference: str, found: bool) -> None:
    assert quotes(REFERENCES, DOTTED.format(reference)) == ([reference] if found else [])


def test_a_dotted_number_may_name_the_item_of_an_article() -> None:
    text = "第一条 范围\n（一）供货。\n（二）安装。\n第二条 价款\n2.1 十万元。\n2.2 按第1.2款安装。\n2.3 按月付。"
    assert hits(REFERENCES, text) == []


def test_an_item_beyond_the_last_one_of_its_article_is_found() -> None:
    text = "第一条 范围\n第二条 租金\n第三条 甲方可以解除：\n1. 擅自转租；\n2. 拖欠租金。\n第四条 依第三条第{}项解除的，押金不退。"
    assert hits(REFERENCES, text.format("二")) == []
    assert quotes(REFERENCES, text.format("五")) == ["第三条第五项"]


def test_a_part_with_plain_numbers_has_articles_too_beside_another_part() -> None:
    rules = "20.签约\n20.1 十日内签约。\n20.2 双方盖章。\n21.报名\n21.1 不按第{}条签约的，取消资格。\n"
    assert hits(REFERENCES, rules.format("20") + ARTICLES) == []
    assert quotes(REFERENCES, rules.format("29") + ARTICLES) == ["第29条"]


@pytest.mark.parametrize("text", ["第一条 标的。\n第二条 按第九条办理。", "采购说明\n货款按第九条支付。"])
def test_a_text_with_hardly_any_numbers_of_its_own_is_not_judged(text: str) -> None:
    assert hits(REFERENCES, text) == []


def test_the_numbers_of_the_clauses_themselves_are_no_references() -> None:
    assert hits(REFERENCES, "第一条 标的。\n第二条 价款。\n第三条 交货。\n第七条 争议。") == []


# ---- annexes ---------------------------------------------------------------------------------------------------------
ANNEXES = "annexes-named"


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        ("第一条 规格见附件一，验收见附件二。\n第二条 一式两份。\n附件一 货物清单\n水泵三台。", "附件二"),
        ("第一条 服务范围按附件3执行。\n第二条 每月一万元。", "附件3"),
        ("第一条 设备配置详见附件清单。\n第二条 总价十万元。", "附件清单"),
        ("第一条 协议含附件A、附件B。\n第二条 争议由法院处理。\n附件A 服务等级\n可用率99.9%。", "附件B"),
        ("第一条 处罚按附件《外协单位处罚细则》办理。\n第二条 一式两份。", "附件《外协单位处罚细则》"),
        (
            "第一条 附件一至附件三与正文同等有效。\n第二条 一式两份。\n附件一 清单\n三台。\n附件二 图纸\n两张。",
            "附件一至附件三",
        ),
    ],
)
def test_an_annex_that_is_named_and_does_not_follow_is_found(text: str, annexes: str) -> None:
    found = hits(ANNEXES, text)
    assert [hit.values["annexes"] for hit in found][:1] == [annexes]


@pytest.mark.parametrize(
    "text",
    [
        "第一条 货物见附件一。\n第二条 一式两份。\n附件一 货物清单\n水泵三台。",
        "第一条 货物见附件一。\n第二条 一式两份。\n附件：\n附件一：货物清单\n附件二：廉洁协议",
        "第一条 本合同附件包括：附件一《价格表》、附件二《图纸》。\n第二条 单价按附件一执行。",
        "第一条 双方确认本合同无附件。\n第二条 一式两份。",
        "第一条 按招标文件附件三提交担保。\n第二条 按投标文件附件2供货。",
        "第一条 附件与正文具有同等效力。\n第二条 通知以邮件附件发送。",
        "第一条 图纸见附件一（另附）。\n第二条 一式两份。",
    ],
)
def test_annexes_that_follow_are_listed_or_belong_to_other_documents_are_silent(text: str) -> None:
    assert hits(ANNEXES, text) == []


@pytest.mark.parametrize("mark", ["★", "▲ ", "※", ""])
def test_a_mark_before_the_heading_hides_no_annex(mark: str) -> None:
    annexes = f"{mark}附件 1：\n报价函\n{mark}附件 2：\n偏离表\n"
    assert hits(ANNEXES, f"第一条 格式见附件1、附件2。\n第二条 一式两份。\n{annexes}") == []


def test_a_part_of_an_annex_is_no_range_of_annexes() -> None:
    text = "第一条 声明按附件2-4填写。\n第二条 一式两份。\n附件 1：\n报价函\n附件 2：\n声明\n附件 2-4：\n小企业声明\n"
    assert hits(ANNEXES, text) == []
    assert set(quotes(ANNEXES, text.replace("附件 2-4：\n小企业声明\n", ""))) == {"附件2-4"}


def test_an_annex_is_told_once_at_the_first_place_that_names_it() -> None:
    assert len(hits(ANNEXES, "第一条 按附件一供货。\n第二条 按附件一验收。\n第三条 附件一一式两份。")) == 1


# ---- blanks ----------------------------------------------------------------------------------------------------------
BLANKS = "blanks"


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("合同总价为人民币____元，分两期支付。", "____"),
        ("甲方应在【 】个工作日内支付。", "【 】"),
        ("本合同由×××公司履行。", "×××"),
        ("服务期自2026年  月  日起算。", "年  月  日"),
        ("质保期为      个月。", "      "),
        ("运输方式待定，由双方另行确认。", "待定"),
        ("由【填写姓名】担任联系人。", "填写姓名"),
        ("供应商为{{供应商名称}}，负责供货。", "{{供应商名称}}"),
        ("开工日期：XX年XX月XX日。", "XX年XX月XX"),
        ("自20____年__月__日起算。", "____年__月__"),
        ("押金为人民币    元。", "    元"),
        ("账户信息（        ）由乙方提供。", "（        ）"),
    ],
)
def test_a_blank_or_placeholder_is_found(text: str, blank: str) -> None:
    assert quotes(BLANKS, "第一条 " + text) == [blank]


def test_blanks_are_counted_a_date_being_one() -> None:
    found = hits(BLANKS, "第一条 自____年____月____日起，租金____元，押金____元。")
    assert [(hit.values["count"], len(hit.related)) for hit in found] == [("3", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "月租金为人民币__3500__元，租期__12__个月。",
        "房屋坐落于__上海市杨浦区__，交付使用。",
        "大写：__壹拾万__元整。",
        "交货方式：☑送货 □自提 □其他____，费用由乙方承担。",
        "规格为600×400×15mm，电话0512-6XXX-8812，账号6228****9051。",
        "二〇〇五年成立，按7×24小时值守。",
        "设备等待定期检修期间，租金照付。",
        "此处空白，无正文，______",
    ],
)
def test_what_is_filled_in_masked_multiplied_or_not_chosen_is_no_blank(text: str) -> None:
    assert hits(BLANKS, "第一条 " + text) == []


SIGNATURE = "\n第二条 一式两份。\n甲方（盖章）：________　　乙方（盖章）：________\n代表人（签字）：________　　签订日期：____年__月__日"


def test_places_to_sign_seal_and_date_are_no_blanks() -> None:
    assert hits(BLANKS, "第一条 总价三万元。" + SIGNATURE) == []


def test_other_blanks_of_the_signature_block_count_only_where_there_are_none_above_and_then_low() -> None:
    signature = SIGNATURE + "\n开户行：________　　账号：________"
    assert {hit.severity for hit in hits(BLANKS, "第一条 总价三万元。" + signature)} == {"low"}
    assert {hit.severity for hit in hits(BLANKS, "第一条 总价____元。" + signature)} == {None}
