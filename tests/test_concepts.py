"""Concepts: words that mean the same, found whatever stands between them."""

from pathlib import Path

import pytest

from hetong.errors import RuleError
from hetong.fold import fold
from hetong.rulebook import BUYER, RULES, Concepts, load_concepts

TITLE = "{zh: 不付钱, en: nothing is paid}"


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


def test_a_party_by_its_role(tmp_path: Path) -> None:
    found = concepts(tmp_path, "['由{buyer}…承担']")
    text = f"费用由{BUYER * 3}自行承担。"
    assert spoken(found, text) == [f"由{BUYER * 3}自行承担"]


def test_a_longer_word_that_means_something_else_does_not_count(tmp_path: Path) -> None:
    found = concepts(tmp_path, "[免费]", "[免费电话]")
    assert spoken(found, "免费电话报修，免费上门。") == ["免费"]


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
    import yaml

    entries = yaml.safe_load((RULES / "concepts.yaml").read_text(encoding="utf-8"))
    for name, entry in entries.items():
        for word in [*entry["words"], *entry.get("not", ())]:
            assert fold(word) == word, f"{name}: {word} would never match"
