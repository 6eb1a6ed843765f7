"""Contracts in Traditional characters: matched as their simplified twins are, quoted as they are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hetong import numerals
from hetong.corpus import load_contracts, print_contract
from hetong.document import Contract
from hetong.fold import TRADITIONAL, fold
from hetong.ruletest import contract_of
from hetong.run import analyse

HERE = Path(__file__).parent
MAINLAND = """设备买卖合同
买方（甲方）：青禾（香港）有限公司
卖方（乙方）：远山机械股份有限公司
第一条 标的
1.1 乙方向甲方供应压缩机三台，规格见附件一。
第二条 价款及支付
2.1 合同总价为港币壹佰贰拾万元整（HK$1,200,000元）。
2.2 甲方于验收合格后三十个工作日内支付全部价款。
第三条 质量与服务
3.1 产品质量应符合约定，质保期二年。
3.2 乙方对本系统提供终身免费维护。
第四条 违约责任
4.1 乙方迟延交货的，每日按合同总价的千分之五支付违约金。
4.2 本合同自二〇二六年三月一日起生效。
附件一 规格
压缩机，功率五十五千瓦。
"""
HONG_KONG = """設備買賣合約
買方（甲方）：青禾（香港）有限公司
賣方（乙方）：遠山機械股份有限公司
第一條 標的
1.1 乙方向甲方供應壓縮機三台，規格見附件一。
第二條 價款及支付
2.1 合約總價為港幣壹佰貳拾萬圓整（HK$1,200,000元）。
2.2 甲方於驗收合格後三十個工作天內支付全部價款。
第三條 品質與服務
3.1 產品質量應符合約定，保固期二年。
3.2 乙方對本系統提供終身免費維護。
第四條 違約責任
4.1 乙方遲延交貨的，每日按合約總價的千分之五支付違約金。
4.2 本合約自二〇二六年三月一日起生效。
附件一 規格
壓縮機，功率五十五千瓦。
"""


@pytest.fixture(scope="module")
def twins() -> tuple[Contract, Contract]:
    return analyse(contract_of(MAINLAND)), analyse(contract_of(HONG_KONG))


def test_clauses_elements_type_and_parties_are_those_of_the_simplified_twin(twins: tuple[Contract, Contract]) -> None:
    simplified, traditional = (
        [(c.id, c.kind, c.start, c.body, c.end, c.element) for c in twin.clauses] for twin in twins
    )
    assert traditional == simplified
    assert twins[1].contract_type == twins[0].contract_type == "sale"
    assert [(p.label, p.role) for p in twins[1].parties] == [(p.label, p.role) for p in twins[0].parties]


def test_findings_mentions_and_completeness_are_those_of_the_simplified_twin(twins: tuple[Contract, Contract]) -> None:
    for found in (
        lambda c: [(f.rule, f.severity, f.span) for f in c.findings],
        lambda c: [(m.kind, m.start, m.end, m.value) for m in c.mentions if m.kind != "reference"],
        lambda c: [(s.key, s.status, s.span) for s in c.completeness],
        lambda c: [(b.start, b.end) for b in c.blanks],
    ):
        assert found(twins[1]) == found(twins[0])
    assert any(finding.rule == "SRV001" for finding in twins[1].findings)


def test_quotes_names_and_title_are_as_written(twins: tuple[Contract, Contract]) -> None:
    traditional = twins[1]
    assert "終身免費維護" in next(f.quote for f in traditional.findings if f.rule == "SRV001")
    assert (traditional.title, traditional.parties[1].name) == ("設備買賣合約", "遠山機械股份有限公司")
    assert "賣方" in traditional.parties[1].aliases


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("違約金新臺幣壹佰萬圓", "违约金新台币壹佰万圆"),
        ("本契約條款", "本合同条款"),
        ("本合約符合約定", "本合同符合约定"),
        ("產品質量與品質保證", "产品质量与质量保证"),
        ("著作權、顯著、隨著", "著作权、显著、随着"),
        ("答覆、覆蓋、批覆", "答复、覆盖、批复"),
        ("帳戶與賬戶", "账户与账户"),
        ("三十個工作天", "三十个工作日"),
        ("智慧財產權", "知识产权权"),
        ("为本合约之目的", "为本合约之目的"),
        ("网络著作权、品质、资讯", "网络著作权、品质、资讯"),
    ],
)
def test_characters_and_words_of_other_regions_meet_those_of_the_mainland(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_no_character_of_the_table_is_one_that_simplified_text_uses() -> None:
    simplified = set("".join(line.text for c in _contracts() for line in print_contract(c)))
    assert {character for character in simplified if ord(character) in TRADITIONAL} <= set("昇乾戶")  # in names
    assert not TRADITIONAL.keys() & set(map(ord, TRADITIONAL.values()))


def test_the_table_is_what_opencc_gives() -> None:
    pytest.importorskip("opencc", reason="needs the package opencc")
    from make_traditional import content  # type: ignore[import-not-found, unused-ignore]

    assert (HERE.parent / "pipeline/hetong/traditional.txt").read_text(encoding="utf-8") == content()


@pytest.mark.parametrize("variant", ["s2hk", "s2tw"])
def test_our_contracts_in_traditional_characters_read_the_same(variant: str) -> None:
    """Every sixtieth contract; all 330 differ in one finding, whose quoted words spell a company's name otherwise."""
    opencc = pytest.importorskip("opencc", reason="needs the package opencc")
    convert = opencc.OpenCC(variant).convert
    for contract in _contracts()[::60]:
        text = "\n".join(line.text for line in print_contract(contract)) + "\n"
        simplified, traditional = analyse(contract_of(text)), analyse(contract_of(convert(text)))
        for found in (
            lambda c: [(x.start, x.kind, x.element) for x in c.clauses],
            lambda c: [(x.rule, x.span) for x in c.findings],
            lambda c: [(x.kind, x.start, x.end) for x in c.mentions],
            lambda c: (c.contract_type, [party.role for party in c.parties]),
        ):
            assert found(traditional) == found(simplified), contract.id


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("民國115年3月1日", date(2026, 3, 1)),
        ("中華民國一百一十五年十二月三十一日", date(2026, 12, 31)),
        ("二O二六年三月一日", date(2026, 3, 1)),
        ("2026年3月1號", date(2026, 3, 1)),
    ],
)
def test_dates_are_read_in_any_calendar_and_spelling(written: str, day: date) -> None:
    assert [found.value for found in numerals.days(fold(written))] == [day]


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("新臺幣壹佰萬元整", 1_000_000),
        ("港幣貳拾參萬伍仟圓正", 235_000),
        ("美元三十萬元", 300_000),
        ("澳門幣伍萬元", 50_000),
    ],
)
def test_amounts_in_words_are_read_in_formal_traditional_characters(written: str, yuan: float) -> None:
    assert [found.value for found in numerals.amounts_in_words(fold(written))] == [yuan]


