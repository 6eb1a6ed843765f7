"""Checks on the document itself: numbers, names, roles, terms, copies, details, topics, annexes; liability, courts."""

import time
from dataclasses import replace

import pytest

from hetong.classify.parties import find_parties
from hetong.flag.checks import CHECKS
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of
from hetong.segment import segment


def view_of(text: str, contract_type: str = "") -> View:
    contract = segment(contract_of(text))
    return View(replace(contract, parties=find_parties(contract), contract_type=contract_type))


def hits(check: str, text: str, contract_type: str = "") -> list[Hit]:
    rule = next(rule for rule in load_rules() if rule.check == check)
    return list(CHECKS[check](view_of(text, contract_type), rule, ()))


def quotes(check: str, text: str, contract_type: str = "") -> list[str]:
    contract = contract_of(text)
    return [contract.text_of(hit.span) for hit in hits(check, text, contract_type) if hit.span]


def pairs(check: str, text: str, contract_type: str = "") -> list[tuple[str, str]]:
    contract = contract_of(text)
    found = hits(check, text, contract_type)
    return [(contract.text_of(hit.span), contract.text_of(hit.related[0])) for hit in found if hit.span]


def lines(*parts: str) -> str:
    return "\n".join(parts)


# ---- DOC003 numbers --------------------------------------------------------------------------------------------------
NUMBERS = "numbering"


def items(*numbers: str) -> str:
    return lines(*(f"{number}服务按清单进行，双方当场点验。" for number in numbers))


@pytest.mark.parametrize(
    ("numbers", "before", "after", "expected"),
    [
        (("第一条 ", "第二条 ", "第三条 ", "第五条 ", "第六条 "), "第三条", "第五条", "4"),
        (("第1条 ", "第2条 ", "第3条 ", "第3条 ", "第4条 "), "第3条", "第3条", "4"),
        (("一、", "二、", "三、", "四、", "六、"), "四", "六", "5"),
        (("1、", "2、", "3、", "5、", "6、"), "3", "5", "4"),
        (("（一）", "（二）", "（四）", "（五）", "（六）"), "（二）", "（四）", "3"),
        (("1.1 ", "1.2 ", "1.3 ", "1.5 ", "1.6 "), "1.3", "1.5", "1.4"),
        (("第八条 ", "第一条 ", "第二条 ", "第三条 ", "第三条 ", "第四条 "), "第三条", "第三条", "4"),
        (("第一条 ", "第二条 ", "第九条 ", "第四条 ", "第五条 "), "第二条", "第九条", "3"),
    ],
)
def test_a_number_that_does_not_follow_is_told_with_the_one_before(
    numbers: tuple[str, ...], before: str, after: str, expected: str
) -> None:
    (hit,) = hits(NUMBERS, items(*numbers))
    assert (hit.values["before"], hit.values["after"], hit.values["expected"]) == (before, after, expected)
    assert pairs(NUMBERS, items(*numbers)) == [(after, before)]


def test_articles_count_on_from_chapter_to_chapter() -> None:
    text = lines("第一章 总则", items("第一条 ", "第二条 "), "第二章 供货", items("第三条 ", "第四条 "), "第三章 付款")
    assert hits(NUMBERS, lines(text, items("第五条 ", "第六条 "))) == []
    assert pairs(NUMBERS, lines(text, items("第六条 ", "第七条 "))) == [("第六条", "第四条")]


def test_an_article_left_out_shows_in_the_numbers_below_the_articles() -> None:
    parts = {n: lines(f"{n} 服务安排", items(f"{n}.1 ", f"{n}.2 ")) for n in range(1, 9)}
    assert pairs(NUMBERS, lines(*(parts[n] for n in (1, 2, 3, 4, 6, 7)))) == [("6.1", "4.2")]
    plain = "5 其他约定另行协商。"
    assert hits(NUMBERS, lines(*(parts[n] for n in (1, 2, 3, 4)), plain, parts[6], parts[7])) == []


def test_what_looks_like_the_missing_number_in_a_list_of_another_kind_hides_no_gap() -> None:
    text = lines(items("一、", "二、"), "三、乙方应：", items("1、", "2、", "3、", "4、"), items("五、", "六、"))
    assert pairs(NUMBERS, text) == [("五", "三")]


