"""A project says in hetong.toml, or on the command line, which rules run, how severe they are, and which it adds."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from hetong.cli import app
from hetong.config import Config, find_config, load_config
from hetong.errors import ConfigError, RuleError
from hetong.rulebook import RULES, load_rule, load_rules
from hetong.rulebook.choice import Choice, NewSeverity, all_rules, chosen_rules

PERPETUAL = yaml.safe_load((RULES / "service" / "SRV001-perpetual-service.yaml").read_text(encoding="utf-8"))
DRAFT = "维护合同\n甲方：青禾公司\n乙方：远山公司\n第一条 服务\n乙方对本系统提供终身免费维护服务。\n"


def config_of(folder: Path, text: str) -> Config:
    path = folder / "hetong.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def own_rules(folder: Path, **changes: object) -> Path:
    """A folder with one rule file, made from a shipped one."""
    data = {**PERPETUAL, **changes}
    path = folder / "house" / "service" / f"{data['id']}-{data['name']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder / "house"


def check(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.exit_code, done.output


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A draft with a perpetual service, in an empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    return "draft.txt"


# ---- the project file ------------------------------------------------------------------------------------------------
def test_a_project_file_says_everything_once(tmp_path: Path) -> None:
    said = config_of(
        tmp_path,
        'stance = "乙方"\nstrictness = "严格"\nlang = "en"\nrules = ["house"]\nselect = ["SRV", "LGL006"]\n'
        'disable = ["SRV004"]\n[severity]\nLGL006 = "none"\nSRV001 = {buyer = "low"}\n',
    )
    assert said == Config(
        "乙方",
        "en",
        Choice(
            "严格",
            ("SRV", "LGL006"),
            ("SRV004",),
            (NewSeverity("LGL006", None, None), NewSeverity("SRV001", "buyer", "low")),
            (tmp_path / "house",),
        ),
    )


def test_all_mistakes_of_a_project_file_are_said_at_once(tmp_path: Path) -> None:
    text = 'stanse = "buyer"\nstance = "seller"\nstrictness = 3\nselect = "SRV"\n[severity]\nSRV001 = "bad"\nSRV002 = {us = "low"}\n'
    with pytest.raises(ConfigError) as caught:
        config_of(tmp_path, text)
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert all("hetong.toml" in line for line in lines)
    for words in ("stanse: no such key", "stance: must be one of", "strictness: must be", "select: write a list"):
        assert words in str(caught.value)


@pytest.mark.parametrize("text", ["stance = ", "[severity", "severity = 3"])
def test_a_project_file_that_is_no_toml_or_of_another_shape_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"hetong\.toml"):
        config_of(tmp_path, text)


def test_the_nearest_project_file_above_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "hetong.toml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "hetong.toml"
    (tmp_path / "a" / "hetong.toml").write_text("", encoding="utf-8")
    assert find_config(deep) == tmp_path / "a" / "hetong.toml"


# ---- which rules run -------------------------------------------------------------------------------------------------
def test_rules_are_selected_and_disabled_by_id_or_its_beginning() -> None:
    rules = {rule.id for rule in chosen_rules(Choice(select=("SRV00",), disable=("SRV003",)))}
    assert {"SRV001", "SRV002"} <= rules
    assert "SRV003" not in rules
    assert all(rule.startswith("SRV00") for rule in rules)


def test_a_rule_that_does_not_exist_is_said_whether_selected_disabled_or_reweighed() -> None:
    choice = Choice(select=("SRV", "XYZ"), disable=("ABC001",), severities=(NewSeverity("QQQ", None, "low"),))
    with pytest.raises(RuleError) as caught:
        chosen_rules(choice)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["XYZ", "ABC001", "QQQ"]


def test_severity_is_changed_for_one_stance_or_for_all() -> None:
    choice = Choice(select=("SRV001", "SRV002"), severities=(NewSeverity("SRV001", "buyer", "low"), NewSeverity("SRV002", None, None)))  # fmt: skip
    (rule,) = chosen_rules(choice)
    assert (rule.id, rule.severity["buyer"], rule.severity["supplier"]) == ("SRV001", "low", "high")


def test_the_stricter_the_more_rules_speak() -> None:
    strict, normal, lenient = (
        {rule.id for rule in chosen_rules(Choice(strictness=word))} for word in ("strict", "normal", "lenient")
    )
    assert lenient < normal <= strict
    assert strict == {rule.id for rule in load_rules()}
    assert chosen_rules(Choice("严格")) == chosen_rules(Choice("strict"))


def test_lenient_is_silent_about_what_is_of_low_severity() -> None:
    assert not any("low" in rule.severity.values() for rule in chosen_rules(Choice("lenient")))


# ---- own rules -------------------------------------------------------------------------------------------------------
def test_an_own_rule_is_added_and_one_with_a_shipped_id_takes_its_place(tmp_path: Path) -> None:
    own_rules(tmp_path, id="SRV901", name="own-rule")
    folder = own_rules(tmp_path, title={"zh": "自定", "en": "own"})
    rules = {rule.id: rule for rule in all_rules([folder])}
    assert rules["SRV001"].title["zh"] == "自定"
    assert len(rules) == len(load_rules()) + 1


def test_own_rules_may_name_shipped_word_classes_and_their_own(tmp_path: Path) -> None:
    folder = own_rules(tmp_path, id="SRV901", name="own-rule", match=["{forever}{~}{gift}"])
    (folder / "lexicon.yaml").write_text("gift: [送花, 送茶]\n", encoding="utf-8")
    assert any(rule.id == "SRV901" for rule in all_rules([folder]))
    assert load_rule(folder / "service" / "SRV901-own-rule.yaml").id == "SRV901"


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules here"):
        all_rules([tmp_path])


# ---- through the command line ----------------------------------------------------------------------------------------
def test_the_project_file_beside_a_draft_is_used_and_options_come_before_it(draft: str) -> None:
    assert "SRV001" in check(draft)[1]
    Path("hetong.toml").write_text('stance = "buyer"\n', encoding="utf-8")
    assert "SRV001" not in check(draft)[1]
    assert "SRV001" in check(draft, "--stance", "supplier")[1]
    Path("other.toml").write_text('disable = ["SRV"]\n', encoding="utf-8")
    assert "SRV001" not in check(draft, "--config", "other.toml")[1]


def test_an_own_folder_of_rules_is_used_by_check_scan_and_rules(draft: str, tmp_path: Path) -> None:
    folder = own_rules(tmp_path, id="SRV901", name="own-rule", match=["免费维护"], severity=dict.fromkeys(("buyer", "supplier", "neutral"), "high"))  # fmt: skip
    assert "SRV901" in check(draft, "--rules", str(folder))[1]
    run = CliRunner()
    assert "SRV901" in run.invoke(app, ["scan", draft, "--format", "json", "--rules", str(folder)]).output
    assert "SRV901" in run.invoke(app, ["rules", "list", "--rules", str(folder)]).output


def test_a_mistake_in_a_project_file_ends_the_command_with_its_name(draft: str) -> None:
    Path("hetong.toml").write_text('stance = "nobody"\n', encoding="utf-8")
    code, output = check(draft)
    assert code == 2
    assert "hetong.toml: stance" in output


def test_rules_test_says_which_case_of_an_own_rule_fails(tmp_path: Path) -> None:
    folder = own_rules(tmp_path, match=["不会出现的词"], meaning=[])
    done = CliRunner().invoke(app, ["rules", "test", str(folder / "service" / "SRV001-perpetual-service.yaml")])
    assert done.exit_code == 1
    assert "SRV001 example: 乙方对本系统提供终身免费维护服务。: does not fire" in done.output
    shipped = RULES / "service" / "SRV001-perpetual-service.yaml"
    assert CliRunner().invoke(app, ["rules", "test", str(shipped)]).exit_code == 0
