"""The labels of reports, in Chinese and English: names of elements, severities, columns, headings."""

from __future__ import annotations

from typing import Final

from hetong.messages import Lang

WORDS: Final[dict[str, dict[Lang, str]]] = {
    "subject": {"zh": "标的", "en": "Subject"},
    "pricing": {"zh": "价款", "en": "Pricing"},
    "delivery": {"zh": "交付与验收", "en": "Delivery"},
    "service": {"zh": "服务", "en": "Service"},
    "legal": {"zh": "商业法务", "en": "Legal"},
    "other": {"zh": "其他", "en": "Other"},
    "high": {"zh": "高", "en": "high"},
    "medium": {"zh": "中", "en": "medium"},
    "low": {"zh": "低", "en": "low"},
    "risk-high": {"zh": "高风险", "en": "High"},
    "risk-medium": {"zh": "中风险", "en": "Medium"},
    "risk-low": {"zh": "低风险", "en": "Low"},
    "none": {"zh": "不报", "en": "none"},
    "buyer": {"zh": "买方", "en": "buyer"},
    "supplier": {"zh": "供方", "en": "supplier"},
    "neutral": {"zh": "中立", "en": "neutral"},
    "role-buyer": {"zh": "付款方", "en": "buyer"},
    "role-supplier": {"zh": "履行方", "en": "supplier"},
    "role-unknown": {"zh": "角色不明", "en": "role unknown"},
    "present": {"zh": "已约定", "en": "settled"},
    "vague": {"zh": "不明确", "en": "vague"},
    "missing": {"zh": "缺失", "en": "missing"},
    "not-applicable": {"zh": "不适用", "en": "not applicable"},
    "type-sale": {"zh": "买卖合同", "en": "sale"},
    "type-software": {"zh": "软件开发合同", "en": "software"},
    "type-service": {"zh": "服务合同", "en": "service"},
    "type-construction": {"zh": "工程合同", "en": "construction"},
    "type-lease": {"zh": "租赁合同", "en": "lease"},
    "type-employment": {"zh": "劳动合同", "en": "employment"},
    "type-confidentiality": {"zh": "保密协议", "en": "confidentiality"},
    "type-other": {"zh": "其他合同", "en": "other"},
    "title": {"zh": "合同风险报告", "en": "Contract risk report"},
    "skip": {"zh": "跳到草稿列表", "en": "Skip to the drafts"},
    "drafts": {"zh": "草稿", "en": "Drafts"},
    "draft": {"zh": "草稿", "en": "Draft"},
    "findings": {"zh": "风险", "en": "Findings"},
    "element": {"zh": "要素", "en": "Element"},
    "by-element": {"zh": "按合同要素", "en": "By element"},
    "severity": {"zh": "级别", "en": "Severity"},
    "total": {"zh": "合计", "en": "Total"},
    "contract-type": {"zh": "类型", "en": "Type"},
    "pages": {"zh": "页数", "en": "Pages"},
    "score": {"zh": "风险分", "en": "Score"},
    "state": {"zh": "状态", "en": "State"},
    "unreadable": {"zh": "无法读取", "en": "unreadable"},
    "unread": {"zh": "未读完", "en": "not fully read"},
    "doubts": {"zh": "需核对", "en": "to be checked"},
    "clean": {"zh": "规则未发现风险", "en": "no rule fired"},
    "read": {"zh": "已读完", "en": "read in full"},
    "filter": {"zh": "只看", "en": "Show"},
    "open-all": {"zh": "全部展开", "en": "Open all"},
    "close-all": {"zh": "全部收起", "en": "Close all"},
    "keys": {"zh": "快捷键：j 下一处风险，k 上一处", "en": "Keys: j next finding, k previous"},
    "parties": {"zh": "当事人", "en": "Parties"},
    "problems": {"zh": "未读到或未读懂的地方", "en": "Not read or not understood"},
    "whole": {"zh": "全文与缺失", "en": "Whole contract and absences"},
    "completeness": {"zh": "要素完整性", "en": "Completeness"},
    "complete": {"zh": "齐备 {percent}%", "en": "{percent}% complete"},
    "complete-column": {"zh": "齐备", "en": "Complete"},
    "complete-note": {
        "zh": "只计此类合同应当具备的事项：必备权重 3，宜备权重 2；已约定计 1，不明确计 0.5，缺失计 0。",
        "en": "What this type of contract should settle: required ones weigh 3, expected ones 2; "
        "settled counts 1, vague 0.5, missing 0.",
    },
    "why": {"zh": "（{why}）", "en": " ({why})"},
    "comma": {"zh": "、", "en": ", "},
    "signing": {"zh": "签署前", "en": "Before signing"},
    "ready": {"zh": "可签署：是", "en": "ready to sign: yes"},
    "not-ready": {"zh": "可签署：否（{why}）", "en": "ready to sign: no ({why})"},
    "not-flagged": {"zh": "可签署：否（未经检查）", "en": "ready to sign: no (not checked)"},
    "ready-note": {
        "zh": "没有空白，也没有发现文字自相矛盾或引用落空；约定的风险见下。",
        "en": "No blanks, and nothing at odds or pointing at nothing; the risks of what was agreed stand below.",
    },
    "places": {"zh": "{what} {count} 处", "en": "{what}: {count}"},
    "list": {"zh": "，", "en": ", "},
    "blanks": {"zh": "空白", "en": "blanks"},
    "unread-places": {"zh": "未读到或需核对", "en": "not read or to be checked"},
    "blank-amount": {"zh": "金额", "en": "amount"},
    "blank-date": {"zh": "日期", "en": "date"},
    "blank-period": {"zh": "期限", "en": "period"},
    "blank-rate": {"zh": "比例", "en": "rate"},
    "blank-quantity": {"zh": "数量", "en": "quantity"},
    "blank-party": {"zh": "当事人或单位", "en": "party or organisation"},
    "blank-person": {"zh": "人员", "en": "person"},
    "blank-account": {"zh": "账户", "en": "account"},
    "blank-place": {"zh": "地点或地址", "en": "place or address"},
    "blank-number": {"zh": "编号或号码", "en": "number"},
    "blank-option": {"zh": "未选的选项", "en": "choice not made"},
    "blank-note": {"zh": "说明或占位", "en": "note or placeholder"},
    "blank-other": {"zh": "其他", "en": "other"},
    "outline": {"zh": "条款目录", "en": "Clauses"},
    "needs-review": {"zh": "待人工确认", "en": "needs review"},
    "confidence": {"zh": "把握", "en": "confidence"},
    "page": {"zh": "第 {page} 页", "en": "page {page}"},
    "clause": {"zh": "条款 {id}", "en": "clause {id}"},
    "quote": {"zh": "原文", "en": "Quote"},
    "looked-for": {"zh": "未找到", "en": "Looked for, not found"},
    "reason": {"zh": "为什么是风险", "en": "Why it is a risk"},
    "basis": {"zh": "法律依据", "en": "Law"},
    "advice": {"zh": "建议", "en": "Advice"},
    "suggestion": {"zh": "建议条文", "en": "Suggested wording"},
    "stance": {"zh": "立场", "en": "Stance"},
    "to-text": {"zh": "看原文", "en": "In the text"},
    "explained": {"zh": "理由和建议同第 {number} 处", "en": "Reason and advice as in number {number}"},
    "colon": {"zh": "：", "en": ": "},
    "semicolon": {"zh": "；", "en": "; "},
    "甲方": {"zh": "甲方", "en": "甲方"},
    "乙方": {"zh": "乙方", "en": "乙方"},
    "no-findings": {
        "zh": "规则未发现风险。这不等于没有风险：规则只查它认识的问题。",
        "en": "No rule fired. That does not mean no risk: rules find only what they know.",
    },
    "no-findings-unread": {
        "zh": "已读到的部分规则未发现风险；没有读到的部分未经检查。",
        "en": "No rule fired in what was read; the rest has not been checked.",
    },
    "order": {
        "zh": "排序：风险分 = 高 × 9 + 中 × 3 + 低 × 1，分高者在前；同分的，未读完者在前，再按文件名。",
        "en": "Order: score = high × 9 + medium × 3 + low × 1, highest first; "
        "of equal ones those not fully read first, then by name.",
    },
    "footer": {
        "zh": "由 hetong {version} 离线生成。规则初筛，不能代替律师审查。",
        "en": "Made offline by hetong {version}. A first check by rules, no substitute for a lawyer.",
    },
    "more-rows": {"zh": "另有 {count} 份，见报告", "en": "{count} more in the report"},
    "progress": {"zh": "检查草稿", "en": "Scanning"},
    "report-at": {"zh": "报告：{path}", "en": "Report: {path}"},
    "json-at": {"zh": "JSON：{path}", "en": "JSON: {path}"},
    "check-total": {
        "zh": "{files} 份文件：风险 {total} 处（高 {high}，中 {medium}，低 {low}），"
        "无法读取 {unreadable} 份，未读完 {unread} 份",
        "en": "files: {files}; findings: {total} (high {high}, medium {medium}, low {low}); "
        "unreadable: {unreadable}; not fully read: {unread}",
    },
    "what": {"zh": "检查什么", "en": "What it does"},
    "why-bad": {"zh": "为什么不好", "en": "Why is this bad"},
    "examples": {"zh": "会报的例子", "en": "Examples"},
    "counter-examples": {"zh": "不会报的相近写法", "en": "Near misses"},
    "use-instead": {"zh": "建议改为", "en": "Use instead"},
    "rule": {"zh": "规则", "en": "Rule"},
    "name": {"zh": "名称", "en": "Name"},
}  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """The label for a key, in a language, with its values filled in."""
    return WORDS[key][lang].format(**values)


def contract_type(kind: str, lang: Lang) -> str:
    """The name of a kind of contract; a kind without a label is shown as it is."""
    words = WORDS.get(f"type-{kind}")
    return words[lang] if words else kind