@pytest.mark.parametrize(
    "text",
    [
        items("第一条 ", "第二条 ", "第三条 ", "第四条 "),
        items("一、", "二、", "四、"),
        items("第二条 ", "第三条 ", "第五条 ", "第六条 "),
        items("第一条 ", "第四条 ", "第九条 ", "第十条 ", "第十五条 "),
        lines(items("第一条 ", "第二条 ", "第三条 "), "附件一 安全协议", items("第一条 ", "第二条 ", "第三条 ")),
        lines("1、水泵三台。", "2、阀门六只，3、管件若干。", "4、工具一套。", "5、说明书一册。"),
        lines("第一条 供货", items("（1）", "（2）", "（3）"), "第二条 资料", items("（1）", "（2）", "（3）")),
        lines(items("第一条 ", "第二条 ", "第三条 "), "第四 续订", items("第五条 ", "第六条 ")),
        lines("第一条 范围", "水泵与管道。", "付款按月。", "第三条 工期", "三十天。"),
    ],
    ids=["dense", "few", "begins late", "excerpt", "annex", "inline", "restarts", "half a number", "lost numbers"],
)
def test_lists_that_count_on_restart_or_have_lost_their_numbers_are_silent(text: str) -> None:
    assert hits(NUMBERS, text) == []


# ---- DOC004 names ----------------------------------------------------------------------------------------------------
NAMES = "party-names"
OPENING = lines(
    "甲方（采购方）：东湾渔港管理有限公司", "乙方（供应方）：海特制冷设备有限公司", "第一条 乙方供应制冰机。"
)


@pytest.mark.parametrize(
    ("rest", "quote", "first"),
    [
        ("东湾渔业管理有限公司（盖章） 代表：____", "东湾渔业管理有限公司", "东湾渔港管理有限公司"),
        ("海特制冷设备有限公司（公章）\n东湾渔港发展有限公司（公章）", "东湾渔港发展有限公司", "东湾渔港管理有限公司"),
        ("东湾渔业管理有限公司 授权代表：", "东湾渔业管理有限公司", "东湾渔港管理有限公司"),
        ("甲方（盖章）：东湾渔业管理有限公司", "东湾渔业管理有限公司", "东湾渔港管理有限公司"),
        (
            "甲方：东湾渔港管理有限公司（公章） 乙方：海特制冷工程有限公司（公章）",
            "海特制冷工程有限公司",
            "海特制冷设备有限公司",
        ),
        ("乙方（盖章）：\n海腾制冷设备有限公司", "海腾制冷设备有限公司", "海特制冷设备有限公司"),
        ("采购方（章）：东湾渔港管理股份有限公司", "东湾渔港管理股份有限公司", "东湾渔港管理有限公司"),
        ("乙方（盖章）：海特制冷设备有限公司临海分公司", "海特制冷设备有限公司临海分公司", "海特制冷设备有限公司"),
        ("第二条 收款户名：海特冷链设备有限公司，账号8801。", "海特冷链设备有限公司", "海特制冷设备有限公司"),
        ("第二条 安装费由南礁冷库工程有限公司承担。", "南礁冷库工程有限公司", "海特制冷设备有限公司"),
        ("第二条 南礁冷库工程有限公司应当在三日内到场。", "南礁冷库工程有限公司", "海特制冷设备有限公司"),
        (
            "甲方（盖章）：海特制冷设备有限公司\n乙方（盖章）：东湾渔港管理有限公司",
            "海特制冷设备有限公司",
            "东湾渔港管理有限公司",
        ),
    ],
)
def test_a_name_that_is_not_the_party_s_is_told_with_the_party_s_own(rest: str, quote: str, first: str) -> None:
    assert (quote, first) in pairs(NAMES, lines(OPENING, rest))


@pytest.mark.parametrize(
    "rest",
    [
        "甲方（盖章）：东湾渔港管理有限公司 乙方（盖章）：海特制冷设备有限公司",
        "甲方（盖章）：东湾渔港管理有限责任公司",
        "甲方（盖章）：____________ 乙方（盖章）：____________",
        "甲方（盖章）：\n乙方（盖章）：",
        "第二条 收款户名：海特制冷设备有限公司，账号8801。",
        "第二条 乙方委托代收，收款户名：海特冷链设备有限公司，见授权书。",
        "第二条 压缩机由制造商北辰压缩机有限公司负责质保，北辰压缩机有限公司承担换机费用。",
        "第二条 运输由远程物流有限公司负责，费用乙方承担。",
        "监理单位：方圆工程管理有限公司\n第二条 方圆工程管理有限公司应当到场见证。",
        "第二条 由东湾渔港管理有限公司负责清场，由海特制冷设备有限公司负责安装。",
        "第二条 乙方原名海特制冷设备厂，2024年更名。\n乙方（盖章）：海特制冷设备厂有限公司",
        "甲方（签字）：李明",
        "东湾渔港管理有限公司（盖章）\n海特制冷设备有限公司（盖章）",
        "东湾渔港管理有限公司（盖章）\n海特制冷设备有限公司（盖章）\n东湾渔港担保有限公司（盖章）",
        "第二条 由东湾渔港物业有限公司（以下称物业）看管。\n东湾渔港物业有限公司（盖章）",
    ],
)
def test_the_same_name_a_stranger_introduced_and_what_is_not_filled_in_are_silent(rest: str) -> None:
    assert hits(NAMES, lines(OPENING, rest)) == []


