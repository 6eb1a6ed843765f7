"""The sentences that detectors learn from: their format, that there are enough, and that some are kept back."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from hetong.corpus import load_contracts
from hetong.corpuscheck import Passage, passages
from hetong.errors import CorpusError
from hetong.predictor import load_card, model_folder
from hetong.rulebook import load_rules
from hetong.sentencecheck import WORDS_ALONE, sentence_mistakes
from hetong.sentences import FOLDER, Sentence, load_sentences

CORPORA = Path(__file__).parents[1] / "corpora"
ROW = {
    "text": "乙方终身免费维修。", "risk": True, "usual": True, "buyer": "", "supplier": "乙方", "field": "机床", "why": "",
    "writer": "a",
}  # fmt: skip


@pytest.fixture(scope="module")
def sentences() -> tuple[Sentence, ...]:
    return load_sentences(CORPORA / FOLDER)


def written(folder: Path, *rows: dict[str, object], writers: str = "a,train,工厂\nb,aside,学校\n") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "writers.csv").write_text(f"writer,part,background\n{writers}", encoding="utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "SRV001.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_sentence_knows_its_rule_and_whether_it_is_set_aside(tmp_path: Path) -> None:
    own, other = load_sentences(written(tmp_path, ROW, ROW | {"writer": "b"}))
    assert (own.rule, own.part, other.part) == ("SRV001", "train", "aside")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": ""}, "1 to 300"),
        ({"text": "甲" * 301}, "1 to 300"),
        ({"risk": "yes"}, "risk: must be bool"),
        ({"buyer": "院方"}, "buyer: not in the text"),
        ({"risk": False}, "why: say why"),
        ({"writer": "x"}, "x is not in writers.csv"),
        ({"more": 1}, "more: no such field"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, row: dict[str, object], said: str) -> None:
    with pytest.raises(CorpusError, match=rf"line 2: .*{said}"):
        load_sentences(written(tmp_path, ROW, ROW | row))


@pytest.mark.parametrize("writers", ["a,test,工厂\n", "a,train,工厂\na,aside,工厂\n", "a,train\n"])
def test_each_writer_is_learned_from_or_set_aside(tmp_path: Path, writers: str) -> None:
    with pytest.raises(CorpusError, match="name each writer once"):
        load_sentences(written(tmp_path, ROW, writers=writers))


def test_there_are_enough_of_every_rule_and_none_is_a_copy(sentences: Sequence[Sentence]) -> None:
    clauses = passages(load_contracts(CORPORA / "contracts"))
    assert list(sentence_mistakes(sentences, load_rules(), clauses)) == []


def test_rules_without_sentences_are_those_of_single_words() -> None:
    kinds = {rule.id: rule.kind for rule in load_rules()}
    assert {kinds[rule] for rule in WORDS_ALONE} == {"wording"}


def test_too_few_and_copies_are_told(sentences: Sequence[Sentence]) -> None:
    few = [s for s in sentences if s.rule == "SRV001" and s.part == "train"]
    told = list(sentence_mistakes(few, load_rules()))
    assert "SRV002: 0 risky ones, at least 30" in told
    assert any(line.startswith("unlimited service:") for line in told)
    assert any("are set aside" in line for line in told)
    twin = few[0]._replace(text=few[0].text.replace("，", "、"))
    assert any("is near SRV001/" in line for line in sentence_mistakes([*few, twin], load_rules()))
    clause = Passage("lease-1", "5.2", few[0].text)
    assert any(
        "is near lease-1 5.2" in line or "lease-1" in line for line in sentence_mistakes(few, load_rules(), [clause])
    )


def test_nothing_was_learned_from_the_writers_set_aside(sentences: Sequence[Sentence]) -> None:
    card = load_card(model_folder("detectors"))
    parts = {part: {s.writer for s in sentences if s.part == part} for part in ("train", "aside")}
    assert set(card["writers"]) == parts["train"]
    assert set(card["writers_set_aside"]) == parts["aside"]
    assert card["sentences"] == sum(s.part == "train" for s in sentences)
