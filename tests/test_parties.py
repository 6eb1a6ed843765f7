from collections.abc import Sequence
from pathlib import Path

import pytest

from hetong.classify import classify
from hetong.document import Contract
from hetong.predictor import Features, Prediction
from hetong.ruletest import contract_of
from hetong.run import stance_in
from hetong.segment import segment


def understood(text: str) -> Contract:
    def no_elements(clauses: Sequence[Features]) -> list[Prediction]:
        return [Prediction("other", 1.0) for _ in clauses]

    return classify(segment(contract_of(text)), no_elements, 0.0)


def roles(text: str) -> dict[str, str]:
    return {party.label: party.role for party in understood(text).parties}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("甲方（买方）：青禾公司\n乙方（卖方）：远山公司", {"甲方": "buyer", "乙方": "supplier"}),
        ("甲方（出租方）：张三\n乙方（承租方）：李四", {"甲方": "supplier", "乙方": "buyer"}),
        ("出租人（以下简称甲方）：张三\n承租人（以下简称乙方）：李四", {"甲方": "supplier", "乙方": "buyer"}),
        ("供方：远山公司\n需方：青禾公司", {"供方": "supplier", "需方": "buyer"}),
        ("用人单位（甲方）：青禾公司\n劳动者（乙方）：王五", {"甲方": "buyer", "乙方": "supplier"}),
    ],
)  # fmt: skip
def test_a_role_comes_from_what_a_party_is_called(head: str, expected: dict[str, str]) -> None:
    assert roles(f"合同\n{head}\n第一条 标的\n双方依约履行。\n") == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("出租方：（甲方）\n证件号码：\n电话：\n承租方：（乙方）\n证件号码：", {"甲方": "supplier", "乙方": "buyer"}),
        ("出租方：________（甲方）电话____\n承租方：________（乙方）电话____", {"甲方": "supplier", "乙方": "buyer"}),
        ("承揽方：________，下称甲方；\n定做单位：________，下称乙方。", {"甲方": "supplier", "乙方": "buyer"}),
        ("受托人：\n（甲方） 远山研究所\n委托人：\n（乙方） 青禾公司", {"甲方": "supplier", "乙方": "buyer"}),
        ("业主（下称甲方）：________    租户（下称乙方）：________", {"甲方": "supplier", "乙方": "buyer"}),
        ("品牌方（甲方）：青禾饮料公司\n经销商（乙方）：远山商行", {"甲方": "supplier", "乙方": "buyer"}),
        ("甲方（出租方）：远山公司\n甲方（承租方）：青禾公司", {"甲方": "supplier", "乙方": "buyer"}),
        ("承包方：远山建筑队\n发包方：青禾农场", {"甲方": "supplier", "乙方": "buyer"}),
        ("承包人（甲方）：远山建设公司\n劳务分包人（乙方）：青禾劳务公司", {"甲方": "buyer", "乙方": "supplier"}),
        ("委托方（甲方）：青禾瓷厂\n代销方（乙方）：远山百货", {"甲方": "supplier", "乙方": "buyer"}),
        ("转租方（甲方）：青禾公司\n受转租方（乙方）：远山公司", {"甲方": "supplier", "乙方": "buyer"}),
    ],
)
def test_a_letter_belongs_to_the_label_beside_it_or_else_to_the_one_in_its_place(
    head: str, expected: dict[str, str]
) -> None:
    assert roles(f"合同\n{head}\n第一条 标的\n甲方与乙方依约履行。\n") == expected


@pytest.mark.parametrize(
    "clause",
    [
        "甲方（出租方）将铺面一间租给乙方（承租方）开设书店。",
        "出租方（以下简称甲方）与承租方（以下简称乙方）商定如下。",
        "乙方（即承租人）每月五日前交租。",
    ],
)
def test_a_role_may_be_told_in_a_sentence_only(clause: str) -> None:
    assert roles(f"租铺协议\n立约地：石桥镇\n第一条 {clause}\n第二条 甲方保证水电畅通。\n") == {
        "甲方": "supplier", "乙方": "buyer"
    }  # fmt: skip


