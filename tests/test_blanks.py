"""Blanks: every place to be filled in, chosen or cleared before signing, and what is expected there."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from report_samples import sample, with_text

from hetong.classify.parties import find_parties
from hetong.document import (
    BLANK_KINDS,
    LEFT_BLANK,
    UNFINISHED,
    AttributeStatus,
    Blank,
    Cell,
    Contract,
    Party,
    Problem,
    Source,
)
from hetong.extract.builder import TextBuilder
from hetong.flag import flag
from hetong.flag.checks.blanks import find_blanks
from hetong.flag.completeness import WHY
from hetong.flag.view import View
from hetong.report.as_json import to_dict
from hetong.report.html import render_draft
from hetong.report.lines import clause_label, clause_path
from hetong.report.signing import signing_lines, verdict
from hetong.report.words import WORDS
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of
from hetong.segment import segment


def flagged(*lines: str, rules: tuple[str, ...] = ()) -> Contract:
    contract = segment(contract_of("\n".join(lines)))
    chosen = tuple(rule for rule in load_rules() if rule.id in rules or rule.id in UNFINISHED)
    return flag(replace(contract, parties=find_parties(contract), done=("extract", "segment", "classify")), chosen)


def found(*lines: str) -> list[tuple[str, str]]:
    contract = flagged(*lines)
    return [(contract.text_of(blank), blank.kind) for blank in contract.blanks]


def kinds(*lines: str) -> list[str]:
    return [kind for _, kind in found(*lines)]


SIGNED = (
    "供货合同",
    "甲方：海特水务有限公司",
    "乙方：远山水泵有限公司",
    "第一条 供货",
    "乙方供应水泵。",
    "甲方（盖章）：________　乙方（盖章）：________",
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("合同总价为人民币____元，含税。", "amount"),
        ("泵房改造总造价￥____，一次包死。", "amount"),
        ("押金（大写）____整，退租时退还。", "amount"),
        ("乙方每延误一次，支付违约金____万元。", "amount"),
        ("电梯于____年__月__日前安装完毕。", "date"),
        ("租期自2026年  月  日起算。", "date"),
        ("每月____日前结清上月货款。", "date"),
        ("设备到港时间：________。", "date"),
        ("逾期付款的，每日按欠款的____‰计收。", "rate"),
        ("验收后付至合同价的百分之____。", "rate"),
        ("甲方应在收到发票后【 】个工作日内付款。", "period"),
        ("整机质保____年，自验收之日起算。", "period"),
        ("任何一方解除合同应提前____日书面通知。", "period"),
        ("合同期限：________。", "period"),
        ("设备共____台，备件两套。", "quantity"),
        ("本合同一式____份，双方各执一份。", "quantity"),
        ("仓库建筑面积____平方米。", "quantity"),
        ("开户行：________。", "account"),
        ("货款汇入乙方账号____________。", "account"),
        ("交货地点：________。", "place"),
        ("冷库位于____市____区____路。", "place"),
        ("争议由____人民法院管辖。", "place"),
        ("甲方联系人：________。", "person"),
        ("法定代表人____，负责签署补充协议。", "person"),
        ("采购合同编号：________。", "number"),
        ("联系电话：____________。", "number"),
        ("道路运输许可证号____________。", "number"),
        ("保修事宜按本合同第____条执行。", "number"),
        ("争议按下列第____种方式解决。", "option"),
        ("本次检测委托____公司进行。", "party"),
        ("收货方应在开箱后　　日内提出异议。", "period"),
        ("吊装每台次　　元，夜间加倍。", "amount"),
        ("户名：　　　，由乙方书面确认。", "account"),
        ("搬运费每吨按人民币元（含税）结算。", "amount"),
        ("甲方：____________", "party"),
        ("承租方（以下简称乙方）：____________", "party"),
        ("包装方式：________。", "other"),
        ("备注：________。", "other"),
    ],
)
def test_what_is_expected_is_read_from_the_words_around(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    ("text", "quote", "kind"),
    [
        ("供应商名称：{{供应商}}，负责供货。", "{{供应商}}", "party"),
        ("甲方指定【请填写姓名】为联系人。", "请填写姓名", "person"),
        ("送达至${clientAddress}，寄出后第三日视为送达。", "${clientAddress}", "place"),
        ("服务费{{含税总价}}，按季支付。", "{{含税总价}}", "amount"),
        ("交货日期：XX年XX月XX日。", "XX年XX月XX", "date"),
        ("由×××公司负责安装。", "×××", "party"),
        ("合同编号：[编号]，一式两份。", "[编号]", "number"),
        ("房屋位于[具体地址，如XX街道XX号]，出租给乙方。", "[具体地址，如XX街道XX号]", "place"),
        ("项目押金【金额】，退场时退还。", "【金额】", "amount"),
        ("技术要求：XXXX；另附图纸。", "XXXX", "note"),
        ("检验办法待定，由双方另行书面确认后执行。", "待定", "note"),
        ("产品参数见{{模板变量}}。", "{{模板变量}}", "note"),
    ],
)
def test_a_placeholder_says_itself_what_it_is_or_is_a_note(text: str, quote: str, kind: str) -> None:
    assert found(text) == [(quote, kind)]


def test_parts_of_one_date_or_address_are_one_blank_and_two_dates_are_two() -> None:
    assert found("服务期自____年__月__日至____年__月__日。") == [("____年__月__", "date"), ("____年__月__", "date")]
    assert found("交至____省____市____区仓库。") == [("____省____市____", "place")]
    assert found("位于XX街道XX小区XX号楼XX单元，共两层。") == [("XX街道XX小区XX号楼XX", "place")]


def test_two_placeholders_side_by_side_are_two_blanks() -> None:
    text = "售后：{{联系人}} {{联系电话}}。"
    assert found(text) == [("{{联系人}}", "person"), ("{{联系电话}}", "number")]


def test_a_blank_alone_in_its_line_is_told_by_the_line_above() -> None:
    assert kinds("第一条 交货地点：", "________________") == ["place"]


def test_a_blank_in_a_table_is_told_by_the_head_of_its_column_or_the_cell_to_the_left() -> None:
    builder = TextBuilder()
    rows = [("名称", "数量", "单价（元）"), ("水泵", "____", "____"), ("联系电话", "________", "")]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            builder.add(text, "cell", cell=Cell(0, r, c), end="\n" if c == 2 else "\t")
    contract = segment(builder.contract(Source("a.docx", "0" * 64, "docx")))
    blanks = flag(replace(contract, done=("extract", "segment", "classify")), ()).blanks
    assert [blank.kind for blank in blanks][:2] == ["quantity", "amount"]
    assert len(blanks) == 3


# ---- nothing behind a label, no line to write on ---------------------------------------------------------------------

HEAD = ("冷库租赁合同", "甲方：海特冷链有限公司", "乙方：远山商行")


@pytest.mark.parametrize(
    ("lines", "blanks"),
    [
        (
            ("甲方（委托方）：", "乙方（受托方）：", "甲方委托乙方养护绿地，双方约定如下。"),
            ["甲方（委托方）：", "乙方（受托方）："],
        ),
        (
            ("出租方：（甲方）", "身份证号：", "承租方：（乙方）", "根据有关法律，双方订立本合同。"),
            ["出租方：", "身份证号：", "承租方："],
        ),
        (("甲方：　　　　　乙方：", "鉴于甲方有仓库，双方约定如下。"), ["甲方：　　　　　", "乙方："]),
        (("存货方：　　　　合同编号：", "第一条 储存", "存货方交存大米。"), ["存货方：　　　　", "合同编号："]),
        (
            ("卖方 The Seller：", "地址 Address：", "鉴于买方需要桐油，双方约定如下。"),
            ["卖方 The Seller：", "地址 Address："],
        ),
        (("雇用家庭（甲方）：", "住址：江州市水门街4号", "乙方：秦月"), ["雇用家庭（甲方）："]),
        (
            ("甲方：海特公司", "地址：", "联 系 人：", "邮政编码：", "乙方：远山公司"),
            ["地址：", "联 系 人：", "邮政编码："],
        ),
        (("编号：", "鱼塘承包合同", "发包方：柳泉村", "承包方：秦山"), ["编号："]),
        (
            (*HEAD, "第一条 付款", "租金汇入甲方账户：", "户名：", "开户行：", "账号：", "第二条 其他", "无。"),
            ["户名：", "开户行：", "账号："],
        ),
        (
            (*HEAD, "第一条 通知", "收件人：　　手机号码：", "甲方变更地址的，应当书面通知。"),
            ["收件人：　　", "手机号码："],
        ),
        ((*HEAD, "第一条 付款", "租金汇入户名：，开户行：。"), ["：", "："]),
        ((*HEAD, "第一条 付款", "付款方式如下：　　。"), ["　　"]),
        ((*HEAD, "第一条 付款", "乙方负担的费用：", "。"), ["：\n"[:1]]),
        ((*HEAD, "第一条 担保", "冷库已经抵押，抵押权人为　　　。"), ["　　　"]),
        ((*HEAD, "第一条 标的", "冷库位于 ；门牌号为 。"), [" ", " "]),
        (
            (*HEAD, "第一条 标的", "冷库坐落于湖北省武汉市　　　　　　的院内，使用面积　　平米。"),
            ["　　　　　　", "　　"],
        ),
        ((*HEAD, "第一条 标的", "制冷机组　　台，操作工不少于　　人。"), ["　　", "　　"]),
        ((*HEAD, "第一条 违约", "逾期的，按年租金总额 %支付违约金，另付日租金　　倍的占用费。"), [" ", "　　"]),
        ((*HEAD, "第一条 付款", "收到发票后甲方　　个工作日内退还押金。"), ["　　"]),
    ],
)
def test_a_label_without_a_value_or_a_lost_underline_is_a_blank(lines: tuple[str, ...], blanks: list[str]) -> None:
    assert [quote for quote, _ in found(*lines)] == blanks


@pytest.mark.parametrize(
    "lines",
    [
        ("甲方：", "名称：海特冷链有限公司", "乙方：", "名称：远山商行", "第一条 租金", "年租金八万元。"),
        ("甲方：", "海特冷链有限公司", "乙方：", "远山商行", "根据民法典，双方订立本合同。"),
        ("出租人：", "（甲方） 海特冷链有限公司", "承租人：", "（乙方） 远山商行", "第一条 租金", "年租金八万元。"),
        ("甲方：", "乙方：", "海特冷链有限公司", "远山商行", "第一条 租金", "年租金八万元。"),
        ("甲方：　海特冷链有限公司　　乙方：　远山商行　　", "第一条 租金", "年租金八万元。"),
        (*HEAD, "第一条 责任", "甲方的义务：", "（1）保持库温；", "（2）按月抄表。"),
        (*HEAD, "第一条 付款", "付款方式如下：", "1. 签约时付一半；", "2. 入库时付清。"),
        (*HEAD, "第一条 付款", "乙方收款账户：", "户名：远山商行，账号：6222****0088。"),
        (*HEAD, "第一条 付款", "下列文件齐备后，借款汇入乙方账户：", "（1）股东会决议；", "（2）担保合同。"),
        (*HEAD, "第一条 通知", "甲方地址：", "江州市水门街4号", "第二条 其他", "无。"),
        (*HEAD, "第一条 标的", "冷库坐落于江州市水门街4号  ；面积约为93平方米。"),
        (*HEAD, "第一条 标的", "冷库位于江州市水门镇   白石工业园    ，共三层。"),
        (*HEAD, "第一条 违约", "乙方有下列行为 ，甲方有权解除合同；关于 ，另行约定。"),
        (*HEAD, "第一条 价款", "总额为   九十万元     ，大写 玖拾万   元整。"),
        (*HEAD, "第一条 租期", "租期为三 个月，每半 个月抄表一次。"),
        (*SIGNED, "地址：", "电话："),
    ],
    ids=[
        "name below", "value below", "letter and value below", "labels first, then values", "padding", "list of items",
        "如下 and a list", "account announced", "account and a list", "address below", "filled place", "place goes on", "行为 and 关于",
        "padded value", "number in words", "signature block",
    ],
)  # fmt: skip
def test_a_label_that_announces_or_a_padded_value_is_no_blank(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


def test_an_empty_label_says_what_it_waits_for() -> None:
    lines = (
        "甲方（出租人）：",
        "乙方（承租人）：",
        "纳税人识别号：",
        "开户名称：",
        "联 系 人：",
        "地　址：",
        "鉴于甲方有仓库，",
    )
    assert kinds(*lines) == ["party", "party", "number", "account", "person", "place"]


@pytest.mark.parametrize(
    ("row", "blanks"), [(("账号：", ""), ["账号："]), (("账号：", "6222 0088"), []), (("甲方：", "乙方："), [])]
)
def test_a_label_in_a_cell_is_empty_when_the_next_cell_is(row: tuple[str, str], blanks: list[str]) -> None:
    builder = TextBuilder()
    for text in HEAD:
        builder.add(text)
    for column, text in enumerate(row):
        builder.add(text, "cell", cell=Cell(0, 0, column), end="\t" if column == 0 else "\n")
    builder.add("海特冷链有限公司")
    contract = segment(builder.contract(Source("a.docx", "0" * 64, "docx")))
    made = flag(replace(contract, done=("extract", "segment", "classify")), ())
    assert [made.text_of(blank).strip() for blank in made.blanks] == blanks


# ---- options ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "quotes"),
    [
        (("付款方式：□一次性付款　□分期付款。",), ["□一次性付款　□分期付款"]),
        (("运输：□铁路；□公路，费用由乙方承担。",), ["□铁路；□公路"]),
        (("续租应（□书面 / □口头）提出，租金按（□月 / □季）支付。",), ["□书面 / □口头", "□月 / □季"]),
        (("发票：☑专票 □普票。交付：□自提 □送货。",), ["□自提 □送货"]),
        (("第一条 工时制度：", "1. □标准工时", "2. □综合计算工时"), ["□标准工时\n2. □综合计算工时"]),
    ],
)
def test_a_group_of_boxes_without_a_tick_is_one_choice_not_made(lines: tuple[str, ...], quotes: list[str]) -> None:
    assert [(quote, kind) for quote, kind in found(*lines)] == [(quote, "option") for quote in quotes]


@pytest.mark.parametrize(
    "lines",
    [
        ("交货方式：☑送货上门　□自提，费用由乙方承担。",),
        ("房屋设施：√空调　□洗衣机　□冰箱。",),
        ("第一条 计酬：", "（1）☑计时，每月6000元；", "（2）□计件，单价____元，定额____。"),
        ("□ 以上内容乙方已知悉。",),
        ("登记编号：□□□□□□□□",),
        ("证件：☑身份证 □护照 □其他____，已核对。",),
    ],
    ids=["ticked", "tick as a check mark", "list with one item ticked", "one box", "boxes for digits", "other"],
)
def test_a_group_with_a_tick_is_chosen_and_what_was_left_needs_no_filling_in(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []


def test_an_unticked_choice_is_reported_by_doc013_and_its_own_blank_by_doc001() -> None:
    contract = flagged("期限：□两年　□至____年__月__日止。", rules=("DOC001", "DOC013"))
    assert {f.rule: f.quote for f in contract.findings} == {
        "DOC013": "□两年　□至____年__月__日止",
        "DOC001": "____年__月__",
    }
    assert [blank.kind for blank in contract.blanks] == ["option", "date"]


# ---- notes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("争议解决方式（二选一），仲裁或者诉讼。", "二选一"),
        ("逾期搬离的按日租金两倍（建议2倍）支付占用费。", "（建议2倍）"),
        ("监理单位信息，如不适用请删除。", "如不适用请删除"),
        ("【注：本条可根据实际情况修改】甲方应支付预付款。", "【注：本条可根据实际情况修改】"),
        ("装卸费结算（用√选定），按月支付。", "（用√选定）"),
    ],
)
def test_a_note_to_the_drafter_is_a_blank_of_its_own_kind(text: str, quote: str) -> None:
    assert found(text) == [(quote, "note")]


def test_a_form_to_be_used_later_is_no_note() -> None:
    assert found("附件三：履约保函格式，请根据银行要求填写。") == []


# ---- what is no blank ------------------------------------------------------------------------------------------------


def test_what_is_signed_sealed_and_dated_by_hand_is_no_blank() -> None:
    assert found(*SIGNED, "授权代表（签字）：________", "日期：____年__月__日") == []


def test_values_on_an_underline_and_masked_numbers_are_no_blanks() -> None:
    assert found("月租金__3500__元，租期__12__个月。", "身份证号3201****0088，已核对。") == []


# ---- one logic -------------------------------------------------------------------------------------------------------

FORM = (
    "设备采购合同",
    "甲方：________",
    "乙方：海特制冷设备有限公司",
    "第一条 价款",
    "合同总价为人民币____元，甲方应在【 】个工作日内支付。",
    "付款方式：□一次性付款 □分期付款。",
    "第二条 交付",
    "设备交至甲方水厂。",
    "第三条 违约",
    "违约责任按第九条执行，逾期每日____‰（建议1‰）。",
)


def test_the_blanks_are_what_the_two_rules_report() -> None:
    contract = flagged(*FORM, rules=("DOC001", "DOC013"))
    told = [finding for finding in contract.findings if finding.rule in ("DOC001", "DOC013")]
    places = {span for finding in told for span in (finding.span, *finding.related)}
    assert places == {(blank.start, blank.end) for blank in contract.blanks}
    assert [blank.kind for blank in contract.blanks] == ["party", "amount", "period", "option", "rate", "note"]


def test_blanks_are_found_whatever_rules_are_chosen() -> None:
    assert len(flagged(*FORM).blanks) == 6


def test_every_kind_has_a_label_in_both_languages() -> None:
    assert all(f"blank-{kind}" in WORDS for kind in BLANK_KINDS)


# ---- ready to sign ---------------------------------------------------------------------------------------------------


def test_blanks_and_references_to_nothing_stand_against_signing() -> None:
    contract = flagged(*FORM, rules=("DOC001", "DOC002", "DOC013"))
    assert not contract.ready_to_sign
    assert verdict(contract) == "可签署：否（空白 4 处，未选选项和起草说明 2 处，引用的条款不存在 1 处）"
    assert verdict(contract, "en").startswith("ready to sign: no (blanks: 4, choices not made and drafting notes: 2, ")


def test_a_finished_text_is_ready_to_sign_whatever_its_risks() -> None:
    contract = flagged(*SIGNED, rules=("DOC001", "DOC002", "DOC013", "DEL001"))
    assert contract.ready_to_sign
    assert verdict(contract) == "文本已填齐：是（不代表可以签署）"
    assert verdict(contract, "en") == "text complete: yes (this does not mean that it can be signed)"
    risky = replace(sample(clean=True), findings=sample().findings[:1])
    assert risky.ready_to_sign
    assert verdict(risky) == "文本已填齐：是（不代表可以签署；另有高风险 1 处）"
    assert verdict(risky, "en").endswith("; high risks: 1)")


def test_a_verdict_says_that_checks_which_feed_it_are_switched_off() -> None:
    contract = segment(contract_of("\n".join(SIGNED)))
    classified = replace(contract, parties=find_parties(contract), done=("extract", "segment", "classify"))
    rules = tuple(rule for rule in load_rules() if rule.id != "DOC005")
    assert flag(classified, rules).switched_off == ("DOC005",)
    assert verdict(flag(classified, rules)) == "文本已填齐：是（不代表可以签署；部分检查已停用）"
    assert verdict(flag(replace(classified, text=contract.text.replace("水泵", "__")), rules)).endswith(
        "，部分检查已停用）"
    )
    assert all(flag(classified, stance=stance).switched_off == () for stance in ("buyer", "supplier", "neutral"))


def test_a_party_of_the_opening_without_a_name_stands_against_signing() -> None:
    built = sample(clean=True)
    named = replace(built, text=built.text.replace("江州市水文监测中心", "　" * 9))
    parties = (replace(named.parties[0], name=""), named.parties[1])
    unnamed = replace(named, parties=parties)
    assert [type(obstacle) for obstacle in unnamed.obstacles] == [Party]
    assert verdict(unnamed) == "可签署：否（当事人没有名称 1 处）"
    start = named.text.index("甲方")
    assert len(replace(unnamed, blanks=(Blank(start, start + 3, "party"),)).obstacles) == 1, "told by the blank"
    assert replace(built, parties=parties).ready_to_sign, "a name that was not understood is no missing name"


def test_what_must_be_settled_and_was_left_blank_stands_against_signing() -> None:
    def with_status(why: str, need: str = "required") -> Contract:
        status = AttributeStatus("pricing", "总价", "vague", "2.1", "总价", "price", need, why)  # type: ignore[arg-type]
        return replace(sample(clean=True), completeness=(status,))

    assert WHY["blank"] == LEFT_BLANK
    for why in LEFT_BLANK.values():
        assert not with_status(why).ready_to_sign
    assert verdict(with_status("留有空白")) == "可签署：否（必备事项留有空白 1 处）"
    assert with_status("没有写明金额").ready_to_sign
    assert with_status("留有空白", "expected").ready_to_sign
    html = render_draft(with_status("留有空白"))
    assert "总价（留有空白）" in html


def test_a_text_that_was_not_read_in_full_or_not_checked_is_never_ready() -> None:
    unread = sample(clean=True, problems=[Problem("extract", "no-text", page=2)])
    assert not unread.ready_to_sign
    assert verdict(unread) == "可签署：否（未读到或需核对 1 处）"
    assert not segment(contract_of("第一条 供货\n乙方供应水泵。")).ready_to_sign


def test_a_side_that_is_not_known_does_not_make_a_text_unfinished() -> None:
    doubt = Problem("flag", "stance-unknown", values=(("label", "甲方"),))
    assert sample(clean=True, problems=[doubt]).ready_to_sign


# ---- reports ---------------------------------------------------------------------------------------------------------


def test_json_lists_each_blank_at_its_place() -> None:
    data = to_dict(flagged(*FORM))
    text = "".join(clause["text"] for clause in data["clauses"])
    assert [text[b["start"] : b["end"]] for b in data["blanks"]] == [b["quote"] for b in data["blanks"]]
    assert [(b["kind"], b["clause"], b["quote"]) for b in data["blanks"]][1] == ("amount", "1", "____")
    assert data["document"]["ready_to_sign"] is False


def test_a_blank_on_a_page_has_its_page_and_box() -> None:
    contract = sample(clean=True)
    start = contract.text.index("128000")
    (blank,) = to_dict(replace(contract, blanks=(Blank(start, start + 6, "amount"),)))["blanks"]
    assert (blank["page"], len(blank["boxes"]), blank["clause"]) == (1, 1, "2.1")


def test_check_lists_one_line_a_blank_in_its_words_and_the_verdict_last() -> None:
    contract = flagged(*FORM, rules=("DOC001", "DOC013"))
    name = contract.source.path
    lines = list(signing_lines(contract))
    assert lines[0] == f"{name}: clause 首部 blank party > 甲方：________"
    assert lines[1] == f"{name}: clause 1 blank amount > 合同总价为人民币____元"
    assert lines[3] == f"{name}: clause 1 blank option > □一次性付款 □分期付款"
    assert lines[-1] == f"{name}: 可签署：否（空白 4 处，未选选项和起草说明 2 处，引用的条款不存在 1 处）"
    assert len(lines) == 7


def test_check_lines_are_short_inert_and_one_line_each() -> None:
    contract = with_text("总价\x1b[31m\u202e" + "_" * 500 + "元", "a\x1b[2J.txt")
    start = contract.text.index("_")
    lines = list(signing_lines(replace(contract, blanks=(Blank(start, start + 500, "amount"),))))
    assert all(character.isprintable() for line in lines for character in line)
    assert lines[0].endswith("________元")


def test_the_page_counts_the_kinds_links_their_clauses_and_marks_each_blank_in_the_text() -> None:
    html = render_draft(flagged(*FORM, rules=("DOC001", "DOC002", "DOC013")))
    assert "签署前" in html
    assert "可签署：否（空白 4 处，未选选项和起草说明 2 处，引用的条款不存在 1 处）" in html
    assert "第一条 价款</a>" in html
    assert "首部</a>" in html
    assert "<dt>金额 <b>1</b></dt>" in html
    assert '<span class="blank" title="期限">【 】</span>' in html
    assert html.count('title="未选的选项"') + html.count('title="比例"') == 2
    assert "style=" not in html


def test_a_choice_that_holds_a_blank_is_marked_in_pieces() -> None:
    html = render_draft(flagged("期限：□两年　□至____年__月__日止。"))
    assert '<span class="blank" title="未选的选项">□两年　□至</span>' in html
    assert '<span class="blank" title="日期">____年__月__</span>' in html


def test_a_choice_of_several_lines_is_marked_in_each_of_them() -> None:
    html = render_draft(flagged("第一条 期限：", "1. □固定，至____年__月__日", "2. □不固定，随时解除"))
    assert '<span class="blank" title="未选的选项">□固定，至</span>' in html
    assert '<span class="blank" title="未选的选项">□不固定</span>' in html


def test_the_page_of_a_finished_text_says_that_it_is_ready() -> None:
    html = render_draft(flagged(*SIGNED))
    assert 'class="signing ready"' in html
    assert "文本已填齐：是（不代表可以签署）" in html


def test_doc001_the_json_and_the_verdict_count_alike() -> None:
    contract = flagged(*FORM, rules=("DOC001", "DOC013"))
    message = next(f.message for f in contract.findings if f.rule == "DOC001")
    by_rule = Counter(blank["rule"] for blank in to_dict(contract)["blanks"])
    assert by_rule == {"DOC001": 4, "DOC013": 2}
    assert message.startswith("有4处")


def test_a_part_without_a_number_is_called_what_it_is_and_an_inner_id_is_never_shown() -> None:
    parts = {clause.kind: clause_label(clause) for clause in flagged(*FORM, *SIGNED[1:]).clauses if not clause.number}
    assert parts == {"title": "标题", "parties": "首部", "paragraph": "3", "signature": "签署栏"}
    clause = replace(sample().clauses[-2], id="h1#3.1", path=("第五条 价款", "5.2"))
    assert clause_path(clause) == clause_label(clause) == "第五条 价款 › 5.2"
    assert clause_label(None) == "-"


def test_blanks_are_hostile_text_too() -> None:
    html = render_draft(flagged("供应商：{{<b>甲公司</b>}}，负责供货。"))
    assert "<b>甲公司" not in html


@pytest.mark.parametrize(
    "unit", ["甲方应付____元，", "□甲 □乙 ", "年 月 日 至____ ", "（注：", "请打印，", "{{a}} ", "甲方：\n", "地址： "]
)
def test_time_grows_with_the_text_and_not_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        contract = segment(contract_of((unit * length)[:length]))
        times = []
        for _ in range(3):
            view = View(contract)
            started = time.perf_counter()
            view.once(find_blanks)
            times.append(time.perf_counter() - started)
        return min(times)

    seconds(5_000)
    assert seconds(100_000) < 40 * max(seconds(5_000), 0.002)
