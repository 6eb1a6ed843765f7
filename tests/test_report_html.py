"""The page: self-contained, inert, and everything at its place."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_samples import finding, sample, with_text

from hetong.document import Clause, Contract, Element, Problem
from hetong.errors import FileError
from hetong.report.html import render_draft, render_index
from hetong.report.page import draft_anchor, draft_view
from hetong.report.summary import DraftSummary, failed, summarize

VOID = {"meta", "input", "br", "link"}


class Page(HTMLParser):
    """Elements of a page, with what a test asks of them; fails on tags that are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self.open), data))

    def text(self, tag: str) -> str:
        return "".join(data for path, data in self.texts if tag in path)

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def page_of(*contracts: Contract, failures: tuple[FileError, ...] = (), lang: str = "zh") -> str:
    summaries: list[DraftSummary] = [summarize(c) for c in contracts] + [failed(f, "zh") for f in failures]
    sections = [render_draft(c, lang) for c in contracts] + [""] * len(failures)  # type: ignore[arg-type]
    return render_index(summaries, sections, lang, "neutral")  # type: ignore[arg-type]


def test_the_page_loads_nothing_and_runs_only_its_own_script() -> None:
    html = page_of(sample())
    page = Page(html)
    assert not page.attributes("src")
    assert all(link.startswith("#") for link in page.attributes("href"))
    assert not re.search(r"url\(|@import|https?:", html)
    [policy] = [a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.text(tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not page.attributes("style")
    assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]


def test_every_link_leads_somewhere_and_every_id_is_unique() -> None:
    page = Page(page_of(sample("a.pdf"), sample("b.pdf"), sample("c.pdf", clean=True)))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.attributes("href")} <= set(ids)


