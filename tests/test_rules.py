"""Every shipped rule on its own examples and near misses, and the rule files as a set."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from hetong.errors import RuleError
from hetong.predictor import Features, Prediction
from hetong.rulebook import RULES, Pattern, Rule, load_lexicon, load_rule, load_rules
from hetong.ruletest import Verdict, contract_of, findings_in, verdicts
from hetong.run import analyse

SHIPPED = load_rules()
IDS = [rule.id for rule in SHIPPED]
# Patterns that stand for what has no fixed word: they are tried on every unit, so each is named here with its reason
WITHOUT_WORDS: dict[str, str] = {}


def cases() -> list[tuple[str, str, int]]:
    """Rule, what kind of case, and its number among the rule's verdicts."""
    listed = []
    for rule in SHIPPED:
        kinds = ["example"] * len(rule.examples) + ["near-miss"] * len(rule.counter_examples)
        kinds += ["known-gap"] * len(rule.known_gaps)
        listed += [(rule.id, kind, number) for number, kind in enumerate(kinds)]
    return listed


@cache
def verdicts_of(rule_id: str) -> list[Verdict]:
    return list(verdicts(next(rule for rule in SHIPPED if rule.id == rule_id)))


@pytest.mark.parametrize(("rule_id", "kind", "number"), cases())
def test_a_rule_fires_on_its_examples_and_not_on_its_near_misses(rule_id: str, kind: str, number: int) -> None:
    verdict = verdicts_of(rule_id)[number]
    assert not verdict.wrong, f"{rule_id} {kind}: {verdict.text}: {verdict.wrong}"


