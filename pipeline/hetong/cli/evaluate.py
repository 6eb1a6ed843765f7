"""`hetong evaluate`: how well elements are told and rules speak on annotated contracts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hetong.cli.shell import (
    ConfigOption,
    DetectorsOption,
    LangOption,
    ModelOption,
    StrictnessOption,
    configured,
    explained,
)
from hetong.errors import FileError
from hetong.messages import say
from hetong.report.inert import one_line
from hetong.splits import Split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hetong.config import Config
    from hetong.evaluate import Mistake
    from hetong.evaluate.rows import Row
    from hetong.messages import Lang
    from hetong.rulebook import Rule
    from hetong.sentences import Sentence

SHOWN = 90  # characters of a clause that was taken for another element
NAMED = 3  # contracts that a warning names


def evaluate(
    corpora: Annotated[
        Path,
        typer.Argument(help="标注合同文件夹，或 hetong corpus import 写出的 rows.jsonl · annotated contracts, or rows"),
    ] = Path("corpora"),
    *,
    split: Annotated[Split | None, typer.Option("--split", help="只要这一部分 · this split only")] = None,
    worst: Annotated[
        int, typer.Option("--worst", min=0, help="列出最有把握却错的若干条 · the surest mistakes, so many")
    ] = 10,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="另写入 JSON 文件 · write the figures to a file as well")
    ] = None,
    labels: Annotated[
        bool, typer.Option("--labels", help="改为与标注比对：每条规则的精确率和召回率 · each rule against the labels")
    ] = False,
    by_source: Annotated[
        bool,
        typer.Option(
            "--rules",
            help="改为例句：各规则按来源（措辞、含义、检测器） · each rule on sentences of writers set aside",
        ),
    ] = False,
    curve: Annotated[
        bool,
        typer.Option("--curve", help="另加学习曲线（几分钟） · and how it grows with sentences and writers (minutes)"),
    ] = False,
    plant: Annotated[
        bool, typer.Option("--plant", help="改为植入缺陷：每类缺陷找到多少 · plant defects and see what is found")
    ] = False,
    contracts: Annotated[
        bool,
        typer.Option(
            "--contracts",
            help="改为整份合同：结构、类型、买卖双方、完整性 · whole contracts: structure, type, sides, completeness",
        ),
    ] = False,
    model: ModelOption = None,
    detectors: DetectorsOption = None,
    strictness: StrictnessOption = None,
    own: Annotated[
        list[Path] | None,
        typer.Option("--own-rules", help="自有规则文件夹，同号规则优先 · own rules; they come before shipped ones"),
    ] = None,
    config: ConfigOption = None,
    lang: LangOption = None,
) -> None:
    """在标注合同上衡量要素模型、规则或整份合同 · how well elements are told; or the rules, or whole contracts."""
    with explained(lang):
        said = configured(config, lang=lang, strictness=strictness, rules=own, model=model, detectors=detectors)
        if labels or plant:
            _rules(corpora, said, labels=labels, plant=plant)
        if contracts:
            _whole_contracts(corpora, split)
        if by_source or curve:
            _by_source(corpora, said, curve=curve)
        if not (labels or plant or contracts or by_source or curve):
            figures = _elements(corpora, split, worst, said)
            if json_file is not None:
                _write(json_file, figures, said.lang)


def _elements(source: Path, split: Split | None, count: int, said: Config) -> dict[str, Any]:
    """Prints what is measured of the element model, and returns it as JSON values."""
    from hetong.evaluate import evaluate as measure
    from hetong.evaluate import keywords, majority, worst
    from hetong.evaluate.scores import side_by_side
    from hetong.evaluate.sources import labelled_rows
    from hetong.predictor import load_card, load_model, model_folder

    rows, folder = labelled_rows(source, split), said.model or model_folder("elements")
    model, card = load_model(folder), load_card(folder)
    learned = _warn(card, rows, folder / "card.json", said.lang)
    found, mistakes = measure(rows, model), worst(rows, model, count)
    # the most frequent element of these very contracts: the most that saying one element can reach
    compared = {"majority": measure(rows, majority(rows)).scores, "keywords": measure(rows, keywords()).scores}
    typer.echo(found.report())
    typer.echo("\n" + side_by_side({**compared, "model": found.scores}))
    for line in _mistake_lines(mistakes, said.lang):
        typer.echo(line)
    return {
        "source": str(source), "split": split, "contracts": len({row.contract for row in rows}),
        "model": str(folder), "weights_sha256": card["weights_sha256"], "learned_from": learned,
        "elements": found.as_dict(), "baselines": {name: one.as_dict() for name, one in compared.items()},
        "worst": [mistake._asdict() for mistake in mistakes],
    }  # fmt: skip


def _warn(card: dict[str, Any], rows: Sequence[Row], path: Path, lang: Lang) -> list[str]:
    """Says what the model has learned of these contracts, and returns which they are."""
    from hetong.evaluate import learned_from
    from hetong.evaluate.learned import says_what_was_learned

    learned, count = learned_from(card, rows), len({row.contract for row in rows})
    names = one_line(", ".join(learned[:NAMED]) + (" …" if len(learned) > NAMED else ""))
    where = one_line(str(path))
    if learned:
        typer.echo(say("learned-from", lang, count=count, known=len(learned), names=names, card=where), err=True)
    elif not says_what_was_learned(card):
        typer.echo(say("learned-unknown", lang, card=where), err=True)
    return learned


def _mistake_lines(mistakes: Sequence[Mistake], lang: Lang) -> list[str]:
    """A line a mistake: what it is, what it was taken for and how surely, where it stands, what it says."""
    lines = ["", f"{'is':10}{'taken for':10}  sure  clause"] if mistakes else []
    for one in mistakes:
        text = one_line(one.text)
        text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        second = say("labelled-too", lang) if one.said in one.secondary else ""
        where = one_line(f"{one.contract} {one.heading}".strip())
        lines.append(f"{one.element:10}{one.said:10} {one.confidence:5.2f}  {where}: {text}{second}")
    return lines


def _write(path: Path, figures: dict[str, Any], lang: Lang) -> None:
    from hetong.report.folder import write_text

    write_text(path, json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    typer.echo(say("measured-at", lang, path=one_line(str(path))), err=True)


def _whole_contracts(corpora: Path, split: Split | None) -> None:
    """Prints how whole contracts are read."""
    from hetong.goldscore import contracts_of, score, table

    if not corpora.is_dir():
        raise FileError(corpora, "missing-folder")
    for line in table(score(contracts_of(corpora, split))):
        typer.echo(one_line(line))


def _by_source(corpora: Path, said: Config, *, curve: bool) -> None:
    """Prints how rules do on the sentences of the writers set aside, and how that grows with what is written."""
    from hetong.predictor import detectors_called
    from hetong.rulebook.choice import chosen_rules
    from hetong.sentences import FOLDER, chosen, load_sentences
    from hetong.sentencescore import score, table

    if not (corpora / FOLDER).is_dir():
        raise FileError(corpora / FOLDER, "missing-folder")
    sentences, book = load_sentences(corpora / FOLDER), chosen_rules(said.choice)
    for line in table(score(chosen(sentences, "aside"), book, detectors_called(said.detectors))):
        typer.echo(line)
    if curve:
        _growth(corpora, sentences, book)


def _growth(corpora: Path, sentences: Sequence[Sentence], book: tuple[Rule, ...]) -> None:
    """Prints how the detectors grow; fits them anew for each line."""
    from hetong.train.growth import growth, table
    from hetong.train.stretches import of_documents

    typer.echo("")
    for line in table(growth(sentences, of_documents(corpora), book)):
        typer.echo(line)


def _rules(corpora: Path, said: Config, *, labels: bool, plant: bool) -> None:
    """Prints how the rules do against the labels, and on planted defects."""
    from hetong.corpus import load_contracts
    from hetong.rulebook.choice import chosen_rules

    if not corpora.is_dir():
        raise FileError(corpora, "missing-folder")
    contracts, book = load_contracts(corpora), chosen_rules(said.choice)
    if labels:
        from hetong.rulescore import score
        from hetong.rulescore import table as score_table

        scores, misses = score(contracts, book)
        for line in score_table(scores):
            typer.echo(line)
        for miss in misses:
            typer.echo(f"{miss.what} {miss.rule} {miss.contract} {one_line(miss.clause)}")
    if plant:
        from hetong.plant import plant as plant_defects
        from hetong.plant import table as plant_table

        for line in plant_table(plant_defects(contracts, book)):
            typer.echo(line)
