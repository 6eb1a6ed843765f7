"""An annotated contract is printed as its drafter would print it."""

from hetong.corpus import Annex, AnnotatedClause, AnnotatedContract, AnnotatedParty, print_contract

ITEM = AnnotatedClause("（1）", "", "图纸；", "subject")
INLINE = AnnotatedClause("二、", "交货地点", "苏州市。\n运费由乙方承担。", "delivery", inline=True)
TABLE = AnnotatedClause(
    "第一条", "标的", "下列设备：", "subject", table=(("名称", "数量"), ("水泵", "3")), clauses=(ITEM,)
)
CONTRACT = AnnotatedContract(
    id="a", type="purchase", kind="sale", family="a", title="设备采购合同", cover=("编号：1",),
    parties=(AnnotatedParty("甲方", "buyer", "甲公司", "买方", ("地址：苏州市",)),),
    preamble="双方订立本合同。", clauses=(TABLE, INLINE), signature=("甲方（盖章）：",),
    annexes=(Annex("附件一 清单", (AnnotatedClause("", "", "见图纸。", "subject"),)),),
)  # fmt: skip


def test_every_line_has_its_part_and_its_clause() -> None:
    lines = print_contract(CONTRACT)
    assert [(line.part, line.text) for line in lines] == [
        ("title", "设备采购合同"), ("cover", "编号：1"), ("party", "甲方（买方）：甲公司"), ("party", "地址：苏州市"),
        ("preamble", "双方订立本合同。"), ("clause", "第一条 标的"), ("clause", "下列设备："), ("row", "名称\t数量"),
        ("row", "水泵\t3"), ("clause", "（1）图纸；"), ("clause", "二、交货地点：苏州市。"), ("clause", "运费由乙方承担。"),
        ("signature", "甲方（盖章）："), ("annex", "附件一 清单"), ("clause", "见图纸。"),
    ]  # fmt: skip
    assert [line.clause.number for line in lines if line.clause and line.starts] == ["第一条", "（1）", "二、", ""]
    assert [line.depth for line in lines if line.starts] == [0, 1, 0, 0]
    assert lines[7].cells == ("名称", "数量")
