"""Contracts built by hand for the tests of reports, batch and command line: no file is read, no stage runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hetong.document import (
    AttributeStatus,
    Box,
    Cell,
    Clause,
    Contract,
    Element,
    Finding,
    Party,
    Problem,
    Severity,
    Source,
    Span,
)
from hetong.extract.builder import TextBuilder

LINES = [  # (kind, level, number, heading, text, element, page)
    ("title", 0, "", "", "信息系统运维服务合同", "other", 1),
    ("parties", 0, "", "", "甲方（委托方）：江州市水文监测中心", "other", 1),
    ("parties", 0, "", "", "乙方（受托方）：岚川数据技术有限公司", "other", 1),
    ("clause", 0, "第一条", "服务内容", "", "subject", 1),
    ("clause", 1, "1.1", "", "乙方为甲方的水情报送系统提供运行维护，系统清单见附件一。", "subject", 1),
    ("clause", 0, "第二条", "价款及支付", "", "pricing", 1),
    ("clause", 1, "2.1", "", "合同总价为人民币128000元（大写：壹拾贰万元整）。", "pricing", 1),
    ("clause", 1, "2.2", "", "甲方在收到上级拨款后15日内支付。", "pricing", 2),
    ("clause", 0, "第三条", "服务要求", "", "service", 2),
    ("clause", 1, "3.1", "", "乙方对系统提供终身免费维护，甲方提出的修改乙方应无条件配合，不另行收费。", "service", 2),
    ("signature", 0, "", "", "甲方（盖章）：　　　　乙方（盖章）：", "other", 2),
]  # fmt: skip


def sample(path: str = "drafts/运维合同.pdf", *, problems: Sequence[Problem] = (), clean: bool = False) -> Contract:
    """A maintenance contract of two pages with a table, two overlapping findings, a plain one and an absence."""
    built, clauses = _text_and_clauses()
    contract = replace(
        built.contract(Source(path, "0" * 64, "pdf", 2)),
        title="信息系统运维服务合同",
        contract_type="service",
        parties=(
            Party("甲方", "buyer", "江州市水文监测中心", ("委托方",)),
            Party("乙方", "supplier", "岚川数据技术有限公司", ("受托方",)),
        ),
        clauses=tuple(clauses),
        completeness=(
            AttributeStatus("delivery", "验收标准", "missing"),
            AttributeStatus("pricing", "总价", "present", "2.1", "128000元"),
        ),
        problems=tuple(problems),
        done=("extract", "segment", "classify", "flag"),
    )
    return contract if clean else replace(contract, findings=_findings(contract))


def with_text(text: str, path: str = "drafts/a.txt", *, quote: str = "") -> Contract:
    """A contract of one clause with the text given, and a finding on the quote."""
    builder = TextBuilder()
    builder.add(text)
    clause = Clause("1", "", "", (), 0, "clause", 0, builder.position, 0, element="service", confidence=0.5)
    contract = replace(
        builder.contract(Source(path, "1" * 64, "txt")),
        clauses=(clause,),
        done=("extract", "segment", "classify", "flag"),
    )
    return replace(contract, findings=(finding(contract, "SRV001", quote),)) if quote else contract


def finding(
    contract: Contract,
    rule: str,
    quote: str,
    *,
    severity: Severity = "high",
    element: Element = "service",
    clause: str | None = "1",
) -> Finding:
    """A finding on the first place of the quote; an absence when the quote is empty."""
    start = contract.text.index(quote)
    return Finding(
        rule=rule,
        name=f"name-{rule.lower()}",
        title=f"标题{rule}",
        element=element,
        severity=severity,
        confidence=0.9,
        clause=clause,
        span=Span(start, start + len(quote)) if quote else None,
        quote=quote,
        message=f"说明{rule}：此处约定没有期限，费用也没有上限。",
        reason="义务没有终点，报价无法覆盖成本；发生争议时只能靠解释补救，结果难以预料。",
        basis=("民法典第五百六十三条", "民法典第五百一十条"),
        advice="约定免费期限，期满后按年另行收费，并写明每年包含的次数或工时。",
        suggestion="自验收合格之日起【12】个月内免费维护，期满后按每年【】元收取维护费。",
        looked_for="" if quote else "验收期限、视为验收",
    )


def _findings(contract: Contract) -> tuple[Finding, ...]:
    def on(rule: str, quote: str, severity: Severity, element: Element, clause: str | None) -> Finding:
        return finding(contract, rule, quote, severity=severity, element=element, clause=clause)

    return (
        on("SRV001", "终身免费维护", "high", "service", "3.1"),
        on("LGL001", "甲方提出的修改乙方应无条件配合，不另行收费", "high", "legal", "3.1"),
        on("SRV005", "无条件配合", "medium", "service", "3.1"),
        on("PRC002", "128000元（大写：壹拾贰万元整）", "high", "pricing", "2.1"),
        on("DEL010", "", "low", "delivery", None),
    )


def _text_and_clauses() -> tuple[TextBuilder, list[Clause]]:
    builder, clauses = TextBuilder(), []
    parents: list[int] = []
    for index, (kind, level, number, heading, text, element, page) in enumerate(LINES):
        start, head = builder.position, " ".join(part for part in (number, heading) if part)
        line = f"{head} {text}".strip() if head else text
        box = Box(page, 90.0, 100.0 + 20 * index, 90.0 + 6.0 * len(line), 114.0 + 20 * index)
        builder.add(line, page=page, lines=[(0, len(line), box, ())])
        if number == "2.1":
            _price_table(builder, page)
        parents = [*parents[:level], index]
        path = tuple(f"{LINES[i][2]} {LINES[i][3]}".strip() for i in parents)
        clauses.append(
            Clause(
                number or f"{kind}{index}", number, heading, path, level, kind, start, builder.position,
                start + len(head) + bool(head and text), parents[-2] if level else None, element,  # type: ignore[arg-type]
                0.52 if number == "2.2" else 0.93, ("delivery",) if number == "1.1" else (), number == "2.2",
            )
        )  # fmt: skip
    return builder, clauses


def _price_table(builder: TextBuilder, page: int) -> None:
    rows = [("项目", "数量", "单价（元）"), ("驻场巡检", "12", "6000"), ("应急响应", "8", "7000")]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            builder.add(text, "cell", page=page, cell=Cell(0, r, c), end="\n" if c == 2 else "\t")
