"""Fitting detectors: sentences in, figures out; decisions of reviewers change what they say."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
pytest.importorskip("pandas", reason="needs the extra hetong[train]")

import hetong
from hetong import sentencescore
from hetong.batch.drafts import analyse_drafts
from hetong.corpus import load_contracts
from hetong.errors import CorpusError
from hetong.exchange.decisions import decisions_csv, read_decisions, rows_from_decisions, undecided
from hetong.exchange.rows import LabelledClause, LabelledRisk
from hetong.flag.learned import ABOUT, HARMLESS
from hetong.frames.contracts import apart_from, few
from hetong.predictor import OFF, Detectors, save_detectors
from hetong.rulebook import Rule
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.sentences import FOLDER, Sentence, chosen, load_sentences
from hetong.sentencescore import SOURCES, score
from hetong.train import growth
from hetong.train.changes import changes
from hetong.train.detectors import fit_detectors
from hetong.train.stretches import Example, of_contracts, of_labelled, of_sentences
from hetong.train.thresholds import ENOUGH, LEFT, LEVELS, Thresholds, thresholds

CORPORA = Path(__file__).parents[1] / "corpora"
RULES = ("SRV001", "SRV004")
ODD = "甲方凌晨来电话的，乙方师傅也得起身赶来，过年也一样"


@pytest.fixture(scope="module")
def sentences() -> tuple[Sentence, ...]:
    return chosen(load_sentences(CORPORA / FOLDER), rules=RULES)


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return chosen_rules(Choice(select=RULES))


@pytest.fixture(scope="module")
def examples(sentences: Sequence[Sentence]) -> list[Example]:
    contracts = few(load_contracts(CORPORA), 12)
    return [*of_sentences(chosen(sentences, "train")), *of_contracts(contracts)]


@pytest.fixture(scope="module")
def detectors(examples: Sequence[Example], rules: tuple[Rule, ...]) -> Detectors:
    return fit_detectors(examples, rules)


def clause(text: str, label: str | None, rule: str = "SRV004") -> LabelledClause:
    risks = (LabelledRisk(rule, label),) if label else ()  # type: ignore[arg-type]
    return LabelledClause(text, "draft", "draft", risks=risks, source="reviewer")


def test_sentences_of_a_part_and_of_some_rules_are_chosen(sentences: Sequence[Sentence]) -> None:
    aside = chosen(sentences, "aside", ("SRV004",))
    assert {(s.part, s.rule) for s in aside} == {("aside", "SRV004")}
    assert len(chosen(sentences)) == len(sentences)


def test_what_is_learned_of_a_sentence_is_the_sentence(sentences: Sequence[Sentence]) -> None:
    """A heading that all of them share, and no clause of a contract has, would be learned as a sign of risk."""
    for sentence, example in zip(sentences, of_sentences(sentences), strict=True):
        shown = example.stretch.text.strip()
        assert len(shown) <= len(sentence.text)
        assert shown[-2:] in sentence.text or sentence.buyer or sentence.supplier


def test_detectors_find_what_unseen_writers_wrote(
    sentences: Sequence[Sentence], rules: tuple[Rule, ...], detectors: Detectors
) -> None:
    found = score(chosen(sentences, "aside"), rules, detectors, ("detector",))
    assert detectors.rules == RULES
    assert min(tallies["detector"].f1 for tallies in found.rules.values()) > 0.5


def test_machines_fitted_to_the_rows_that_have_a_say_are_those_of_all_rows(
    examples: Sequence[Example], rules: tuple[Rule, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hetong.train.detectors.NEAREST", len(examples))
    whole = fit_detectors(examples, rules)
    monkeypatch.setattr("hetong.train.detectors.NEAREST", 100)
    few_at_first = fit_detectors(examples, rules)
    asked = [example.stretch for example in examples[:300]]
    difference = whole.probabilities(asked) - few_at_first.probabilities(asked)
    assert abs(difference).max() < 0.01


def test_one_writer_is_not_enough(sentences: Sequence[Sentence], rules: tuple[Rule, ...]) -> None:
    alone = [sentence for sentence in sentences if sentence.writer == "a"]
    with pytest.raises(CorpusError, match="two writers"):
        fit_detectors(list(of_sentences(alone)), rules)


def test_figures_as_a_frame_say_what_the_tallies_say(
    sentences: Sequence[Sentence], rules: tuple[Rule, ...], detectors: Detectors
) -> None:
    some = chosen(sentences, "aside")[:20]
    found = score(some, rules, detectors)
    frame = sentencescore.to_frame(found)
    assert list(frame.index.get_level_values("source").unique()) == list(SOURCES)
    assert {*RULES, "all rules", "unlimited service"} >= set(frame.index.get_level_values("rule"))
    own = found.rules["SRV001"]["pattern"]
    row = frame.loc[("SRV001", "pattern")]
    assert (row["found"], row["raised"], row["f1"]) == (own.found, own.raised, own.f1)
    assert row["risky"] + row["near"] == len(some)


def test_fewer_sources_give_the_same_figures(sentences: Sequence[Sentence], rules: tuple[Rule, ...]) -> None:
    some = chosen(sentences, "aside")[:10]
    whole, part = score(some, rules, OFF), score(some, rules, OFF, ("detector", "all"))
    assert list(part.rules["SRV001"]) == ["detector", "all"]
    assert part.rules["SRV001"]["all"] == whole.rules["SRV001"]["all"]
    assert sentencescore.to_frame(part).loc[("SRV001", "detector")].isna()["precision"]
    assert len(list(sentencescore.table(part))) == 5


def test_a_decision_is_an_example_and_a_clause_of_which_nobody_said_anything_is_none() -> None:
    given = list(of_labelled([clause(ODD, "must_not"), clause(ODD, "fires"), clause(ODD, None)]))
    assert [dict(one.labels) for one in given] == [{"SRV004": False}, {"SRV004": True}]
    assert not any(one.written for one in given)


def test_a_rejection_silences_and_nobody_elses_sentences_are_lost(
    sentences: Sequence[Sentence], rules: tuple[Rule, ...], examples: Sequence[Example], detectors: Detectors
) -> None:
    decided = list(of_labelled([clause(ODD, "must_not"), clause("双方友好协商。", "must_not", "LGL001")]))
    after = fit_detectors([*examples, *decided], rules)
    frame = changes(detectors, after, decided)
    assert frame["rule"].tolist() == ["SRV004"]  # nobody has learned LGL001
    row = frame.iloc[0]
    assert row["text"].startswith("甲凌晨来电话的，乙师傅也得起身赶来")
    assert (row["risk"], row["spoke"], row["speaks"]) == (False, True, False)
    assert row["after"] < row["before"] / 2
    aside = chosen(sentences, "aside")
    before, now = (score(aside, rules, one, ("detector",)).rules["SRV004"]["detector"] for one in (detectors, after))
    assert abs(now.f1 - before.f1) < 0.1


def test_decisions_about_a_draft_change_the_detectors(
    rules: tuple[Rule, ...], examples: Sequence[Example], detectors: Detectors, tmp_path: Path
) -> None:
    draft = tmp_path / "保洁合同.txt"
    draft.write_text(f"保洁合同\n甲方：某医院\n乙方：某保洁公司\n第一条 服务\n{ODD}。\n", encoding="utf-8")
    wordless = tuple(replace(rule, match=(), meaning=()) for rule in rules)
    drafts, unread = analyse_drafts([draft], rules=wordless, detectors=detectors)
    assert not unread
    assert [(one.rule, one.source) for one in drafts[0].findings] == [("SRV004", "detector")]
    silent, _ = analyse_drafts([draft], rules=wordless, detectors=OFF)
    assert silent[0].findings == ()
    file = tmp_path / "decisions.csv"
    lines = decisions_csv(undecided(drafts)).splitlines()
    decided = [lines[0], *(line.replace(",,,,", ",reject,,,") for line in lines[1:])]
    file.write_text("\n".join(decided), encoding="utf-8")
    rows = rows_from_decisions(read_decisions(file), drafts)
    after = fit_detectors([*examples, *of_labelled(rows)], rules)
    again, _ = analyse_drafts([draft], rules=wordless, detectors=after)
    assert again[0].findings == ()


def test_the_curve_grows_with_writers_and_with_sentences(
    sentences: Sequence[Sentence], rules: tuple[Rule, ...], examples: Sequence[Example]
) -> None:
    clauses = [example for example in examples if not example.written]
    points = list(growth.growth(sentences, clauses, rules, shares=(0.5,)))
    writers = len({sentence.writer for sentence in chosen(sentences, "train")})
    assert [point.writers for point in points] == [0, *range(2, writers + 1), writers]
    assert points[-1].sentences < points[-2].sentences
    frame = growth.to_frame(points)
    assert frame.loc[0, "f1_alone"] == 0.0
    assert frame["f1"].tolist() == [point.together.f1 for point in points]
    assert len(list(growth.table(points))) == len(points) + 1


def test_detectors_are_swapped_in_from_a_folder(
    detectors: Detectors, examples: Sequence[Example], tmp_path: Path
) -> None:
    save_detectors(tmp_path / "ours", detectors, {"name": "ours"})
    loaded = hetong.load_detectors(tmp_path / "ours")
    stretches = [example.stretch for example in examples[:50]]
    assert loaded.rules == detectors.rules
    assert np.allclose(loaded.probabilities(stretches), detectors.probabilities(stretches), atol=0.01)


def test_contracts_that_drafts_were_made_of_are_left_out(tmp_path: Path) -> None:
    contracts = few(load_contracts(CORPORA), 5)
    (tmp_path / f"{contracts[1].title}.docx").touch()
    left = apart_from(contracts, tmp_path)
    assert contracts[1] not in left
    assert left


# ---- thresholds ------------------------------------------------------------------------------------------
def settled(
    clauses: list[tuple[float, bool]], sentences: list[tuple[float, bool]] | None = None, topic: int = ABOUT
) -> Thresholds:
    """What is chosen for one rule from how sure it was of clauses and of sentences, and whether these carry its risk."""
    sentences = [(0.99, True)] * 30 if sentences is None else sentences
    rows = [*clauses, *sentences]
    labels = [1.0 if risky else np.nan for _, risky in clauses] + [float(risky) for _, risky in sentences]
    return thresholds(
        np.asarray([[sure] for sure, _ in rows]), np.asarray([[label] for label in labels]),
        np.asarray([False] * len(clauses) + [True] * len(sentences)), np.full((len(rows), 1), topic, dtype=np.int8),
    )  # fmt: skip


def test_a_rule_that_contracts_bear_out_speaks_from_the_lowest_level_on() -> None:
    assert settled([(0.89, True)] * 8 + [(0.89, False)]).least == pytest.approx(LEVELS[0])


def test_a_rule_that_speaks_of_what_nobody_labelled_has_to_be_surer_than_it_was_of_that() -> None:
    assert settled([(0.95, True)] * 8 + [(0.91, False)] * 8).least == pytest.approx(0.92)


def test_a_rule_of_which_contracts_say_nothing_has_to_be_as_sure_as_can_be_asked() -> None:
    assert settled([]).least == pytest.approx(LEVELS[-1])
    assert settled([(0.99, True)] * 8, topic=HARMLESS).least == pytest.approx(LEVELS[-1])


def test_no_rule_speaks_where_sentences_of_unseen_writers_do_not_bear_it_out() -> None:
    assert settled([(0.99, True)] * 8, [(0.93, False)] * 9 + [(0.96, True)] * 9).least == pytest.approx(0.94)


def test_what_is_about_something_else_has_to_leave_less_doubt() -> None:
    found = settled([(0.99, True)] * 8)
    assert (1 - found.apart) == pytest.approx((1 - found.least) * LEFT)


def test_few_found_sentences_say_nothing_of_precision() -> None:
    assert settled([], [(0.99, True)] * (ENOUGH - 1)).precision == 0
    assert settled([], [(0.99, True)] * ENOUGH).precision == 1