def test_the_name_of_a_client_and_a_name_with_its_foreign_form_are_names() -> None:
    text = lines("委托单位（甲方）：中屏县保险公司", "乙方：苗兴", "第一条 代办保险。", "甲方：中亭县保险公司（公章）")
    assert ("中亭县保险公司", "中屏县保险公司") in pairs(NAMES, text)
    text = lines(
        "甲方：东湾轴承有限公司", "乙方：拉瓦尔公司（Laval S.A.S.）", "第一条 合资。", "东港轴承有限公司 代表："
    )
    assert ("东港轴承有限公司", "东湾轴承有限公司") in pairs(NAMES, text)


def test_brackets_of_either_width_and_blanks_make_no_other_name() -> None:
    text = lines(
        "甲方：青屿置地(临海)有限公司",
        "乙方：诺汐医疗科技有限公司",
        "第一条 出租厂房。",
        "甲方（章）：青屿置地（临海）有限公司",
    )
    assert hits(NAMES, text) == []


# ---- LGL029 no court, no arbitration ---------------------------------------------------------------------------------
def disputes(text: str, contract_type: str) -> list[tuple[str, str | None]]:
    return [(hit.values["told"][:8], hit.severity) for hit in hits("no-dispute-clause", text, contract_type)]


def test_a_heading_for_disputes_that_was_left_empty_is_told_as_such() -> None:
    text = lines("第一条 价款八万元。", "第二条 争议的解决方式：", "第三条 一式两份。")
    assert disputes(text, "sale") == [("标题下面是空的，", None)]


def test_a_contract_without_a_court_is_low_where_the_law_gives_one() -> None:
    assert disputes("房屋租赁合同\n第一条 租金三千元。", "lease") == [("全文没有写由哪家", "low")]
    assert disputes("叉车设备租赁合同\n第一条 租金三千元。", "lease") == [("全文没有写由哪家", None)]


# ---- DOC015 roles ----------------------------------------------------------------------------------------------------
ROLES = "roles"
SALE = lines("买方（甲方）：东风中学", "卖方（乙方）：金桥课桌厂", "第一条 乙方供应课桌。")
LEASE = lines("出租方（甲方）：刘大海", "承租方（乙方）：小鹿书店", "第一条 甲方出租铺面。")


@pytest.mark.parametrize(
    ("text", "contract_type", "quote"),
    [
        (SALE + "\n第二条 乙方应于三日内向乙方交付合格证。", "sale", "乙方应于三日内向乙方交付"),
        (SALE + "\n第二条 甲方须在验收后向甲方支付余款。", "sale", "甲方须在验收后向甲方支付"),
        (SALE + "\n第二条 验收合格后，乙方向乙方支付余款。", "sale", "乙方向乙方支付"),
        (SALE + "\n第二条 乙方应在验收后十日内向甲方支付货款。", "sale", "乙方应在验收后十日内向甲方支付货款"),
        (SALE + "\n第二条 买方必须按期向卖方交付全部货物。", "sale", "买方必须按期向卖方交付全部货物"),
        (LEASE + "\n第二条 甲方应每月五日前向乙方支付租金。", "lease", "甲方应每月五日前向乙方支付租金"),
        (LEASE + "\n第二条 乙方应于三月一日向甲方交付房屋。", "lease", "乙方应于三月一日向甲方交付房屋"),
        (SALE + "\n第二条 丙方对上述货款承担连带责任。", "sale", "丙方"),
        ("买方：东风中学\n卖方：金桥课桌厂\n第一条 供应课桌。\n第二条 甲方应凭票付款。", "sale", "甲方"),
        (
            LEASE + "\n第二条 乙方应于合同生效之日起两日内，将铺面的房屋交付给甲方。",
            "lease",
            "乙方应于合同生效之日起两日内，将铺面的房屋交付给甲方",
        ),
        (LEASE + "\n第二条 乙方中途退租，须经乙方同意。", "lease", "乙方中途退租，须经乙方同意"),
    ],
)
def test_a_duty_of_the_wrong_party_is_told_with_who_the_party_is(text: str, contract_type: str, quote: str) -> None:
    (hit,) = hits(ROLES, text, contract_type)
    assert quotes(ROLES, text, contract_type) == [quote]
    assert hit.related