def test_the_party_to_whom_the_text_gives_another_name_is_found_by_that_name() -> None:
    parties = understood(
        "会展协议\n委托方（甲方）（组委会）：白鹭湾渔业协会\n受托方（乙方）：远山展览公司\n第一条 总则\n组委会提供场地。\n"
    ).parties
    assert [(p.label, p.aliases) for p in parties] == [("甲方", ("委托方", "组委会")), ("乙方", ("受托方",))]


def test_a_label_in_a_longer_word_is_no_other_name() -> None:
    parties = understood("协议\n甲方：青禾\n乙方：远山\n第一条 总则\n实施方案和采购方式另定。\n").parties
    assert [p.aliases for p in parties] == [(), ()]


def test_without_a_telling_name_who_pays_is_the_buyer() -> None:
    text = "合作协议\n甲方：远山公司\n乙方：青禾公司\n第一条 付款\n乙方应于每月五日前向甲方支付服务费。\n乙方须在验收后付清尾款，支付尾款前乙方应开具收据。\n"
    assert roles(text) == {"甲方": "supplier", "乙方": "buyer"}


@pytest.mark.parametrize(
    ("clause", "buyer"),
    [
        ("甲方将坐落于柳河路的房屋一套出租给乙方居住。", "乙方"),
        ("甲方承租乙方位于石桥镇的铺面。", "甲方"),
        ("就甲方自有的车位出租给乙方一事，约定如下。", "乙方"),
        ("乙方不得将门面转租，中途退租的押金不退。", "乙方"),
        ("甲方把村东的鱼塘承包给乙方养鱼。", "乙方"),
        ("甲方向乙方出售车床两台。", "乙方"),
        ("由乙方每日向甲方供应蔬菜。", "甲方"),
        ("甲方向乙方购买车床两台。", "甲方"),
        ("甲方为乙方加工毛绒玩具，乙方提供面料。", "乙方"),
        ("加工费由乙方按月付给甲方。", "乙方"),
        ("甲方承运乙方的稻谷。", "乙方"),
        ("乙方委托甲方在车站发布广告。", "乙方"),
        ("乙方聘请甲方担任法律顾问。", "乙方"),
        ("乙方将新居的装修工程发包给甲方。", "乙方"),
        ("甲方借给乙方五万元整。", "乙方"),
        ("甲方许可乙方使用病案软件。", "乙方"),
        ("乙方报名参加甲方的驾驶培训。", "乙方"),
        ("甲方付予乙方的服务费分两次付清。", "甲方"),
        ("甲方是乙方的客户，编程要用的单据样本由甲方交给乙方。", "甲方"),
        ("辅料由甲方供应，乙方按样生产。", "甲方"),
    ],
)
def test_without_a_telling_name_what_the_parties_do_says_who_buys(clause: str, buyer: str) -> None:
    text = f"协议\n甲方：一\n乙方：二\n第一条 {clause}\n第二条 本协议一式两份。\n"
    assert roles(text) == {"甲方": "supplier", "乙方": "supplier"} | {buyer: "buyer"}


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("远山公司（售方）为一方，与青禾公司（购方）为另一方，签订合同如下：", {"售方": "supplier", "购方": "buyer"}),
        (
            "本协议由青禾港务局（下称“业主”）与远山事务所（下称“咨询工程师”）订立。",
            {"业主": "buyer", "咨询工程师": "supplier"},
        ),
        ("青禾公司（以下简称受方）为一方，远山公司（以下简称供方）为另一方。", {"受方": "buyer", "供方": "supplier"}),
    ],
)
def test_two_sides_may_be_introduced_in_a_sentence(opening: str, expected: dict[str, str]) -> None:
    assert roles(f"合同\n{opening}\n第一条 标的\n依约履行。\n") == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("转租方：李四\n受租方：张三", {"转租方": "supplier", "受租方": "buyer"}),
        ("聘请方：远山厂\n受聘方：王五", {"聘请方": "buyer", "受聘方": "supplier"}),
        ("卖主：远山林场\n买主：青禾家具厂", {"卖主": "supplier", "买主": "buyer"}),
        ("供电人：石桥供电所\n用电人：青禾厂", {"供电人": "supplier", "用电人": "buyer"}),
        ("卖方 The Seller：远山公司\n买方 The Buyer：青禾公司", {"卖方": "supplier", "买方": "buyer"}),
        ("出租方 Landlord（甲方）：远山公司\n承租方 Tenant（乙方）：青禾公司", {"甲方": "supplier", "乙方": "buyer"}),
    ],
)
def test_less_usual_names_of_the_sides(labels: str, expected: dict[str, str]) -> None:
    letters = "甲方与乙方" if "甲方" in labels else "双方"
    assert roles(f"合同\n{labels}\n第一条 标的\n{letters}依约履行。\n") == expected


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("甲方：海晏纺织（江苏）有限公司", "海晏纺织（江苏）有限公司"),
        ("甲方：青禾大学（深圳）", "青禾大学（深圳）"),
        ("甲方：青禾厂（有限合伙）", "青禾厂（有限合伙）"),
        ("甲方：张三（身份证号：3301）", "张三"),
        ("甲方：青禾公司（以下简称“公司”）", "青禾公司"),
        ("甲方：青禾公司（盖章）", "青禾公司"),
        ("甲方：青禾公司，一家依法成立的公司", "青禾公司"),
        ("甲方：\n青禾公司\n地址：石桥镇", "青禾公司"),
        ("甲方：\n名称：青禾公司\n地址：石桥镇", "青禾公司"),
        ("甲方：\n地址：石桥镇", ""),
        ("甲方：　　　　　合同编号：17", ""),
        ("甲方：        签订地点：石桥镇", ""),
        ("甲方：       证件类型及编号：", ""),
        ("甲方：＿＿＿＿　　分配号", ""),
        ("甲方：＿＿＿＿县＿＿＿＿乡邮电所", ""),
        ("甲方：{{甲方名称}}", ""),
        ("甲方：×××（写明名称）", ""),
    ],
)
def test_a_name_is_no_field_no_note_and_no_blank(line: str, name: str) -> None:
    parties = understood(f"合同\n{line}\n乙方：远山公司\n第一条 总则\n甲方付款，乙方供货。\n").parties
    assert next(party.name for party in parties if party.label == "甲方") == name


