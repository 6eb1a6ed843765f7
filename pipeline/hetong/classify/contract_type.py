"""Tells what type of contract it is, since some checks make sense for some types only."""

from __future__ import annotations

import re
from typing import Final

from hetong.document import Contract
from hetong.fold import fold

# Words of the title, most specific first: the first type that is named wins (软件运维 is a service, 设备采购 a sale)
TITLE_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("confidentiality", "保密|商业秘密|竞业"),
    ("employment", "劳动合同|劳动协议|劳务协议|劳务合同|聘用|兼职|雇佣|雇用|用工协议|实习"),
    ("lease", "租赁|租房|出租|租用|承租|转租"),
    ("service", "运行维护|运维|设计合同|设计服务|工程设计|监理|咨询|保洁|物业|服务采购|策划|展览|养护"),
    ("software", "软件|系统开发|技术开发|委托开发|定制开发|开发合同|开发外包|信息系统|网站|平台建设|小程序|APP|SAAS"),
    ("sale", "买卖|采购|购销|供销|定购|订购|预约生产|收购"),
    ("construction", "施工|工程承包|建设工程|建筑|装修|装饰|安装工程|绿化|土建|分包|工程合同|改造工程"),
    ("service", "服务|维护|保安|代理记账|顾问|外包|派遣|推广|广告|培训|检测|托管|护理|家政|餐饮|食堂"),
    ("sale", "销售|供货|订货|供应|购货|供需"),
)
BODY_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("employment", "用人单位|劳动者|试用期|社会保险|加班工资"),
    ("lease", "租金|承租|出租|转租|租赁期"),
    ("construction", "工程款|施工|竣工|监理|隐蔽工程|工期"),
    ("software", "源代码|需求规格|软件|上线|用户手册|系统测试"),
    ("confidentiality", "保密信息|披露方|接收方"),
    ("sale", "货物|交货|到货|供货|产品质量|包装"),
    ("service", "服务内容|服务期限|服务费|服务人员|服务标准"),
)


def find_type(contract: Contract) -> str:
    """One of sale, software, service, construction, lease, employment, confidentiality, other."""
    title = fold(contract.title).upper()
    for kind, pattern in TITLE_WORDS:
        if re.search(pattern, title):
            return kind
    if re.search("合资|合作|借款|贷款|运输|仓储|保管|许可|转让|经销|代理|承揽|加工|定作|合伙|赠与|担保", title):
        return "other"
    text = fold(contract.text)
    counts = {kind: len(re.findall(pattern, text)) for kind, pattern in BODY_WORDS}
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] >= 5 else "other"