@pytest.mark.parametrize(
    ("text", "contract_type"),
    [
        (SALE + "\n第二条 甲方应在验收后十日内向乙方支付货款。", "sale"),
        (SALE + "\n第二条 乙方违约的，应向甲方返还已付货款。", "sale"),
        (SALE + "\n第二条 乙方应向甲方支付货款5%的违约金。", "sale"),
        (SALE + "\n第二条 甲方应将不合格的货物向乙方交付退换。", "sale"),
        (SALE + "\n第二条 乙方应派员代乙方向乙方支付运费的承运人收货。", "sale"),
        (SALE + "\n第二条 甲方与乙方向乙方支付运费的买家结算，双方向乙方付款。", "sale"),
        (SALE + "\n第二条 甲方凭乙方开具的收据向乙方支付货款。", "sale"),
        (SALE + "\n第二条 乙方应在甲方指定的时间内向乙方所在地税务机关报备。", "sale"),
        (LEASE + "\n第二条 期满后乙方应向甲方交付房屋，退租手续三日内办完。", "lease"),
        (LEASE + "\n第二条 甲方、乙方、丙方三方另签协议，甲乙丙各执一份。", "lease"),
        (lines("甲 方：东风中学", "乙 方：金桥课桌厂", "第一条 甲方购买课桌，乙方送货。"), "sale"),
        ("买方：东风中学（以下简称甲方）\n卖方：金桥课桌厂（以下简称乙方）\n第一条 甲方凭票付款。", "sale"),
    ],
)
def test_money_and_goods_that_go_back_and_parties_that_are_introduced_are_silent(text: str, contract_type: str) -> None:
    assert hits(ROLES, text, contract_type) == []


def test_who_pays_is_judged_only_where_the_contract_itself_calls_the_sides_buyer_and_seller() -> None:
    text = lines("甲方：东风中学", "乙方：金桥课桌厂", "第一条 供应课桌。", "第二条 乙方应在十日内向甲方支付货款。")
    assert hits(ROLES, text, "sale") == []


# ---- DOC007 terms ----------------------------------------------------------------------------------------------------
TERMS = "terms"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("第一条 “静置期”指浇筑后的七天。\n第二条 乙方浇筑地坪。", "静置期"),
        ("第一条 “合格苗”是指株高三十厘米以上的苗。\n第二条 乙方供苗一万株。", "合格苗"),
        ("第一条 “旺季”，系指每年六月至九月。\n第二条 房费按日计算。", "旺季"),
        ("第一条 双方共建冷库一座（以下简称“北仓”）。\n第二条 乙方出地。", "北仓"),
        ("第一条 改造东区泵房（下称东泵房），工期两月。\n第二条 费用十万元。", "东泵房"),
        ("第一条 采购课桌（以下统称“教具”）。\n第二条 货到付款。", "教具"),
    ],
)
def test_a_term_that_stands_only_in_its_definition_is_told(text: str, term: str) -> None:
    assert quotes(TERMS, text) == [term]


def test_what_is_used_in_its_place_is_told_with_it() -> None:
    text = "第一条 甲方受让星火公司（以下简称“目标公司”）的股权。\n第二条 标的公司的债务由乙方清偿。"
    assert pairs(TERMS, text) == [("目标公司", "标的公司")]


@pytest.mark.parametrize(
    "text",
    [
        "第一条 “静置期”指浇筑后的七天。\n第二条 静置期内禁止通行。",
        "第一条 “基准日”指投标前第28天，该日以后颁布的规范导致返工的，视为变更。\n第二条 设计费一万元。",
        "甲方：青禾公司（以下简称“青禾方”）\n第一条 供货。",
        "本服务协议（以下简称“协议”）由双方签订。\n第一条 清洗外墙。",
        "第一条 双方共建步道（以下简称“本工程”）。\n第二条 工程九月完工。",
        "第一条 乙方指派“金牌技师”指导安装。\n第二条 费用八百元。",
        "第一条 款项以人民币（以下简称“人民币”）计。\n第二条 月结。",
        "填写说明：第一条中“经办人”指科研处的项目主管。\n第一条 供货。",
    ],
)
def test_terms_that_are_used_and_names_that_only_explain_are_silent(text: str) -> None:
    assert hits(TERMS, text) == []


# ---- DOC010 copies ---------------------------------------------------------------------------------------------------
COPIES = "copies"


