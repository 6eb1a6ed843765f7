"""`hetong rules`: what the rules are, and whether they do what they say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hetong.cli.shell import FINDINGS, USAGE, ConfigOption, LangOption, RulesOption, configured, explained
from hetong.messages import say
from hetong.report.inert import one_line

if TYPE_CHECKING:
    from hetong.messages import Lang
    from hetong.rulebook import Rule

rules = typer.Typer(help="查看与检验规则 · the rules", no_args_is_help=True, rich_markup_mode=None)


def _book(own: list[Path] | None, config: Path | None, lang: Lang | None) -> tuple[tuple[Rule, ...], Lang]:
    """All rules, shipped and own, whatever the project selects, and the language."""
    from hetong.rulebook.choice import all_rules

    said = configured(config, lang=lang, rules=own)
    return all_rules(said.choice.folders), said.lang


@rules.command("list")
def rules_list(own: RulesOption = None, config: ConfigOption = None, lang: LangOption = None) -> None:
    """列出全部规则 · all rules, one a line."""
    from hetong.report.rule_text import list_line

    with explained(lang):
        book, language = _book(own, config, lang)
        for rule in book:
            typer.echo(list_line(rule, language))


@rules.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(help="编号或名称，如 SRV001 · id or name", metavar="RULE")],
    own: RulesOption = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """一条规则：查什么、为何不好、法律、例子、相近写法、建议条文 · one rule in full."""
    from hetong.report.rule_text import rule_lines

    with explained(lang):
        book, language = _book(own, config, lang)
    found = [known for known in book if rule.casefold() in (known.id.casefold(), known.name.casefold())]
    if not found:
        typer.echo(say("unknown-rule", language, rule=one_line(rule)), err=True)
        raise typer.Exit(USAGE)
    for line in rule_lines(found[0], language):
        typer.echo(line)


@rules.command("test")
def rules_test(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="规则文件，缺省为全部 · rule files, all rules by default", metavar="FILE"),
    ] = None,
    own: RulesOption = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """规则在自己的例句上是否命中、在相近写法上是否沉默 · run rules on their own examples; exit 1 when one fails."""
    from hetong.rulebook import load_rule
    from hetong.ruletest import verdicts

    with explained(lang):
        book, language = _book(own, config, lang)
        chosen = [load_rule(path) for path in files] if files else book
        told = [verdict for rule in chosen for verdict in verdicts(rule)]
    wrong = [verdict for verdict in told if verdict.wrong]
    for verdict in wrong:
        typer.echo(f"{verdict.rule} {verdict.case}: {one_line(verdict.text)}: {one_line(verdict.wrong)}")
    typer.echo(say("rules-tested", language, rules=len(chosen), cases=len(told), wrong=len(wrong)), err=True)
    if wrong:
        raise typer.Exit(FINDINGS)


@rules.command("check")
def rules_check(
    drafts: Annotated[
        list[str] | None, typer.Argument(help="另在这些草稿上看 · drafts to look at as well", metavar="PATH")
    ] = None,
    own: RulesOption = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """从不说话的规则、总是同时命中的规则、长文本上变慢的模式 · dead rules, twins, slow patterns; exit 1 when any."""
    from hetong.batch.find import find_drafts
    from hetong.extract import READERS, read
    from hetong.rulecheck import remarks
    from hetong.ruletest import prepared

    with explained(lang):
        book, language = _book(own, config, lang)
        paths, errors = find_drafts(drafts or [], READERS)
        if errors:
            raise errors[0]
        found = list(remarks(book, [prepared(read(path)) for path in paths]))
    for remark in found:
        typer.echo(f"{remark.rule} {say(f'rule-{remark.trouble}', language, words=one_line(remark.words))}")
    serious = [remark for remark in found if remark.trouble != "untested"]
    typer.echo(say("rules-checked", language, rules=len(book), remarks=len(serious)), err=True)
    if serious:
        raise typer.Exit(FINDINGS)
