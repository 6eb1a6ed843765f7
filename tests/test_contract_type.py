"""The type of contract, from its title, from what it calls the parties, and from its body."""

from dataclasses import replace

import pytest

from hetong.classify.contract_type import find_type
from hetong.ruletest import contract_of
from hetong.segment import segment


def type_of(text: str) -> str:
    return find_type(segment(contract_of(text)))


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (
            "sale",
            "钢材买卖合同 苹果收购合同 校服定制合同 医疗设备采购合同 中央空调采购及安装合同 服务器及网络设备采购合同",
        ),
        (
            "sale",
            "服装来料加工协议 铝合金门窗加工定作合同 化妆品区域经销协议 木材进口合同 成品油供需协议 电子元件代工合同",
        ),
        ("software", "微信小程序委托开发协议 客户管理系统开发合同 进销存软件开发与实施合同 网站建设合同 SaaS订阅协议"),
        ("software", "技术开发（委托）合同 企业ERP系统采购与实施合同 数据中台建设项目合同 冷库管理系统定制开发合同"),
        ("service", "公路货物运输合同 冷库仓储合同 港口装卸作业合同 船舶代理协议 个人物品寄存合同 整车货运协议"),
        (
            "service",
            "信息系统运维服务合同 软件维护服务合同 写字楼保洁合同 住宅小区物业服务合同 工程监理合同 装修设计合同",
        ),
        (
            "service",
            "常年法律顾问合同 房屋租赁居间服务合同 劳务派遣协议 幼儿园食堂承包经营合同 道路绿化养护合同 电梯维保合同",
        ),
        (
            "construction",
            "厂房建设工程施工合同 店铺装修合同 道路改造工程承包合同 泥水班组劳务分包合同 屋面维修工程施工合同",
        ),
        ("lease", "商铺出租合同 塔吊租赁合同 合租协议 厂房转租协议 会议场地租赁合同 生产设备融资租赁合同"),
        ("employment", "固定期限劳动合同书 高级管理人员聘用合同 退休人员返聘协议 实习协议"),
        ("confidentiality", "双向保密协议 员工保密与竞业限制协议 软件项目保密协议 商业秘密保护协议"),
        ("other", "民间借款合同 股权转让协议 专利实施许可合同 商标使用许可合同 中外合资经营企业合同 战略合作框架协议"),
        ("other", "技术转让合同 特许加盟合同 赠与合同 最高额抵押合同 合伙协议"),
    ],
)
def test_the_title_tells_the_type(kind: str, titles: str) -> None:
    body = "甲方：一\n乙方：二\n第一条 总则\n双方依约履行。\n"
    assert {title: type_of(f"{title}\n{body}") for title in titles.split()} == dict.fromkeys(titles.split(), kind)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("远山物业管理有限公司办公楼租赁合同", "lease"),
        ("商品代销合同", "sale"),
        ("门票系统软件维护服务合同", "service"),
        ("月嫂服务合同", "service"),
        ("项目合作协议", "other"),
        ("直播带货合作协议", "service"),
        ("智慧校园信息化集成项目合同", "software"),
        ("青禾软件有限公司班车租用合同", "lease"),
        ("中外合资经营青禾食品机械有限公司合同", "other"),
        ("住房租赁合同（经纪机构居间成交版）", "lease"),
        ("定作合同（含运输）", "sale"),
        ("电梯设备买卖及安装工程合同", "sale"),
        ("智慧校园云平台服务采购合同", "software"),
    ],
)
def test_the_name_of_a_company_and_brackets_do_not_hide_what_the_contract_is_about(title: str, kind: str) -> None:
    assert find_type(replace(contract_of(f"{title}\n第一条 总则\n双方依约履行。\n"), title=title)) == kind


@pytest.mark.parametrize(
    ("parties", "kind"),
    [
        ("出租方（甲方）：张三\n承租方（乙方）：李四", "lease"),
        ("托运人：青禾粮油公司\n承运人：远山车队", "service"),
        ("存货人：青禾公司\n保管人：远山冷库", "service"),
        ("用人单位（甲方）：青禾公司\n劳动者（乙方）：王五", "employment"),
        ("买受人：青禾公司\n出卖人：远山公司", "sale"),
        ("披露方：青禾公司\n接收方：远山公司", "confidentiality"),
        ("出借人：张三\n借款人：李四", "other"),
        ("委托人：青禾公司\n研究开发人：远山大学", "software"),
        ("建设单位：青禾医院\n施工单位：远山建筑公司", "construction"),
    ],
)
def test_where_the_title_says_nothing_what_the_parties_are_called_does(parties: str, kind: str) -> None:
    assert type_of(f"合同书\n{parties}\n第一条 总则\n双方依约履行。\n") == kind


@pytest.mark.parametrize(
    ("clauses", "kind"),
    [
        ("第一条 租期两年，租金每月五千元，押金一万元。\n第二条 乙方不得转租。房屋到期腾退，租金不退。\n", "lease"),
        ("第一条 货物于五月到货。\n第二条 交货前乙方负责包装，货物的质保期一年，产品合格。\n", "sale"),
        ("第一条 乙方编写软件，交付源代码。\n第二条 上线前测试，软件的功能以需求书为准。\n", "software"),
        ("第一条 乙方负责施工，开工前看图纸。\n第二条 竣工后付工程款，工期九十天，施工用电自理。\n", "construction"),
        ("第一条 船到码头后乙方装卸。\n第二条 装卸按件计，码头停靠从速，货上码头即入库。\n", "service"),
        ("第一条 合营公司注册资本一千万元。\n第二条 董事会五人，股东按出资分利，利润分配每年一次。\n", "other"),
    ],
)
def test_where_neither_does_the_words_of_the_body_do(clauses: str, kind: str) -> None:
    assert type_of(f"合同书\n甲方：一\n乙方：二\n{clauses}") == kind


def test_a_title_of_two_trades_is_settled_by_the_parties_and_the_body() -> None:
    studio = "甲方：远山工作室\n乙方：张三\n一、做什么\n每周发帖十条。\n二、报酬\n每条二十元。\n"
    shop = "用工方：远山面馆\n兼职人员：张三\n一、岗位\n每周六在店里帮厨，按小时发工资。\n"
    assert type_of(f"网络推广劳务协议\n{studio}") == "service"
    assert type_of(f"兼职劳务协议\n{shop}") == "employment"


def test_the_project_named_on_the_cover_stands_in_for_a_bare_title() -> None:
    cover = "项目名称：医院病历归档软件\n合 同 书\n甲方：青禾医院\n乙方：远山公司\n第一条 总则\n双方依约履行。\n"
    assert type_of(cover) == "software"


def test_a_contract_that_says_nothing_is_other() -> None:
    assert type_of("协议\n甲方：一\n乙方：二\n第一条 总则\n双方友好往来。\n") == "other"
    assert find_type(contract_of("")) == "other"