@pytest.mark.parametrize(
    ("sentence", "first", "second"),
    [
        ("本合同一式四份，甲方执三份，乙方执二份。", "4", "5"),
        ("本合同一式四份，甲方执二份、乙方执一份，具有同等效力。", "4", "3"),
        ("本协议一式叁份，甲、乙双方各执贰份。", "3", "4"),
        ("合同一式 6 份，买卖双方各持 2 份。", "6", "4"),
        ("合伙协议一式三份，甲、乙、丙三方各执两份。", "3", "6"),
        ("本合同一式五份，发包人三份，承包人三份。", "5", "6"),
        ("正本二份，双方各执二份。", "2", "4"),
        ("租约一式两份。甲、乙双方各执两份，当日生效。", "2", "4"),
        ("本合同一式陆份，双方各执贰份，公安部门、街道备查各贰份。", "6", "8"),
    ],
)
def test_shares_that_do_not_make_up_the_total_are_added(sentence: str, first: str, second: str) -> None:
    (hit,) = hits(COPIES, "第一条 供应大米。\n第二条 " + sentence)
    assert (hit.values["first"], hit.values["second"]) == (first, second)
    assert hit.related


@pytest.mark.parametrize(
    "sentence",
    [
        "本合同一式四份，双方各执两份。",
        "本合同一式陆份，托运方、承运方各执 叁 份。",
        "本合同一式____份，双方各执____份。",
        "本合同一式五份，甲方二份，乙方二份，其余报主管部门。",
        "本合同一式四份，双方各执一份，送房管部门备案两份。",
        "本合同一式四份，甲方执两份，乙方执两份，采购机构执一份副本。",
        "验收单一式三份，双方各执一份。",
        "合同一式两份，甲方不得代乙方保管其一份。",
        "意向书一式二份，参会各方各执一份。",
        "本合同一式四份，甲方三份（内两份报备），乙方一份。",
        "正本一式二份，买卖双方各执一份；副本一式五份，交海关、商检等部门。",
    ],
)
def test_copies_that_add_up_or_cannot_be_added_are_silent(sentence: str) -> None:
    assert hits(COPIES, "第一条 供应大米。\n第二条 " + sentence) == []


def test_two_clauses_that_state_different_numbers_are_told_together() -> None:
    text = "第一条 本合同一式两份。\n第二条 供应大米。\n第三条 本合同一式四份，双方各执两份。"
    assert pairs(COPIES, text) == [("一式四份", "一式两份")]


def test_the_copies_of_an_annex_are_its_own() -> None:
    text = "第一条 本协议一式两份。\n第二条 供应大米。\n附件一 廉洁协议\n本协议一式四份，双方各执两份。"
    assert hits(COPIES, text) == []


# ---- DOC011 details --------------------------------------------------------------------------------------------------
DETAILS = "party-details"
BODY = lines(*(f"第{n}条 乙方按清单清洗第{n}号楼，当天清走垃圾。" for n in "一二三四五六七"))
SIGNED = lines("甲方（盖章）：", "乙方（盖章）：")


@pytest.mark.parametrize(
    ("head", "end", "missing"),
    [
        (
            "甲方：云岭物业有限公司\n乙方：净高清洗有限公司",
            SIGNED,
            "住所或地址、法定代表人或经办人、统一社会信用代码、签订日期",
        ),
        (
            "甲方：云岭物业有限公司\n法定代表人：李明\n乙方：王五",
            SIGNED + "\n2026年3月1日",
            "住所或地址、统一社会信用代码",
        ),
        (
            "甲方：云岭物业有限公司\n地址：学院路\n乙方：王五",
            SIGNED + "\n日期：",
            "法定代表人或经办人、统一社会信用代码",
        ),
        ("甲方：云岭物业有限公司\n地址：学院路\n联系人：李明\n乙方：王五\n日期：今日", "", "签署栏、统一社会信用代码"),
        ("甲方：李四\n乙方：王五", "", "签署栏"),
    ],
)
def test_what_is_missing_is_one_finding(head: str, end: str, missing: str) -> None:
    (hit,) = hits(DETAILS, lines(head, BODY, end))
    told = hit.values["missing"]
    assert set(told.split("、")) <= set(missing.split("、"))
    assert told.split("、")[0] == missing.split("、")[0]
    assert hit.severity == ("medium" if "签署栏" in missing else "low")


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("甲方：云岭物业有限公司\n地址：学院路\n法定代表人：李明\n乙方：净高清洗有限公司", SIGNED),
        ("甲方：李四\n乙方：王五", "甲方（签字）：\n乙方（签字）："),
        ("甲方：____________\n乙方：____________", SIGNED),
        ("甲方：云岭物业有限公司\n住所：学院路\n统一社会信用代码：91320000000000000X\n乙方：王五", SIGNED),
        ("甲方：云岭物业有限公司\n乙方：王五", "甲方（盖章）：\n地址：学院路\n代表人：\n乙方（手印）：\n日期："),
        ("甲方：云岭物业有限公司\n地址：学院路\n负责人：李明\n乙方：王五", "第八条 本合同以电子签名签署。"),
        ("甲方：李四\n乙方：王五\n丙方：安居房产经纪有限公司", SIGNED),
    ],
)
def test_details_given_anywhere_people_and_blanks_are_silent(head: str, end: str) -> None:
    assert hits(DETAILS, lines(head, BODY, end)) == []


