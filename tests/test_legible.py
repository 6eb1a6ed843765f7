"""A page whose text is none is told from every page that a person could have meant."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pdf_samples import lines, pdf, read

from hetong.corpus import load_contracts, print_contract
from hetong.extract.legible import is_legible, meaningless

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PDFS = [
    *sorted((ROOT / "corpora" / "drafts").glob("*.pdf")),
    *sorted(SHARED.glob("documents/*.pdf")),
    *sorted(SHARED.glob("contracts/originals/*.pdf")),
]
CONTRACT = "".join(
    line.text for line in print_contract(next(iter(load_contracts(ROOT / "corpora" / "contracts" / "lease"))))
)[:1500]
ENGLISH = (
    "The Supplier shall deliver the Products to the Buyer within thirty days after receipt of the down payment. "
    "Each Party may terminate this Agreement by written notice if the other Party commits a material breach. "
) * 3
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def plain(words: str) -> str:
    """Words as a page is judged: without white space."""
    return "".join(words.split())


def exchanged(words: str) -> str:
    """Each ideograph as another one, the same each time."""
    other = dict(zip(HAN, random.Random(7).sample(HAN, len(HAN)), strict=True))
    return "".join(other.get(c, c) for c in words)


def as_codes(words: str) -> str:
    """Each character as the next code from 33, as the fonts of some printers count their glyphs."""
    seen: dict[str, str] = {}
    return "".join(seen.setdefault(c, chr(33 + len(seen))) for c in words)


GARBAGE: dict[str, Callable[[], str]] = {
    "GBK read as Latin-1": lambda: CONTRACT.encode("gbk", "ignore").decode("latin-1"),
    "UTF-8 read as Latin-1": lambda: CONTRACT.encode().decode("latin-1"),
    "UTF-8 read as GBK": lambda: CONTRACT.encode().decode("gbk", "ignore"),
    "ideographs shifted by three": lambda: "".join(chr(ord(c) + 3) if c > "\u4dff" else c for c in CONTRACT),
    "ideographs exchanged": lambda: exchanged(CONTRACT),
    "codes of glyphs": lambda: as_codes(CONTRACT),
    "private use": lambda: "".join(chr(0xE000 + ord(c) % 900) for c in CONTRACT),
    "English shifted by 29": lambda: "".join(chr(ord(c) - 29) for c in plain(ENGLISH)),
}


@pytest.mark.parametrize("words", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_told(words: Callable[[], str]) -> None:
    assert not is_legible(plain(words()))


@pytest.mark.parametrize(
    "words",
    [
        CONTRACT,
        ENGLISH,
        f"{CONTRACT[:300]} {ENGLISH[:300]}",
        "甲方與乙方經協商一致，就房屋租賃事宜訂立本合同，雙方應當遵守。出租人將房屋交付承租人使用，租金按月支付。" * 2,
        "1,234.56 78.90% 2024-01-02 138-0013-8000 6222 0000 1111 2222 " * 20,
        "SN 5CG8451ZT2 PN-4410X 00:1A:2B:3C:4D:5E XK-2200/B " * 10,
        "________________ ======== ********** ----------- " * 10,
        "张三 李四 王五 赵六 钱七 孙八 周九 吴十 郑国强 冯建华 陈晓红 褚志明 卫东升 蒋文静 沈佳怡 韩雪梅 杨柳青 朱红兵 "
        * 2,
        "Le présent contrat est conclu entre l'acheteur et le fournisseur; la livraison s'effectue à l'échéance. " * 5,
        "Настоящий договор заключён между покупателем и поставщиком о поставке товара в срок. " * 5,
        "本契約は甲と乙との間で締結される売買契約であり、乙は商品を納入するものとする。" * 3,
    ],
    ids="contract English bilingual traditional figures parts rules names French Russian Japanese".split(),
)
def test_what_a_person_meant_is_legible(words: str) -> None:
    assert is_legible(plain(words))


def test_a_short_page_is_not_judged_by_its_words() -> None:
    assert is_legible("附件一") and is_legible("PQRST") and is_legible("¥€")


def test_a_page_of_mojibake_is_not_read_and_the_others_are() -> None:
    words = plain(CONTRACT)
    garbled = exchanged(words)
    rows = [[source[i : i + 30] for i in range(0, 300, 30)] for source in (words, garbled)]
    contract = read(pdf(*(lines(80, 200, *row) for row in rows)))
    assert [(p.code, p.page) for p in contract.problems] == [("unusable-text-layer", 2)]
    assert plain(contract.text) == words[:300]


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_page_of_the_real_files_is_legible(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        pages = [plain(page.get_textpage().get_text_range()) for page in document]
    assert [number for number, words in enumerate(pages, start=1) if not is_legible(words)] == []
    assert sum(map(meaningless, pages)) < 0.01 * max(1, sum(map(len, pages)))
