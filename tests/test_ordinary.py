"""Ordinary texts: their format, that none is a copy, and that detectors learn from them what is harmless."""

import json
from pathlib import Path

import pytest

from hetong.corpus import load_contracts
from hetong.corpuscheck import passages
from hetong.errors import CorpusError
from hetong.ordinary import FOLDER, load_ordinary
from hetong.sentencecheck import ordinary_mistakes
from hetong.train.stretches import of_ordinary

CORPORA = Path(__file__).parents[1] / "corpora"
ROW = {"text": "开户行：城关支行\n账号：0000", "kind": "开票资料", "contract": "设备买卖"}


def written(folder: Path, *rows: object) -> Path:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "o1.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_neighbours_of_one_writer_are_kept_together(tmp_path: Path) -> None:
    texts = load_ordinary(written(tmp_path, *[ROW] * 30))
    assert [text.source for text in texts] == ["o1/0"] * 25 + ["o1/1"] * 5


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([], "one JSON object"),
        ({"text": "甲"}, "one JSON object"),
        (ROW | {"risk": True}, "one JSON object"),
        (ROW | {"kind": 3}, "all of them text"),
        (ROW | {"text": ""}, "1 to 400"),
        (ROW | {"text": "甲" * 401}, "1 to 400"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(CorpusError, match=f"line 2: .*{said}"):
        load_ordinary(written(tmp_path, ROW, row))


def test_none_is_a_copy() -> None:
    clauses = passages(load_contracts(CORPORA / "contracts"))
    assert list(ordinary_mistakes(load_ordinary(CORPORA / FOLDER), clauses)) == []


def test_what_is_learned_is_that_nothing_is_said_of_it(tmp_path: Path) -> None:
    examples = list(
        of_ordinary(load_ordinary(written(tmp_path, ROW | {"text": "甲方应在验收后三十日内付清全部价款。"})))
    )
    assert [(example.labels, example.source, example.written) for example in examples] == [({}, "o1/0", False)]