def test_an_excerpt_need_not_be_signed() -> None:
    assert hits(DETAILS, "甲方：云岭物业有限公司\n乙方：王五\n第一条 清洗外墙。") == []


# ---- DOC018 topics ---------------------------------------------------------------------------------------------------
TOPICS = "topics"


def test_a_note_that_points_to_the_articles_of_another_text_is_no_mistake() -> None:
    assert quotes(TOPICS, "本说明供填写时参考。第九条的违约责任，两方的费率应当一致，不属于合同内容。") == []


ARTICLES = lines(
    "第一条 标的", "布草洗涤。", "第二条 付款方式", "按月结算。", "第三条 人员", "派员四名。", "第四条 保密", "客户资料不得外传。",
    "第五条 违约责任", "迟送一日扣百元。", "第六条 争议解决", "向法院起诉。", "第七条 其他",
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "quote", "right"),
    [
        ("擅自转包的，按第六条（违约责任）处理。", "第六条（违约责任）", "第五条 违约责任"),
        ("加班的，依照本合同第三条的付款约定办理。", "第三条的付款约定", "第二条 付款方式"),
        ("保密义务适用第三条的约定。", "保密义务适用第三条", "第四条 保密"),
        ("违约责任按本合同第一条执行。", "违约责任按本合同第一条", "第五条 违约责任"),
        ("协商不成的，按第4条“争议解决方式”处理。", "第4条“争议解决方式”", "第六条 争议解决"),
        ("乙方停业的，保密责任见第六条。", "保密责任见第六条", "第四条 保密"),
        ("付款方式详见第四条。", "付款方式详见第四条", "第二条 付款方式"),
        ("退场的，依据第三条所述的违约责任承担。", "第三条所述的违约责任", "第五条 违约责任"),
    ],
)
def test_a_reference_to_an_article_on_another_subject_is_told_with_the_right_one(
    sentence: str, quote: str, right: str
) -> None:
    text = lines(ARTICLES, sentence)
    contract = contract_of(text)
    (hit,) = hits(TOPICS, text)
    assert hit.span
    assert contract.text_of(hit.span) == quote
    assert contract.text_of(hit.related[1]).strip() == right


@pytest.mark.parametrize(
    "sentence",
    [
        "擅自转包的，按第五条（违约责任）处理。",
        "逾期付款的，按第五条承担违约责任。",
        "违约责任依照《民法典》第三条处理。",
        "付款方式见主合同第三条。",
        "质保期见第三条。",
        "人员安排按第三条执行。",
        "保密义务适用第二十条的约定。",
        "按第三条约定的时间付款。",
    ],
)
def test_references_that_fit_or_name_no_subject_are_silent(sentence: str) -> None:
    assert hits(TOPICS, lines(ARTICLES, sentence)) == []


def test_an_article_that_speaks_of_the_subject_in_its_text_is_taken_for_it() -> None:
    text = lines("第一条 权利义务", "乙方违约的赔偿损失。", "第二条 违约责任", "每日百元。", "第三条 其他")
    assert hits(TOPICS, lines(text, "违约责任按第一条执行。")) == []


# ---- DOC019 annexes --------------------------------------------------------------------------------------------------
ANNEXES = "annex-order"


def annexed(body: str, *annexes: str) -> str:
    return lines("第一条 " + body, "第二条 一式两份。", *(f"{annex}\n见所附表格。" for annex in annexes))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (annexed("货物见附件一，批次见附件三。", "附件一 货物清单", "附件三 交货批次"), "附件三 交货批次"),
        (annexed("货物见附件1。", "附件1 货物清单", "附件2 车辆调度"), "附件2 车辆调度"),
        (annexed("参数按附录A。", "附录A 参数", "附录B 堆场平面"), "附录B 堆场平面"),
        (annexed("菜谱见附件一，餐具见附件二。", "附件一 菜谱", "附件二 餐具", "附件四 问卷"), "附件四 问卷"),
        (annexed("菜谱见附件一，餐具见附件二。", "附件一 菜谱", "附件二 餐具", "附件三 停车月票"), "附件三 停车月票"),
        (annexed("树种见附表一。", "附表一 树种", "附表二 机具"), "附表二 机具"),
        ("第一条 货物见附件1，批次见附件2。\n附件：\n附件1：货物\n附件2：批次\n附件4：场地图", "附件4：场地图"),
        (annexed("货物见附件一。", "附件一 货物清单", "附件二 租船航次"), "附件二 租船航次"),
    ],
)
def test_an_annex_out_of_number_or_never_spoken_of_is_told(text: str, quote: str) -> None:
    found = pairs(ANNEXES, text)
    assert [quote in place for place, _ in found] == [True]
    assert all(other for _, other in found)


