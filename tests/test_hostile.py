"""Text that nobody would write costs no more a character than a contract does."""

import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from hetong import numerals
from hetong.classify import classify
from hetong.document import Source
from hetong.extract import READERS, Reading
from hetong.predictor import Features, Prediction
from hetong.segment import segment

SIZES = [16 * 2**n for n in range(10)]  # characters, doubling, so that what explodes is caught while it is small
# From one size to the next but one, linear work grows 4 times and quadratic work 16; a busy machine lies between
MOST = 9.0
FLOOR = 0.04  # seconds below which a measurement says nothing


def cost(work: Callable[[int], object], size: int) -> float:
    """Processor seconds of the work, the least of three runs: what else the machine does only ever adds to it."""
    runs = []
    for _ in range(3):
        started = time.process_time()
        work(size)
        runs.append(time.process_time() - started)
    return min(runs)


def steepest(work: Callable[[int], object]) -> float:
    """The most that the time has grown over four times the text; ends at the first growth beyond `MOST`."""
    work(SIZES[0])
    taken: list[float] = []
    most = 1.0
    for size in SIZES:
        taken.append(cost(work, size))
        if taken[-1] > FLOOR and len(taken) > 2:
            most = max(most, taken[-1] / max(taken[-3], FLOOR / 4))
        if most > MOST:
            break
    return most


def no_elements(clauses: Sequence[Features]) -> list[Prediction]:
    return [Prediction("other", 1.0) for _ in clauses]


def figures(text: str) -> Iterator[object]:
    for find in (
        numerals.amounts_in_figures,
        numerals.amounts_in_words,
        numerals.rates,
        numerals.periods,
        numerals.days,
    ):
        yield from find(text)


@pytest.mark.parametrize("opening", ["", "30", "2026年3月", "百分之", "人民币", "壹佰元"])
@pytest.mark.parametrize("unit", ["一", "1", " ", "（", "1,", "1.", "年", "壹", "1 ", "一月", "30（"])
def test_the_search_for_numbers_is_linear(opening: str, unit: str) -> None:
    assert steepest(lambda size: list(figures(opening + unit * (size // len(unit)) + "。"))) < MOST


@pytest.mark.parametrize(
    "line",
    [
        "一",
        "1",
        "a",
        " ",
        "甲方",
        "甲方（",
        "（",
        "【",
        "、",
        "：",
        "|",
        "**",
        "[",
        "<",
        "`",
        "附件",
        "第一条",
        "；1、a",
        "甲 ",
        "①",
    ],
)
def test_reading_segmenting_and_classifying_one_long_line_is_linear(line: str) -> None:
    def work(size: int) -> None:
        for opening in ("", "甲方", "甲"):
            text = f"{opening}{line * (size // len(line))}。\n第二条 价款\n"
            contract = READERS[".md"](text.encode(), Source("a.md", "0", "md"), Reading())
            classify(segment(contract), predict=no_elements, threshold=0.0)

    assert steepest(work) < MOST