def test_the_carrier_in_a_sale_is_no_other_name_of_the_seller() -> None:
    parties = understood("合同\n买方：青禾\n卖方：远山\n第一条 交货\n卖方将货物交给承运人，运费由卖方付。\n").parties
    assert [(party.label, party.aliases) for party in parties] == [("买方", ()), ("卖方", ())]


def test_without_any_hint_the_first_party_buys() -> None:
    assert roles("协议\n甲方：一\n乙方：二\n第一条 总则\n双方友好合作。\n") == {"甲方": "buyer", "乙方": "supplier"}


def test_names_and_other_names_are_kept() -> None:
    contract = understood(
        "合同\n甲方（采购人）：青禾医院  地址：苏州市\n乙方（供应商）：远山器械有限公司\n第一条 总则\n供应商应按期交货。\n"
    )
    assert [(p.label, p.name) for p in contract.parties] == [("甲方", "青禾医院"), ("乙方", "远山器械有限公司")]
    assert "供应商" in contract.parties[1].aliases


def test_the_side_of_a_party_becomes_the_role_that_it_has_in_this_contract() -> None:
    lease = understood("租赁合同\n甲方（出租方）：张三\n乙方（承租方）：李四\n第一条 租金\n每月五千元。\n")
    assert stance_in(lease, "甲方") == "supplier"
    assert stance_in(lease, "乙方") == "buyer"
    assert stance_in(lease, "neutral") == "neutral"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("房屋租赁合同", "lease"), ("设备采购合同", "sale"), ("软件开发合同", "software"), ("劳动合同书", "employment"),
     ("信息系统运维服务合同", "service"), ("厂房施工合同", "construction"), ("保密协议", "confidentiality"), ("借款合同", "other")],
)  # fmt: skip
def test_the_title_tells_the_type(title: str, kind: str) -> None:
    assert understood(f"{title}\n甲方：一\n乙方：二\n第一条 总则\n双方依约履行。\n").contract_type == kind