@pytest.mark.parametrize(
    "text",
    [
        annexed("货物见附件一，批次见附件二。", "附件一 货物清单", "附件二 交货批次"),
        annexed("货物见附件一。", "附件一 货物清单", "附件二 廉洁协议"),
        annexed("货物见附件一，批次见附件二，培训见附件三。", "附件一 货物清单", "附件三 培训计划"),
        annexed("附件一至附件三为合同组成部分。", "附件一 货物", "附件二 场地", "附件三 培训"),
        annexed("货物见附件一，车辆调度由甲方安排。", "附件一 货物清单", "附件二 车辆调度"),
        annexed("供应大米。", "附件一 船期", "附件二 堆场"),
        annexed("供应大米。", "附件二 合格证", "附件三 装箱单"),
        annexed("见附件一。", "附件一 货物", "附件九 其他"),
    ],
)
def test_annexes_in_order_and_those_that_stand_for_themselves_are_silent(text: str) -> None:
    gaps = [place for place, _ in pairs(ANNEXES, text)]
    assert gaps in ([], ["附件九 其他"])


# ---- LGL010 liability ------------------------------------------------------------------------------------------------
LIABILITY = "liability"
TWO = lines("买方（甲方）：东风中学", "卖方（乙方）：金桥课桌厂", "第一条 乙方供应课桌。", "第二条 违约责任")


@pytest.mark.parametrize(
    ("supplier", "buyer", "heavier"),
    [
        ("乙方逾期交货的，每日按总价千分之五支付违约金。", "甲方逾期付款的，每日按欠款万分之五支付违约金。", "乙方"),
        ("乙方逾期交货的，每逾期一日支付1%的违约金。", "甲方逾期付款的，每日按万分之二支付违约金。", "乙方"),
        ("乙方延迟交付的，每延迟一天支付5‰。", "甲方拖欠货款的，按日加付千分之一的滞纳金。", "乙方"),
        ("乙方迟延交货，按日万分之一付违约金。", "甲方迟延付款，按日千分之三付违约金。", "甲方"),
        ("乙方未按期交货，每日付迟交货款的2%。", "甲方付款逾期，每日付0.03%违约金。", "乙方"),
        ("乙方逾期供货，每天支付违约金0.5%。", "甲方逾期支付货款，每天支付违约金0.1%。", "乙方"),
    ],
)
def test_daily_rates_far_apart_are_told_together(supplier: str, buyer: str, heavier: str) -> None:
    (hit,) = hits(LIABILITY, lines(TWO, supplier, buyer))
    assert hit.values["heavier"].startswith(heavier)
    assert len(hit.triggers) == 2
    assert hit.related


@pytest.mark.parametrize(
    ("supplier", "buyer"),
    [
        ("乙方逾期交货的，每日支付千分之一。", "甲方逾期付款的，每日支付千分之一。"),
        ("乙方逾期交货的，每日支付千分之四的违约金。", "甲方逾期付款的，每日支付千分之一的违约金。"),
        ("乙方逾期交货的，每周支付1%的违约金。", "甲方逾期付款的，每日支付万分之五的违约金。"),
        ("乙方逾期交货三十日的，支付货款20%的违约金。", "甲方逾期付款的，每日支付万分之五的违约金。"),
        ("乙方逾期返还保证金的，每日支付1%。", "甲方逾期付款的，每日支付万分之五的违约金。"),
        ("任何一方逾期履行的，每日支付千分之五。", "甲方逾期付款的，另按每日万分之五付息。"),
        ("乙方逾期交货的，每日支付____‰的违约金。", "甲方逾期付款的，每日支付万分之五的违约金。"),
        ("乙方逾期交货的，每日支付0.8%0的违约金。", "甲方逾期付款的，每日支付0.01%的违约金。"),
    ],
)
def test_rates_that_are_near_or_not_alike_are_silent(supplier: str, buyer: str) -> None:
    assert hits(LIABILITY, lines(TWO, supplier, buyer)) == []


def test_an_article_in_which_only_one_side_ever_pays_is_told() -> None:
    one = lines(TWO, "乙方逾期交货的，支付总价10%的违约金。", "乙方擅自转包的，支付总价20%的违约金。")
    assert [hit.values["lighter"] for hit in hits(LIABILITY, one)] == ["无 / none"]
    assert hits(LIABILITY, lines(one, "甲方逾期付款的，按银行利率支付利息。")) == []
    assert hits(LIABILITY, lines(one, "任何一方违约的，还应赔偿对方损失。")) == []