@pytest.mark.parametrize("path", sorted(RULES.glob("*/*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_rule_file_has_no_mistake(path: Path) -> None:
    assert load_rule(path, load_lexicon(RULES), checked=True).id == path.stem[:6]


@pytest.mark.parametrize("rule", SHIPPED, ids=IDS)
def test_a_rule_stands_in_the_folder_of_its_element_and_yields_only_to_rules_that_exist(rule: Rule) -> None:
    folders = {path.stem[:6]: path.parent.name for path in RULES.glob("*/*.yaml")}
    assert folders[rule.id] in (rule.element, "document")
    assert set(rule.yields_to) <= set(IDS) - {rule.id}


@pytest.mark.parametrize("rule", SHIPPED, ids=IDS)
def test_a_rule_says_everything_in_both_languages_and_has_enough_cases(rule: Rule) -> None:
    for words in (rule.title, rule.message, rule.reason, rule.advice, rule.suggestion):
        assert re.search("[\u4e00-\u9fff]", words["zh"])
        assert not re.search("[\u4e00-\u9fff]", words["en"])
    assert len(rule.examples) >= 6
    assert len(rule.counter_examples) >= 6
    assert all(re.fullmatch(r"[^第]{2,30}第[0-9]+条(?:第[0-9]+[款项])?", law) for law in rule.basis), rule.basis


def patterns_of(rule: Rule) -> set[Pattern]:
    ways = {p for a in rule.match for p in (*a.all, *a.none, *a.none_clause, *a.none_document)}
    looks = (rule.unless, rule.unless_clause, rule.unless_document, rule.companion, rule.evidence, rule.when)
    return ways | {p for group in looks for p in group}


@pytest.mark.parametrize("rule", SHIPPED, ids=IDS)
def test_every_way_to_match_needs_a_word_so_that_most_sentences_are_never_tried(rule: Rule) -> None:
    for alternative in rule.match:
        gated = any(p.needs for p in alternative.all)
        sources = [p.source for p in alternative.all]
        assert gated or any(s in WITHOUT_WORDS for s in sources), f"no word stands in every match of {sources}"


@pytest.mark.parametrize("rule", SHIPPED, ids=IDS)
def test_no_pattern_reads_without_end_so_that_time_grows_with_the_text_and_not_faster(rule: Rule) -> None:
    """A search tries each place of a text once; it is linear when a match can reach only a bounded way."""
    parse = re._parser.parse  # type: ignore[attr-defined]
    for pattern in patterns_of(rule):
        longest = parse(pattern.expanded).getwidth()[1]
        assert longest < 3000, f"{pattern.source}: write {{0,n}} instead of * and +"


@pytest.mark.parametrize(
    "words", ["终身免费维护", "乙方", "1", "无条件", "甲方要求变更不另收费", "赔偿一切损失", "（", "不"]
)
def test_a_line_of_a_hundred_thousand_characters_takes_about_ten_times_as_long_as_one_of_ten_thousand(
    words: str,
) -> None:
    def seconds(length: int) -> float:
        text = f"维护合同\n甲方：青禾公司\n乙方：远山公司\n第一条 服务\n1.1 乙方应{words * (length // len(words))}"
        started = time.process_time()
        found = analyse(contract_of(text), predict=no_elements, threshold=0.0)
        assert len(found.text) > length - len(words)
        return time.process_time() - started

    seconds(100)  # patterns compile at their first use
    short, long = seconds(10_000), seconds(100_000)
    assert long < 40 * max(short, 0.03), f"ten times the text took {long / short:.0f} times the time"


def no_elements(clauses: Sequence[Features]) -> list[Prediction]:
    return [Prediction("other", 1.0) for _ in clauses]


# ---- rule files with mistakes ----------------------------------------------------------------------------------------
GOOD = yaml.safe_load((RULES / "service" / "SRV001-perpetual-service.yaml").read_text(encoding="utf-8"))


def write(folder: Path, data: object, name: str = "SRV901-own-rule") -> Path:
    path = folder / "service" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def own_rule(**changes: object) -> dict[str, object]:
    return {**GOOD, "id": "SRV901", "name": "own-rule", **changes}


def complaint(folder: Path, data: object) -> str:
    with pytest.raises(RuleError) as caught:
        load_rule(write(folder, data))
    return str(caught.value)


def test_a_rule_of_ones_own_is_loaded_and_fires(tmp_path: Path) -> None:
    write(tmp_path, own_rule(match=["{forever}{~}{service}"]))
    (rule,) = load_rules(tmp_path)
    assert [f.rule for f in findings_in("乙方终身负责维护。", rule)] == ["SRV901"]
    assert findings_in("乙方负责维护一年。", rule) == ()


def test_all_mistakes_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    wrong = own_rule(
        id="srv1", element="services", kind="word", severity={"buyer": "bad"}, colour="red", title="无限服务",
        match=["(", "{no_such_class}"], examples=[{"text": "终身维护", "quote": "永久"}], advice=None,
    )  # fmt: skip
    said = complaint(tmp_path, wrong)
    for words in (
        "colour: no such field", "advice: missing", "three capitals and three digits", "name the file", "element: must be one of",
        "kind: must be one of", "severity: give buyer, supplier, neutral", "title: give it in zh and en",
        "examples: give at least 4", "the quote is not in the text", "no regular expression", "{no_such_class}",
    ):  # fmt: skip
        assert words in said, said
    assert all("SRV901-own-rule.yaml" in line for line in said.splitlines())


@pytest.mark.parametrize(
    ("match", "words"),
    [
        ("终身", "match: write a list of patterns"),
        ([{"none": ["终身"]}], "match: number 1 needs all"),
        ([{"all": ["终身"], "nun": ["维护"]}], "match: number 1 needs all"),
        ([{"all": "终身"}], "number 1: write all"),
        ([["终身"]], "number 1 is no pattern"),
        ([7], "number 1 is no pattern"),
    ],
)
def test_patterns_of_the_wrong_shape_are_told_from_wrong_patterns(tmp_path: Path, match: object, words: str) -> None:
    assert words in complaint(tmp_path, own_rule(match=match))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("wording", "match"),
        ("companion", "companion"),
        ("absence", "evidence"),
        ("threshold", "threshold"),
        ("check", "check"),
    ],
)
def test_a_kind_of_rule_names_the_field_that_it_needs(tmp_path: Path, kind: str, field: str) -> None:
    assert f"{field}: a rule of kind {kind} needs it" in complaint(tmp_path, own_rule(kind=kind, match=[]))


def test_mistakes_of_all_files_of_a_folder_are_said_together(tmp_path: Path) -> None:
    write(tmp_path, own_rule(kind="word"), "SRV901-own-rule")
    write(tmp_path, own_rule(id="SRV902", name="other-rule", match=["("]), "SRV902-other-rule")
    (tmp_path / "service" / "SRV903-broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "service" / "SRV904-list.yaml").write_text("- id", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules(tmp_path)
    for name in ("SRV901", "SRV902", "SRV903", "SRV904"):
        assert name in str(caught.value)


def test_two_rules_of_one_id_are_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, own_rule())
    (tmp_path / "legal").mkdir()
    text = (tmp_path / "service" / "SRV901-own-rule.yaml").read_text(encoding="utf-8")
    (tmp_path / "legal" / "SRV901-own-rule.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match="SRV901 is also in"):
        load_rules(tmp_path)


@pytest.mark.parametrize("lexicon", ["free: 免费", "free: [免费, '{nobody}']"])
def test_a_broken_lexicon_says_what_is_wrong(tmp_path: Path, lexicon: str) -> None:
    (tmp_path / "lexicon.yaml").write_text(lexicon, encoding="utf-8")
    with pytest.raises(RuleError, match=r"lexicon\.yaml"):
        load_rules(tmp_path)


# ---- the same place is told once -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("乙方对本系统提供终身免费维护服务。", {"SRV001"}),
        ("乙方随叫随到，免费上门维修。", {"SRV004"}),
        ("乙方应无条件配合甲方的各项工作安排，不收取费用。", {"SRV005"}),
        ("乙方免费培训甲方人员，并完成甲方交办的其他工作。", {"SRV002"}),
        ("服务次数不限，乙方不另收费。", {"SRV003"}),
    ],
)
def test_one_sentence_is_told_by_the_rule_that_fits_best(text: str, told: set[str]) -> None:
    found = analyse(contract_of(text), predict=no_elements, threshold=0.0, stance="supplier").findings
    absences = {rule.id for rule in SHIPPED if rule.kind == "absence"}
    assert {f.rule for f in found if f.rule.startswith("SRV")} - absences == told


PROBE = """
import sys
from hetong.cli import app
try:
    app(["scan", sys.argv[1], "--format", "json", "--stance", "supplier"])
except SystemExit:
    pass
"""


def test_the_same_draft_gives_the_same_bytes_whatever_order_python_keeps_its_sets_in() -> None:
    draft = Path(__file__).parents[1] / "corpora" / "drafts" / "学校食堂委托经营合同.docx"
    command = [sys.executable, "-c", PROBE, str(draft)]
    runs = [
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert b'"findings"' in runs[0]


def test_two_different_risks_of_a_sentence_are_both_told() -> None:
    found = analyse(
        contract_of("乙方终身维护，上门次数不限。"), predict=no_elements, threshold=0.0, stance="supplier"
    ).findings
    assert {f.rule for f in found} >= {"SRV001", "SRV003"}
