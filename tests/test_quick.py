"""Expressions that are written to be fast find what the plain ones find."""

import random
import re

import pytest

from hetong.rulebook import RULES, Lexicon, load_lexicon, load_rules
from hetong.rulebook.quick import begins_with, class_of

TEXT = "甲方可以随时变更需求，乙方应当照办，费用不另计，工期不予顺延；每逾期一日按千分之五支付违约金。"


def alone(character: str) -> frozenset[str]:
    return frozenset({character})


def plain(source: str, text: str, start: int = 0) -> list[tuple[int, int]]:
    return [match.span() for match in re.compile(source).finditer(text, start)]


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        ("变更|修改", {"变", "修"}),
        ("(?:乙方)?应当", {"乙", "应"}),
        ("(?<!不)[免无](?:费|偿)", {"免", "无"}),
        ("(?:随时){1,3}调", {"随"}),
        ("[2-4年]", {"2", "3", "4", "年"}),
        ("(?:^|，)由", {"，", "由"}),
        ("(?:变更)?", {"变", ""}),
        ("[^。]变更", None),
        ("[一-龥]变更", None),
        ("(?i:a)b", None),
    ],
)
def test_the_characters_that_a_match_can_begin_with(pattern: str, characters: set[str] | None) -> None:
    assert begins_with(pattern, alone) == characters


def test_white_space_is_all_that_the_expression_for_it_matches() -> None:
    spaces = begins_with(r"\s", alone)
    assert spaces == {chr(code) for code in range(0x11000) if re.match(r"\s", chr(code))}


@pytest.mark.parametrize(
    "words",
    [
        ["改", "改动", "改期"],
        ["改动", "(?:再|又)改", "改", "再改动"],
        ["改?动", "改", "动"],
        ["改|动期", "改期"],
        ["改", "", "改动"],
        [r"\d改", "[改动]期", "改动(?!期)"],
        ["改{2}", "改+动", "改期", "改动", "动改", "期", "再", "又", "又改"],
    ],
)
@pytest.mark.parametrize("behind", ["", "期", "改"])
def test_a_class_finds_what_its_words_find_one_after_another(words: list[str], behind: str) -> None:
    draw = random.Random(1)
    quick = class_of(words, words, alone)
    for _ in range(200):
        text = "".join(draw.choices("改动期再又7。", k=12))
        assert plain(f"{quick.text}{behind}", text) == plain(f"(?:{'|'.join(words)}){behind}", text), text


def test_shipped_patterns_find_what_plain_expressions_find() -> None:
    lexicon = load_lexicon(RULES)
    for source in {p.source for rule in load_rules() for way in rule.match for p in way.all}:
        assert list(lexicon.pattern(source).finditer(TEXT)) == plain(lexicon.expand(source, ""), TEXT), source


@pytest.mark.parametrize(
    "source",
    [
        "费用",
        "[费工](?:用|期)?",
        "(?:不另)?",
        "(?=不)",
        "$",
        "[^，]{2}",
        r"(.)予\1?",
        r"([费用])([不用])\2",
        "(?<=，)费",
    ],
)
@pytest.mark.parametrize("start", [0, 3, 25])
def test_places_are_those_of_the_plain_expression(source: str, start: int) -> None:
    pattern = Lexicon({}).pattern(source)
    text = f"{TEXT}不予予费用用不不"
    places = plain(source, text, start)
    assert list(pattern.finditer(text, start)) == places
    assert pattern.search(text, start) == (places[0] if places else None)
    cut = re.compile(source).search(text, start, 40)
    assert pattern.search(text, start, 40) == (cut.span() if cut else None)