def test_contract_text_is_shown_and_never_obeyed() -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b[31m\u202e{{ 7*7 }}&amp;=cmd|' /C calc'!A0"
    contract = replace(with_text(f"乙方终身免费维护。{hostile}", "<b>a.txt", quote="终身免费维护"), title=hostile)
    found = replace(contract.findings[0], quote=hostile, message=hostile, suggestion=hostile)
    html = page_of(replace(contract, findings=(found,)))
    page = Page(html)
    assert [tag for tag, _ in page.elements].count("script") == 1
    assert "img" not in [tag for tag, _ in page.elements]
    assert "<b>a.txt" in page.text("h2")
    shown = page.text("article")
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>␛[31m⟦U+202E⟧{{ 7*7 }}&amp;=cmd|" in shown
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


def test_quotes_are_marked_in_place_and_the_text_stays_whole() -> None:
    contract = sample()
    page = Page(render_draft(contract))
    assert page.text("mark") == "128000元（大写：壹拾贰万元整）终身免费维护甲方提出的修改乙方应无条件配合，不另行收费"
    shown = "".join(part for path, part in page.texts if ("p" in path or "td" in path) and "section" in path)
    for line in contract.text.replace("\t", "\n").split("\n"):
        assert line in shown


def test_overlapping_quotes_show_the_worse_colour_and_link_to_its_card() -> None:
    pieces = [p for view in draft_view(sample()).clauses for part in view.parts for p in part.pieces if p.cards]
    both = next(piece for piece in pieces if piece.text == "无条件配合")
    assert [card.finding.rule for card in both.cards] == ["LGL001", "SRV005"]
    assert [card.finding.rule for card in both.starts] == ["SRV005"]


def test_a_quote_over_two_clauses_is_marked_in_both_and_has_one_card() -> None:
    contract = sample(clean=True)
    quote = contract.text[contract.text.index("不另行收费") :][:12]
    views = draft_view(replace(contract, findings=(finding(contract, "SRV001", quote, clause="3.1"),))).clauses
    marked = ["".join(p.text for part in v.parts for p in part.pieces if p.cards) for v in views]
    assert [text for text in marked if text] == ["不另行收费。", "甲方（盖章"]
    assert sum(len(view.cards) for view in views) == 1


def test_each_card_says_all_that_a_reviewer_needs() -> None:
    cards = Page(render_draft(sample())).text("article")
    for words in (
        "高风险",
        "SRV001",
        "第三条 服务要求 › 3.1",
        "第 2 页",
        "终身免费维护",
        "为什么是风险",
        "民法典第五百六十三条",
        "建议条文",
    ):
        assert words in cards
    assert "验收期限、视为验收" in cards


def test_absences_stand_above_the_text() -> None:
    html = render_draft(sample())
    assert html.index("DEL010") < html.index('class="text"') < html.index("PRC002</code>")


def test_tables_of_the_contract_are_tables() -> None:
    page = Page(render_draft(replace(sample(), completeness=())))
    assert [tag for tag, _ in page.elements].count("td") == 9
    assert "单价（元）" in page.text("td")


def test_elements_confidence_and_doubt_are_shown() -> None:
    page = Page(render_draft(sample()))
    meta = "".join(data for path, data in page.texts if "section" in path and "p" in path and "span" in path)
    assert "价款待人工确认52%" in meta
    assert "标的交付与验收93%" in meta


def test_a_later_paragraph_tells_its_element_only_when_it_is_another_one_or_in_doubt() -> None:
    text = "第一条 价款\n总价十万元。\n乙方开具增值税专用发票。\n逾期付款的，每日按万分之五支付违约金。\n"
    starts = [0, text.index("乙方开具"), text.index("逾期"), len(text)]
    elements: tuple[Element, ...] = ("pricing", "pricing", "legal")
    clauses = tuple(
        Clause(f"1¶{i}", "第一条" * (not i), "价款" * (not i), ("第一条 价款",), bool(i), "paragraph" if i else "clause",
               start, end, start, 0 if i else None, element, 0.9)
        for i, (start, end, element) in enumerate(zip(starts, starts[1:], elements, strict=False))
    )  # fmt: skip
    draft = replace(sample(clean=True), text=text, blocks=(), clauses=clauses, completeness=())
    page = Page(render_draft(draft))
    chips = [data for path, data in page.texts if "section" in path and "span" in path]
    assert [c for c in chips if c in ("价款", "商业法务")] == ["价款", "商业法务"]


def test_a_draft_with_problems_is_never_called_clean() -> None:
    unread = sample("扫描件.pdf", problems=[Problem("extract", "no-text", page=2)], clean=True)
    html = page_of(unread)
    assert "未读完" in html
    assert "第 2 页" in html
    assert "规则未发现风险。" not in html
    assert "没有读到的部分未经检查" in html
    assert "state clean" not in html


def test_one_problem_on_many_pages_is_told_once() -> None:
    unread = [Problem("extract", "no-text", page=page) for page in (1, 2, 3, 7)]
    page = Page(render_draft(sample(problems=unread, clean=True)))
    assert page.text("li").count("文件里没有任何文字") == 1
    assert "第 1–3, 7 页" in page.text("li")


def test_a_draft_that_was_not_read_is_a_row_with_its_reason() -> None:
    page = Page(page_of(sample(), failures=(FileError("坏 文件.pdf", "empty-file"),)))
    row = page.text("tbody")
    assert "坏 文件.pdf" in row
    assert "文件是空的（0 字节）；请重新导出或重新下载" in row


def test_drafts_stand_worst_first_in_the_table_and_below() -> None:
    html = page_of(sample("clean.pdf", clean=True), with_text("终身", "some.txt", quote="终身"), sample("worst.pdf"))
    order = [draft_anchor(path) for path in ("worst.pdf", "some.txt", "clean.pdf")]
    assert re.findall(r'<details class="draft" id="(\w+)"', html) == order
    assert re.findall(r'scope="row"><a href="#(\w+)"', html) == order
    assert "风险分 = 高 × 9 + 中 × 3 + 低 × 1" in html


def test_a_draft_of_which_nothing_was_read_stands_first_and_has_no_type_score_or_completeness() -> None:
    unread = Problem("extract", "page-without-text", page=1)
    scan = replace(sample("scan.pdf", clean=True, problems=[unread]), text="", clauses=(), completeness=())
    html = page_of(sample("worst.pdf"), scan)
    start = html.index('scope="row"', html.index('class="drafts"'))
    row = html[start : html.index("</tr>", start)]
    assert "scan.pdf" in row
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row) == ["–", "2", "–", "–", "–", "–", "–"], (
        "type, pages, high, medium, low, score, complete"
    )


def test_the_page_is_the_same_every_time_and_speaks_english_when_asked() -> None:
    assert page_of(sample()) == page_of(sample())
    html = page_of(sample(), lang="en")
    assert '<html lang="en">' in html
    assert "Why it is a risk" in html
    assert "Stance: neutral" in html


def test_the_folder_of_a_draft_is_shown_but_not_that_it_is_this_one() -> None:
    assert "<small>drafts</small>" in page_of(sample("drafts/a.pdf"))
    assert "<small>.</small>" not in page_of(sample("./a.pdf"))


def test_nothing_to_show_is_a_page_too() -> None:
    assert Page(render_index([], [])).text("h1") == "合同风险报告"


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium, to run the page's script under its own policy")
def test_a_link_to_a_finding_opens_its_draft_in_a_browser(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page_of(sample("a.pdf"), sample("b.pdf")), encoding="utf-8")
    url = f"{(tmp_path / 'index.html').as_uri()}#{draft_anchor('b.pdf')}-f2"
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", url,
    ]  # fmt: skip
    dom = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60).stdout
    drafts = [attrs for tag, attrs in Page(dom).elements if attrs.get("class") == "draft"]
    assert [(attrs["id"], "open" in attrs) for attrs in drafts] == [
        (draft_anchor("a.pdf"), False),
        (draft_anchor("b.pdf"), True),
    ]