# ---- LGL027 courts ---------------------------------------------------------------------------------------------------
COURTS = "jurisdiction"
FLAT = lines(
    "房屋租赁合同",
    "出租人：刘大海",
    "地址：北京市海淀区学院路",
    "承租人：小鹿书店",
    "第一条 房屋坐落于成都市武侯区书院街8号。",
)
WORKS = lines("建设工程施工合同", "发包人：云集镇政府", "承包人：固基公司", "第一条 工程地点：长沙市望城区云集镇。")


@pytest.mark.parametrize(
    ("text", "contract_type", "quote"),
    [
        (FLAT + "\n第二条 争议由北京市海淀区人民法院管辖。", "lease", "北京市海淀区人民法院"),
        (FLAT + "\n第二条 争议由出租人住所地人民法院管辖。", "lease", "出租人住所地人民法院"),
        (FLAT + "\n第二条 协商不成，向西安市雁塔区法院起诉。", "lease", "西安市雁塔区法院"),
        (FLAT + "\n第二条 双方同意到重庆市渝中区人民法院诉讼。", "lease", "重庆市渝中区人民法院"),
        (WORKS + "\n第二条 向武汉市江岸区人民法院起诉。", "construction", "武汉市江岸区人民法院"),
        (WORKS + "\n第二条 纠纷提交株洲市天元区人民法院解决。", "construction", "株洲市天元区人民法院"),
    ],
)
def test_a_court_of_another_city_than_the_property_is_told_with_the_property(
    text: str, contract_type: str, quote: str
) -> None:
    (pair,) = pairs(COURTS, text, contract_type)
    assert pair[0].endswith(quote)
    assert pair[1][:2] in ("成都", "长沙")


@pytest.mark.parametrize(
    ("text", "contract_type"),
    [
        (FLAT + "\n第二条 争议由成都市武侯区人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议由成都市中级人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议由房屋所在地人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议由武侯区人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议由承租人所在地人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议提交北京仲裁委员会仲裁，由北京市海淀区人民法院执行。", "lease"),
        (WORKS + "\n第二条 向长沙市望城区人民法院起诉。", "construction"),
        (WORKS.replace("施工合同", "设计合同") + "\n第二条 向武汉市江岸区人民法院起诉。", "construction"),
        ("塔吊设备租赁合同\n第一条 工程地点：长沙市望城区。\n第二条 由武汉市江岸区人民法院管辖。", "lease"),
        (FLAT + "\n第二条 争议由北京市海淀区人民法院管辖。", "sale"),
        (FLAT.replace("成都市武侯区", "") + "\n第二条 争议由北京市海淀区人民法院管辖。", "lease"),
    ],
)
def test_the_right_court_arbitration_and_movables_are_silent(text: str, contract_type: str) -> None:
    assert hits(COURTS, text, contract_type) == []


# ---- all of them -----------------------------------------------------------------------------------------------------
MINE = (NUMBERS, NAMES, ROLES, TERMS, COPIES, DETAILS, TOPICS, ANNEXES, LIABILITY, COURTS)
LONG = (
    "甲方（盖章）：东湾渔业管理有限公司 ",
    "由南礁冷库工程有限公司承担，",
    "本合同一式四份，甲方执二份、",
    "以下简称“冷链仓”指的是，",
    "违约责任按本合同第三条执行，",
    "附件一 附件三 附件二 ",
    "乙方应向乙方支付货款，甲方应向甲方",
    "逾期交货每日千分之五，逾期付款每日万分之五，",
    "由北京市海淀区人民法院，房屋坐落于成都市武侯区，",
)


@pytest.mark.parametrize("unit", LONG)
def test_time_grows_with_the_length_of_the_text(unit: str) -> None:
    head = "房屋租赁合同\n甲方（出租人）：东湾渔港管理有限公司\n乙方（承租人）：海特制冷设备有限公司\n第一条 "
    short, long = (view_of(head + unit * (length // len(unit)), "lease") for length in (4_000, 40_000))
    assert len(short.sentences) <= len(long.sentences), "cutting into sentences is not part of the measurement"

    def seconds(check: str, view: View) -> float:
        started = time.process_time()
        list(CHECKS[check](view, load_rules()[0], ()))
        return time.process_time() - started

    slow = {c: seconds(c, long) for c in MINE}
    assert {c: t for c, t in slow.items() if t > 40 * max(seconds(c, short), 0.01)} == {}
