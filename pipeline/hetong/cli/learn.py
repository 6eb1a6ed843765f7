"""`hetong train` and `hetong evaluate`: fitting the element model, and measuring the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hetong.cli.shell import USAGE, ConfigOption, LangOption, RulesOption, StrictnessOption, configured, explained
from hetong.errors import FileError
from hetong.messages import say
from hetong.report.folder import prepare_folder
from hetong.report.inert import one_line
from hetong.splits import Split


def train(
    corpora: Annotated[Path, typer.Argument(help="标注合同所在文件夹 · folder of annotated contracts")],
    output: Annotated[Path, typer.Option("-o", "--output", help="模型文件夹 · folder of the model")],
    *,
    rows: Annotated[
        list[Path] | None,
        typer.Option("--rows", help="另加的标注行（hetong corpus import 写出） · rows that hetong corpus import wrote"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """从标注合同训练要素模型 · fit the element model from annotated contracts."""
    try:
        from hetong.exchange.rows import read_rows
        from hetong.train import train as fit
    except ModuleNotFoundError as error:
        typer.echo(say("training-missing", lang or "zh", module=error.name), err=True)
        raise typer.Exit(USAGE) from error
    with explained(lang):
        if not corpora.is_dir():
            raise FileError(corpora, "missing-folder")
        prepare_folder(output)
        typer.echo(fit(corpora, output, [row for path in rows or () for row in read_rows(path)]))


def evaluate(
    corpora: Annotated[Path, typer.Argument(help="标注合同所在文件夹 · folder of annotated contracts")] = Path(
        "corpora"
    ),
    *,
    labels: Annotated[
        bool, typer.Option("--labels", help="与标注比对：每条规则的精确率和召回率 · each rule against the labels")
    ] = False,
    plant: Annotated[
        bool, typer.Option("--plant", help="植入缺陷：每类缺陷找到多少 · plant defects and see what is found")
    ] = False,
    contracts: Annotated[
        bool,
        typer.Option(
            "--contracts",
            help="整份合同：结构、类型、买卖双方、完整性 · whole contracts: structure, type, sides, completeness",
        ),
    ] = False,
    split: Annotated[
        Split | None, typer.Option("--split", help="只量 splits.csv 中的一部分 · of one split only, with --contracts")
    ] = None,
    strictness: StrictnessOption = None,
    rules: RulesOption = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """在标注合同上衡量规则 · measure the rules on annotated contracts."""
    from hetong.corpus import load_contracts
    from hetong.rulebook.choice import chosen_rules

    with explained(lang):
        said = configured(config, lang=lang, strictness=strictness, rules=rules)
        if not corpora.is_dir():
            raise FileError(corpora, "missing-folder")
        if not (labels or plant or contracts):
            typer.echo(say("evaluate-what", said.lang), err=True)
            raise typer.Exit(USAGE)
        if contracts:
            _whole_contracts(corpora, split)
        sources, book = load_contracts(corpora) if labels or plant else [], chosen_rules(said.choice)
    if labels:
        from hetong.rulescore import score
        from hetong.rulescore import table as score_table

        scores, misses = score(sources, book)
        for line in score_table(scores):
            typer.echo(line)
        for miss in misses:
            typer.echo(f"{miss.what} {miss.rule} {miss.contract} {one_line(miss.clause)}")
    if plant:
        from hetong.plant import plant as plant_defects
        from hetong.plant import table as plant_table

        for line in plant_table(plant_defects(sources, book)):
            typer.echo(line)


def _whole_contracts(corpora: Path, split: Split | None) -> None:
    """Prints how whole contracts are read."""
    from hetong.goldscore import contracts_of, score, table

    for line in table(score(contracts_of(corpora, split))):
        typer.echo(one_line(line))
