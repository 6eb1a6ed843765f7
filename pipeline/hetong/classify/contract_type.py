"""Tells what type of contract it is, since some checks make sense for some types only.

Every type collects points. Words of the title count most; a title that says nothing (合同书) is replaced by the other
short lines of the cover. What the opening calls the parties comes next, and words of the body decide what is still
close. Transport, storage, agency and property management are services; goods made to order are sold; loans, joint
ventures, licences and the transfer of rights are `other`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from hetong.document import Contract
from hetong.fold import fold


def _points(*rows: tuple[str, int, str]) -> dict[str, tuple[str, int]]:
    return {word: (kind, points) for kind, points, words in rows for word in words.split()}


# Word of the title → (type, points); where words overlap, the first and then the longest counts (服务采购, not 采购)
TITLE: Final = _points(
    ("confidentiality", 12, "保密 商业秘密 竞业 不披露 NON-DISCLOSURE CONFIDENTIALITY NDA"),
    ("employment", 12, "劳动合同 劳动协议 劳动用工 聘用 雇佣 雇用 实习 录用 返聘 EMPLOYMENT"),
    ("employment", 6, "兼职 用工 劳动 临时工 小时工"),
    ("lease", 10, "租赁 租房 租住 租用 承租 转租 合租 招租 房租 出租 租借 LEASE TENANCY"),
    ("lease", 12, "融资租赁"),
    ("lease", 5, "租"),
    ("construction", 9, "施工 工程承包 工程总承包 装修 装饰 工程分包 专业分包 劳务分包 绿化工程 改造工程 EPC 总承包"),
    ("construction", 9, "建筑承包 建房 土建 装潢 施工总承包 建设工程 家装 水电安装 CONSTRUCTION"),
    ("construction", 7, "安装工程"),
    ("construction", 6, "工程 建筑 绿化 分包 修缮"),
    ("construction", 3, "安装 建设 改造"),
    ("software", 12, "ERP SAAS"),
    ("software", 10, "软件 APP 小程序 技术开发 系统开发 网站 定制开发 中台 SOFTWARE"),
    ("software", 10, "云平台 平台建设 平台开发 开发合同 开发外包 开发服务 委托开发 订阅 信息化建设 应用建设 系统集成"),
    ("software", 6, "搭建 研发 算法 集成"),
    ("software", 4, "信息系统 管理系统 信息化 系统 云端 平台 开发 移动应用 数据库 程序"),
    ("sale", 12, "经销 代销 寄售 来料加工 来件装配"),
    ("sale", 9, "买卖 购销 供销 订货 定购 订购 定货 供货 购货 售货 销售 供需 预约生产 收购 进口 出口"),
    ("sale", 9, "承揽 加工 定作 定做 定制 制作 委托生产 委托制造 代工 OEM ODM 分销 SALE SALES PURCHASE DISTRIBUTION"),
    ("sale", 8, "采购 购置 批发 转卖"),
    ("sale", 6, "供应 设备 贸易 采买 生产"),
    ("service", 14, "运行维护 软件维护 系统维护 运维 监理 招标代理 委托设计 劳务派遣 物业 养护 造价咨询 代理记账"),
    ("service", 7, "服务采购 采购服务 服务外包"),
    ("service", 10, "维护 维保 保养 保洁 清洁 保安 安保 咨询 顾问 设计 勘察 检测 检验 认证 评估 审计 托管 代办 代理"),
    ("service", 10, "居间 中介 经纪 培训 广告 推广 策划 展览 会展 翻译 法律服务 派遣"),
    ("service", 10, "餐饮 食堂 团餐 护理 照护 家政 家务 保姆 月嫂 回收 清运 维修 处置 数字化加工 数据加工"),
    ("service", 10, "运输 货运 物流 配送 快递 仓储 保管 寄存 托运 承运 搬运 搬家 装卸 中转 港口 码头 靠泊 货代 堆存"),
    ("service", 10, "旅游 演出 摄影 婚庆 医疗 体检 教育 家教 直播 代言 主播 达人 招聘 猎头 标准服务 代驾"),
    ("service", 14, "专利代理 商标代理 施工图审查"),
    ("service", 10, "监测 主持 承办 代运营 消纳 陪护"),
    ("service", 5, "服务 外包 劳务 SERVICE SERVICES"),
    ("service", 3, "委托 技术"),
    ("other", 14, "合资 合伙 借款 贷款 担保 抵押 质押 赠与 股权 增资 入股 专利 商标 特许 加盟 联营 技术转让"),
    ("other", 14, "战略合作 合作经营 合作开发 土地承包 融资 和解 离婚 遗嘱 著作权 版权 转让权 使用权转让 国有土地"),
    ("other", 14, "许可证 信托 债权 债务 还款 承包经营权 保证合同 委托繁育 LOAN LICENCE LICENSE VENTURE PATENT"),
    ("other", 7, "合作协议 合作合同"),
    ("other", 8, "许可 转让 投资 授权 借用 联合"),
    ("other", 4, "合作"),
)  # fmt: skip
# What the opening calls the parties → (type, points)
LABELS: Final = _points(
    ("employment", 8, "用人单位 劳动者 受聘人 受聘方 聘用单位 聘用方"),
    ("employment", 5, "用工方 兼职人员 雇员 雇主"),
    ("lease", 8, "出租方 承租方 出租人 承租人 合租人 房东 租客 租户"),
    ("construction", 6, "建设单位 施工单位 施工方 承建方 承建班 建房户 装修公司 总包方 分包方 分包人"),
    ("construction", 3, "发包人 承包人 发包方 承包方"),
    ("software", 7, "开发方 研究开发人 研究开发方 软件开发商 研究方"),
    ("sale", 6, "买方 卖方 买受人 出卖人 供方 需方 购方 售方 供货方 购货方 定作方 定作人 承揽方 承揽人 加工方 经销商"),
    ("service", 8, "承运人 托运人 承运方 托运方 保管人 保管方 存货人 存货方 寄存人 仓储方 设计人 监理人 港方"),
    ("service", 8, "咨询工程师"),
    ("service", 5, "咨询人 咨询方 服务方 服务商 服务人 服务单位 受托人 受托方 受托单位 代办人 代理人 居间人 居间方"),
    ("service", 5, "物业服务人 物业服务企业 维保单位 培训机构 顾问方 广告主 派遣单位"),
    ("confidentiality", 8, "披露方 接收方 保密义务人"),
    ("other", 10, "出借人 借款人 贷款人 借款方 贷款方 许可方 被许可方 转让方 受让方 让与人 受让人 合伙人 保证人 受方"),
)  # fmt: skip
# Words of the body; a type gets a point for each, up to three for one word
BODY: Final[Mapping[str, tuple[str, ...]]] = {
    kind: tuple(words.split())
    for kind, words in {
        "employment": "劳动者 试用期 社会保险 加班 工资 劳动报酬 劳动合同 工作岗位 辞退 兼职 入职",
        "lease": "租金 承租 出租 转租 租赁期 押金 房屋 腾退 租期",
        "construction": "工程款 施工 竣工 监理 隐蔽工程 工期 开工 图纸 工程量 发包",
        "software": "源代码 需求 软件 上线 系统 开发 测试 数据 部署 功能",
        "sale": "货物 交货 到货 供货 产品 包装 质保 提货 装船 信用证",
        "service": "服务内容 服务期 服务费 服务人员 服务标准 码头 装卸 托运 承运 保管 入库 受托 代办 设计文件 设计费",
        "confidentiality": "保密信息 披露方 接收方 保密义务",
        "other": "借款 利息 合营 董事会 出资 专利 许可 注册资本 利润分配 股东",
    }.items()
}
SURE: Final = 6  # so many points ahead, nobody asks the body
LEAST: Final = 5  # with fewer points a type is not believed
STRONG, LAST = 8, 3  # a strong word of the title, and what the last of them gets more
OPENING, READ = 800, 6000  # characters of the opening and of the body that are looked at


def _any_of(words: Mapping[str, tuple[str, int]]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_TITLE: Final = _any_of(TITLE)
_LABEL: Final = _any_of(LABELS)
_OF_OTHERS: Final = re.compile(
    r"[一-鿿（）A-Z]{2,30}(?:公司|厂|集团|大学|学院|医院|中心|商行|[^合]局|委员会)|《[^》\n]{0,40}》"
)
_BRACKETS: Final = re.compile(r"（[^（）]{0,40}）|\([^()]{0,40}\)")
_PARTY: Final = re.compile("甲方|乙方|双方|根据|依照|鉴于")
_SHORT_LINE: Final = re.compile(r"^[\W\d_]*(?:项目名称：)?(?P<line>[^：，。；\n]{4,40})$", re.MULTILINE)


def find_type(contract: Contract) -> str:
    """One of sale, software, service, construction, lease, employment, confidentiality, other."""
    text = fold(contract.text)
    points: Counter[str] = Counter()
    points.update(_of_title(fold(contract.title)) or _of_cover(text))
    if _lead(points) < SURE * 2:
        points.update(_of_labels(text))
    if _lead(points) < SURE:
        points.update(_of_body(text))
    best = max(points, key=lambda kind: points[kind], default="other")
    return best if points[best] >= LEAST else "other"


def _lead(points: Counter[str]) -> int:
    """By how many points the first type is ahead of the second."""
    first, second = (*sorted(points.values(), reverse=True), 0, 0)[:2]
    return first - second


def _of_title(title: str) -> Counter[str]:
    """The strongest word of each type, and more for the last strong one, which says what the words before it are for.

    Words in brackets count half, those in the name of a company not at all.
    """
    plain = _OF_OTHERS.sub(" ", title.upper())
    found = _TITLE.findall(_BRACKETS.sub("", plain))
    points = _strongest(found, TITLE)
    for kind, value in [TITLE[word] for word in found if TITLE[word][1] >= STRONG][-1:]:
        points[kind] = max(points[kind], value + LAST)
    for kind, value in _strongest(_TITLE.findall(" ".join(_BRACKETS.findall(plain))), TITLE).items():
        points[kind] = max(points[kind], value // 2)
    return points or _strongest(_TITLE.findall(title.upper()), TITLE)


def _strongest(found: list[str], words: Mapping[str, tuple[str, int]]) -> Counter[str]:
    """The most points that one of the words found gives to each type."""
    points: Counter[str] = Counter()
    for word in found:
        kind, value = words[word]
        points[kind] = max(points[kind], value)
    return points


def _of_cover(text: str) -> Counter[str]:
    """The points of the short lines above the parties, and of the name of the project."""
    opening = text[:OPENING]
    party = _PARTY.search(opening)
    cover = opening[: party.start()] if party and party.start() > 20 else opening
    return _of_title(" ".join(match["line"] for match in _SHORT_LINE.finditer(cover)))


def _of_labels(text: str) -> Counter[str]:
    """The points of the names that the opening gives the parties."""
    return _strongest(_LABEL.findall(text, 0, OPENING), LABELS)


def _of_body(text: str) -> Iterator[str]:
    """A type for each of its words that stands in the body, up to three times the same."""
    body = text[:READ]
    for kind, words in BODY.items():
        for word in words:
            yield from [kind] * min(body.count(word), 3)
