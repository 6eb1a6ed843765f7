"""Concepts: words that mean the same, found whatever stands between them."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from hetong.errors import RuleError
from hetong.fold import fold
from hetong.rulebook import BUYER, RULES, Concepts, load_concepts
from hetong.rulebook.concepts import GAP

TITLE = "{zh: 不付钱, en: nothing is paid}"
LETTERS = "甲乙丙"
DIGITS = "1 \n"
STOPS = "，。\n"


def concepts(folder: Path, words: str, stray: str = "[]") -> Concepts:
    """One concept of the given words."""
    folder.mkdir(exist_ok=True)
    (folder / "concepts.yaml").write_text(f"no_pay:\n  title: {TITLE}\n  words: {words}\n  not: {stray}\n", "utf-8")
    load_concepts.cache_clear()
    return load_concepts(folder)


def spoken(found: Concepts, text: str) -> list[str]:
    return [text[start:end] for start, end, _ in found.find(text).rows()]


def test_a_word_stands_for_itself(tmp_path: Path) -> None:
    assert spoken(concepts(tmp_path, "[免费, 无偿]"), "乙方免费维修，无偿培训。") == ["免费", "无偿"]


def test_a_gap_lies_in_one_part_of_a_sentence(tmp_path: Path) -> None:
    found = concepts(tmp_path, "[不再…列支]")
    assert spoken(found, "院方不再就此列支任何费用。") == ["不再就此列支"]
    assert spoken(found, "院方不再过问，另行列支。") == []
    assert spoken(found, "院方不再就前述各项维护保养及其备件更换另行列支。") == []


def test_several_gaps_follow_one_another(tmp_path: Path) -> None:
    found = concepts(tmp_path, "[不得以…为由…拒绝]")
    assert spoken(found, "乙方不得以停产为由予以拒绝。") == ["不得以停产为由予以拒绝"]
    assert spoken(found, "为由拒绝，不得以停产。") == []


@pytest.mark.parametrize("number", ["3", "三", "十二", "【 】", "____", "若干"])
def test_a_number_or_a_blank_for_one(tmp_path: Path, number: str) -> None:
    text = f"每年不超过{number}次上门。"
    assert spoken(concepts(tmp_path, "['不超过#次']"), text) == [f"不超过{number}次"]


def test_a_word_may_begin_with_a_number(tmp_path: Path) -> None:
    found = concepts(tmp_path, "['#次']")
    assert spoken(found, "每年两次，多次反复。") == ["两次"]
    assert spoken(found, f"第{'1' * 20}次") == [f"{'1' * GAP}次"]


def test_a_party_by_its_role(tmp_path: Path) -> None:
    found = concepts(tmp_path, "['由{buyer}…承担']")
    text = f"费用由{BUYER * 3}自行承担。"
    assert spoken(found, text) == [f"由{BUYER * 3}自行承担"]


def test_a_longer_word_that_means_something_else_does_not_count(tmp_path: Path) -> None:
    found = concepts(tmp_path, "[免费]", "[免费电话]")
    assert spoken(found, "免费电话报修，免费上门。") == ["免费"]


@pytest.mark.parametrize("seed", range(40))
def test_as_word_by_word_in_chance_texts(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    names = ("pay", "serve", "wait")
    entries = {
        name: {"title": {"zh": name, "en": name}, "words": _words(draw, "…#"), "not": _words(draw, "")}
        for name in names
    }
    (tmp_path / "concepts.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
    load_concepts.cache_clear()
    found = load_concepts(tmp_path)
    text = "".join(draw.choices(LETTERS * 3 + DIGITS + STOPS + "丁" * 5, k=300))
    places = [(start, end, found.names[concept]) for start, end, concept in found.find(text).rows()]
    assert sorted(places) == sorted(
        (*place, name) for name, entry in entries.items() for place in _one_by_one(text, entry["words"], entry["not"])
    )


def _words(draw: random.Random, joints: str) -> list[str]:
    """Some words of a few letters, most with joints between their parts, some with a number before them."""

    def word() -> str:
        parts = ["".join(draw.choices(LETTERS, k=draw.randint(1, 2))) for _ in range(draw.randint(1, 3))]
        first = draw.choice(["", "", "#"]) if joints else ""
        return first + "".join(part + draw.choice(joints or [""]) for part in parts[:-1]) + parts[-1]

    return sorted({word() for _ in range(draw.randint(1, 12))})


def _one_by_one(text: str, words: list[str], strays: list[str]) -> Iterator[tuple[int, int]]:
    """The places of words by their definition, but for those inside a stray."""
    longer = [place for stray in strays for place in _of_literal(text, stray)]
    for word in words:
        first, *parts = re.split("([…#])", word)
        places = _of_literal(text, first) if first else None
        for joint, literal in zip(parts[::2], parts[1::2], strict=True):
            places = list(_joined(text, places, joint, literal))
        assert places is not None
        yield from (p for p in places if not any(start <= p[0] and p[1] <= end for start, end in longer))


def _of_literal(text: str, literal: str) -> list[tuple[int, int]]:
    return [(at, at + len(literal)) for at in range(len(text)) if text.startswith(literal, at)]


def _joined(text: str, places: list[tuple[int, int]] | None, joint: str, literal: str) -> Iterator[tuple[int, int]]:
    """A literal behind the last place of what is before it; behind a number alone when nothing is."""
    for start, end in _of_literal(text, literal):
        number = len(text[:start]) - len(text[:start].rstrip(DIGITS))
        if places is None:
            if number:
                yield start - min(number, GAP), end
            continue
        begun, ended = max((p for p in places if p[1] <= start), key=lambda p: p[1], default=(0, -GAP - 1))
        gap = start - ended
        fits = 0 < gap <= number if joint == "#" else not set(text[ended:start]) & set(STOPS)
        if gap <= GAP and fits:
            yield begun, end


def test_own_words_join_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "house-rules"
    concepts(folder, "[分文不收]")
    both = load_concepts(RULES, folder)
    names = {both.names[concept] for _, _, concept in both.find("分文不收，免费。").rows()}
    assert names >= {"no_pay"}
    assert "分文不收" in spoken(both, "分文不收")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{words: [免费]}", "title"),
        ("{title: {zh: 甲, en: a}, words: []}", "at least one"),
        ("{title: {zh: 甲, en: a}, words: ['免费…']}", "plain text"),
        ("{title: {zh: 甲, en: a}, words: 免费}", "list of words"),
        ("{title: {zh: 甲, en: a}, words: [免费], also: [送]}", "nothing else"),
    ],
)
def test_a_mistake_is_named_with_its_concept(tmp_path: Path, entry: str, said: str) -> None:
    (tmp_path / "concepts.yaml").write_text(f"gift: {entry}\n", encoding="utf-8")
    load_concepts.cache_clear()
    with pytest.raises(RuleError, match=rf"gift: .*{said}"):
        load_concepts(tmp_path)


def test_shipped_words_are_written_as_folding_leaves_them() -> None:
    entries = yaml.safe_load((RULES / "concepts.yaml").read_text(encoding="utf-8"))
    for name, entry in entries.items():
        for word in [*entry["words"], *entry.get("not", ())]:
            assert fold(word) == word, f"{name}: {word} would never match"
