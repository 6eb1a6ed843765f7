"""Many words found at once: what a trie finds is what looking for each word by itself finds."""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from hetong.trie import Lists, Trie


def found(words: Sequence[str], text: str) -> list[tuple[str, int, int]]:
    hits = Trie(words).find(text)
    columns = zip(hits.words.tolist(), hits.starts.tolist(), hits.ends.tolist(), strict=True)
    return sorted((words[word], start, end) for word, start, end in columns)


def one_by_one(words: Sequence[str], text: str) -> list[tuple[str, int, int]]:
    return sorted((w, i, i + len(w)) for w in words for i in range(len(text)) if text.startswith(w, i))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["免费", "免费维修", "费", "维修"], "乙方免费维修，维修免费。"),
        (["一"], "一一一"),
        (["一一", "一一一"], "一一一一"),
        (["违约金", "约金", "金"], ""),
        (["合同"], "没有这个词"),
        (["甲\U0001f600", "\U0001f600"], "甲\U0001f600乙"),
        ([], "没有词"),
    ],
)
def test_each_place_of_each_word(words: list[str], text: str) -> None:
    assert found(words, text) == one_by_one(words, text)


@pytest.mark.parametrize("seed", range(20))
def test_as_one_by_one_in_chance_texts(seed: int) -> None:
    draw = random.Random(seed)
    letters = "甲乙丙丁方应付款"[: draw.randint(1, 8)]

    def text(longest: int) -> str:
        return "".join(draw.choices(letters, k=draw.randint(1, longest)))

    words = sorted({text(7) for _ in range(draw.randint(1, 400))})
    line = text(200)
    assert found(words, line) == one_by_one(words, line)


def test_many_children_of_many_states() -> None:
    characters = [chr(0x4E00 + number) for number in range(300)]
    words = [a + b for a in characters[:60] for b in characters]
    text = "".join(random.Random(1).choices(characters, k=400))
    assert found(words, text) == one_by_one(words, text)


def test_the_words_of_each_of_some_texts() -> None:
    words = ["付款", "交货", "款交"]
    bags = Trie(words).bags(["付款，付款", "", "交货后付款", "付", "款"])
    assert [bag.tolist() for bag in bags] == [[0], [], [0, 1], [], []]


def test_a_word_does_not_reach_from_one_text_into_the_next() -> None:
    assert [bag.tolist() for bag in Trie(["款交"]).bags(["付款", "交货"])] == [[], []]


def test_lists_of_numbers_by_word() -> None:
    index, numbers = Lists([[7, 8], [], [9]]).of(np.asarray([2, 0, 1, 0]))
    assert index.tolist() == [0, 1, 1, 3, 3]
    assert numbers.tolist() == [9, 7, 8, 7, 8]
