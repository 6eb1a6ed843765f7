"""Blanks: every place to be filled in, chosen or cleared before signing, and what is expected there."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from report_samples import sample, with_text

from hetong.classify.parties import find_parties
from hetong.document import BLANK_KINDS, Blank, Cell, Contract, Problem, Source
from hetong.extract.builder import TextBuilder
from hetong.flag import flag
from hetong.flag.checks.blanks import find_blanks
from hetong.flag.view import View
from hetong.report.as_json import to_dict
from hetong.report.html import render_draft
from hetong.report.signing import signing_lines, verdict
from hetong.report.words import WORDS
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of
from hetong.segment import segment


def flagged(*lines: str, rules: tuple[str, ...] = ()) -> Contract:
    contract = segment(contract_of("\n".join(lines)))
    chosen = tuple(rule for rule in load_rules() if rule.id in rules)
    return flag(replace(contract, parties=find_parties(contract), done=("extract", "segment", "classify")), chosen)


def found(*lines: str) -> list[tuple[str, str]]:
    contract = flagged(*lines)
    return [(contract.text_of(blank), blank.kind) for blank in contract.blanks]


def kinds(*lines: str) -> list[str]:
    return [kind for _, kind in found(*lines)]


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

SIGNED = ("第一条 供货", "乙方供应水泵。", "甲方（盖章）：________　乙方（盖章）：________")


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
    places = {span for f in contract.findings for span in (f.span, *f.related)}
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
    assert verdict(contract) == "可签署：否（空白 6 处，引用的条款不存在 1 处）"
    assert verdict(contract, "en").startswith("ready to sign: no (blanks: 6, ")


def test_a_finished_text_is_ready_to_sign_whatever_its_risks() -> None:
    contract = flagged(*SIGNED, rules=("DOC001", "DOC002", "DOC013", "DEL001"))
    assert contract.ready_to_sign
    assert verdict(contract) == "可签署：是"
    risky = sample(clean=True)
    assert replace(risky, findings=sample().findings[:1]).ready_to_sign


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
    assert lines[1] == f"{name}: clause 1 blank amount > 合同总价为人民币____元"
    assert lines[3] == f"{name}: clause 1 blank option > □一次性付款 □分期付款"
    assert lines[-1] == f"{name}: 可签署：否（空白 6 处）"
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
    assert "可签署：否（空白 6 处，引用的条款不存在 1 处）" in html
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
    assert "可签署：是" in html


def test_blanks_are_hostile_text_too() -> None:
    html = render_draft(flagged("供应商：{{<b>甲公司</b>}}，负责供货。"))
    assert "<b>甲公司" not in html


@pytest.mark.parametrize("unit", ["甲方应付____元，", "□甲 □乙 ", "年 月 日 至____ ", "（注：", "请打印，", "{{a}} "])
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