def test_types_and_roles_of_our_annotated_contracts_are_mostly_found() -> None:
    from hetong.corpus import load_contracts, print_contract

    right = asked = 0
    for gold in load_contracts(Path(__file__).parents[1] / "corpora" / "contracts"):
        contract = understood("\n".join(line.text for line in print_contract(gold)))
        for party in (p for p in gold.parties[:2] if p.role != "unknown"):
            asked += 1
            right += any(
                found.role == party.role
                for found in contract.parties
                if {party.label, party.alias} & {found.label, *found.aliases}
            )
    assert right / asked >= 0.85


def test_the_one_who_is_paid_does_not_pay() -> None:
    text = "协议\n甲方：一\n乙方：二\n第一条 总则\n甲方另应于签约当日向乙方支付合同总价35%的定金。\n"
    assert roles(text) == {"甲方": "buyer", "乙方": "supplier"}


def with_names(text: str) -> dict[str, tuple[str, str]]:
    return {party.label: (party.role, party.name) for party in understood(text).parties}


@pytest.mark.parametrize(
    "body",
    [
        "甲方：（采购人）\n乙方：（中标人）",
        "甲方：青禾中学食堂\n乙方：",
        "青禾中学（以下简称甲方）与中标单位（以下简称乙方）订立本合同。",
        "甲方：[系统填写-采购人名称]    乙方：[系统填写-成交人名称]",
        "甲方委托乙方清洗烟道。",
        "甲方、乙方共同遵守下列约定。",
    ],
)
def test_a_buyer_named_in_the_head_is_party_a_of_the_contract_below(body: str) -> None:
    text = f"烟道清洗项目\n采购人：青禾中学\n第一章 采购公告\n{'供应商应仔细阅读。' * 60}\n第二章 合同文本\n{body}\n一、甲方验收，乙方保修。"
    assert with_names(text) == {"甲方": ("buyer", "青禾中学"), "乙方": ("supplier", "")}


@pytest.mark.parametrize(
    "body",
    [
        "甲方：（供应商）\n乙方：（采购人）",
        "甲方：\n乙方：青禾中学",
        "青禾中学（下称乙方）为学生订购校服。",
        "甲方向乙方出售校服，甲方负责送货。",
    ],
)
def test_a_buyer_named_in_the_head_is_party_b_where_the_contract_says_so(body: str) -> None:
    text = f"校服项目\n采购人：青禾中学\n第一章 采购公告\n{'报名者应仔细阅读。' * 60}\n第二章 合同文本\n{body}\n一、甲方、乙方各执一份。"
    assert {label: role for label, (role, _) in with_names(text).items()} == {"甲方": "supplier", "乙方": "buyer"}


def test_labels_without_a_colon_stand_above_the_letter_and_the_name() -> None:
    head = "委托人：\n（甲方） 青禾人力资源局\n研究开发人\n（乙方） 远山软件公司\n签订地点：青禾市"
    assert with_names(f"技术开发合同\n{head}\n一、开发内容\n甲方提供资料，乙方开发。") == {
        "甲方": ("buyer", "青禾人力资源局"),
        "乙方": ("supplier", "远山软件公司"),
    }