@pytest.mark.parametrize("written", ["HK$1,200,000", "NT$1,200,000", "港幣1,200,000", "新臺幣120萬元"])
def test_amounts_in_figures_are_read_behind_the_signs_of_other_regions(written: str) -> None:
    assert [found.value for found in numerals.amounts_in_figures(fold(written))] == [1_200_000]


@pytest.mark.parametrize(
    ("clause", "area"),
    [
        ("本合約受香港特別行政區法律管轄，並按其解釋。", "香港"),
        ("本契約以中華民國法律為準據法。", "台湾"),
        ("本合同适用中华人民共和国香港特别行政区法律。", "香港"),
        ("本合約價款以澳門幣支付。", "澳门"),
        ("本合同适用中华人民共和国法律（不包括香港、澳门、台湾地区法律）。", None),
        ("本合同适用中国大陆法律，不适用香港法律。", None),
        ("乙方是依据香港法律成立的有限公司。", None),
        ("設備安裝於廣州，適用中華人民共和國法律，乙方為香港公司。", None),
    ],
)
def test_a_contract_under_another_law_is_told_that_the_cited_laws_are_the_mainlands(
    clause: str, area: str | None
) -> None:
    contract = analyse(contract_of(f"合同\n甲方：青禾公司\n乙方：远山公司\n第一条 其他\n1.1 {clause}\n"))
    told = [dict(problem.values)["area"] for problem in contract.problems if problem.code == "law-elsewhere"]
    assert told == ([area] if area else [])


def _contracts() -> list:
    return list(load_contracts(HERE.parent / "corpora"))
