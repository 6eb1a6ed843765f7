"""Who may import whom, lazy imports included; the picture is in docs/architecture.md."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "hetong"
LAYERS = [
    {"messages"},
    {"errors", "geometry", "trie"},
    {"document"},
    {"fold", "numerals", "tokens", "paragraphs", "rulebook", "predictor", "corpus", "splits", "sentences", "ordinary"},
    {"extract", "segment", "classify", "flag", "report", "config", "frames", "corpuscheck", "sentencecheck"},
    {"run"},
    {
        "batch", "spacy_bridge", "train", "evaluate", "ruletest", "rulecheck", "rulescore", "goldscore", "plant",
        "exchange", "plots", "sentencescore",
    },
    {"cli"},
]  # fmt: skip
# Inside a layer modules know nothing of each other, but for these: training scores what it trains, what is
# learned from or measured on may come from other tools, and rules as a set are looked at through their examples
ALLOWED = {
    ("train", "evaluate"),
    ("train", "exchange"),
    ("train", "ruletest"),
    ("sentencecheck", "corpuscheck"),
    ("train", "sentencescore"),
    ("sentencescore", "ruletest"),
    ("evaluate", "exchange"),
    ("rulecheck", "ruletest"),
    ("rulescore", "ruletest"),
    ("plant", "ruletest"),
}
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of hetong that a module imports anywhere, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [node.module or ""] if node.module != "hetong" else [f"hetong.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {[*name.split("."), "__init__"][1] for name in names if name.split(".")[0] == "hetong"}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_layers_below_and_never_from_its_siblings(path: Path) -> None:
    own = part_of(path)
    assert own in RANK, f"{own} has no place in the layers: add it to LAYERS and to docs/architecture.md"
    for other in imported(path) - {own}:
        assert other in RANK, f"{path.name} imports hetong.{other}: modules never import from hetong/__init__"
        fine = RANK[other] < RANK[own] or (own, other) in ALLOWED
        assert fine, f"{own} must not import {other}"
