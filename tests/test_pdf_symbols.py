"""Characters of symbol fonts in a PDF are the boxes, ticks and bullets that they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reportlab
from pdf_samples import pdf, printed_in, read, text
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from hetong.extract.pdf_symbols import with_symbols

FOLDER = Path(reportlab.__file__).parent / "fonts"


def in_font(name: str, code: int) -> bytes:
    """A page with 甲方选择 before and 乙 behind a character of that font, whose Unicode map gives a code."""
    pdfmetrics.registerFont(TTFont("Vera", str(FOLDER / "Vera.ttf")))
    data = pdf([text(80, 200, "甲方选择"), text(128, 200, "x", font="Vera"), text(137, 200, "乙")])
    data = re.sub(rb"(> <)0078(>)", rb"\g<1>%04X\g<2>" % code, data)
    return re.sub(rb"BitstreamVeraSans-Roman", name.encode().ljust(23, b"#")[:23].replace(b"#", b""), data)


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings-Regular", 0xF0FE, "☑"),
        ("Wingdings-Regular", 0xF0A8, "□"),
        ("Wingdings-Regular", 0xFE, "☑"),
        ("Wingdings-Regular", 0x6F, "□"),
        ("Wingdings2", 0xF052, "☑"),
        ("Wingdings2", 0xF0A3, "□"),
        ("SymbolMT", 0xF0B3, "≥"),
        ("DeepinOpenSymbol", 0xF0FE, "☑"),
        ("SimSun", 0x6F, "o"),
    ],
)
def test_a_code_of_a_symbol_font_is_what_it_shows(font: str, code: int, shown: str) -> None:
    data = in_font(font, code)
    contract = read(data)
    assert "".join(contract.text.split()) == f"甲方选择{shown}乙"
    assert contract.problems == ()
    assert printed_in(data, contract, len(contract.text) - 2, len(contract.text) - 1) == "乙"


@pytest.mark.parametrize(("font", "code"), [("SimSun", 0xF0FE), ("SimSun", 0xE123), ("Wingdings-Regular", 0xF0EE)])
def test_a_character_without_a_known_meaning_is_marked_and_counted(font: str, code: int) -> None:
    contract = read(in_font(font, code))
    assert "".join(contract.text.split()) == "甲方选择\ufffd乙"
    assert [(p.code, p.page, p.values) for p in contract.problems] == [("broken-characters", 1, (("count", "1"),))]
    assert "1 处" in contract.problems[0].message("zh")


def test_letters_inside_words_are_never_asked_for_their_font() -> None:
    asked: list[int] = []
    with_symbols("Wingdings x 100 Rooms", lambda position: str(asked.append(position)))
    assert asked == [10]
