"""Docs that lag behind the program fail here."""

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from hetong.cli import app
from hetong.config import load_config
from hetong.rulebook import RULES, Lexicon, load_rules, needs
from hetong.rulebook.patterns import load_classes

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def docs_build() -> ModuleType:
    """The module docs/build.py, by its path: the notebooks have a build.py too."""
    spec = importlib.util.spec_from_file_location("docs_build", ROOT / "docs" / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def hetong_commands(path: Path) -> list[list[str]]:
    lines = [line for block in blocks(path, "") for line in block.splitlines() if line.startswith("hetong ")]
    return [shlex.split(line.split("  #")[0].split(" # ")[0])[1:] for line in lines]


def test_pages_written_from_the_program_are_up_to_date() -> None:
    build = docs_build()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == build.cli_page(), "run `make docs`"
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == build.rules_page(), "run `make docs`"
    assert (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8") == build.sentences_page(), "run `make docs`"
    assert (ROOT / "docs" / "measured.md").read_text(encoding="utf-8") == build.measured_page(), "run `make docs`"
    assert (ROOT / "docs" / "completeness.md").read_text(encoding="utf-8") == build.completeness_page()


def test_what_patterns_need_is_what_is_worked_out_anew() -> None:
    assert needs.FILE.read_text(encoding="utf-8") == docs_build().needs_file(), "run `make docs`"
    assert needs.known_needs(load_classes(RULES))


def test_what_patterns_need_is_not_taken_from_the_file_when_a_word_class_was_changed() -> None:
    classes = load_classes(RULES)
    assert not needs.known_needs(classes | {"free": ["白送"]})
    assert Lexicon(classes | {"free": ["白送"]}).needs_of("{free}").sets == (frozenset({"白送"}),)


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_every_command_of_the_readme_is_one_that_the_program_knows(path: Path) -> None:
    commands = hetong_commands(path)
    assert {c[0] for c in commands} == {"scan", "check", "rules", "evaluate", "train"}
    for command in commands:
        words = [w for w in command if not w.startswith("-")][: 2 if command[0] == "rules" else 1]
        help_text = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "200"})
        assert help_text.exit_code == 0, command
        for option in (w for w in command if w.startswith("-")):
            assert option in re.sub(r"\x1b\[[0-9;]*m", "", help_text.output), f"{option} of {command}"


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_the_project_file_of_the_readme_is_one_that_the_program_reads(path: Path, tmp_path: Path) -> None:
    (tmp_path / "hetong.toml").write_text(blocks(path, "toml")[0], encoding="utf-8")
    said = load_config(tmp_path / "hetong.toml")
    assert said.stance == "乙方"
    assert len(said.choice.severities) == 2


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_the_python_of_the_readme_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas", reason="needs the extra hetong[train]")
    monkeypatch.chdir(ROOT)
    scope: dict[str, object] = {}
    exec(blocks(path, "python")[0], scope)
    assert len(scope["frame"]) > 0


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_make_targets_of_the_readme_exist(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", "\n".join(blocks(path, "")), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("path", READMES, ids=lambda p: p.name)
def test_links_lead_to_files_and_figures_are_filled_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "{" not in re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
    assert f"{len(load_rules())} " in text
