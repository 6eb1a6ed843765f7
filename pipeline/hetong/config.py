"""Reads `hetong.toml`, in which a project says once what every check of it shall do.

stance = "supplier"              # neutral, buyer, supplier, 甲方 or 乙方
strictness = "normal"            # strict, normal or lenient (严格, 中立, 宽松)
lang = "zh"
rules = ["house-rules"]          # folders of own rules, beside this file
detectors = "on"                 # on, off, or a folder of detectors of one's own (hetong train --detectors)
model = "our-model"              # folder of an element model of one's own (hetong train -o), beside this file
select = ["SRV", "LGL"]          # ids or their beginnings; all when left out
disable = ["DOC001"]

[severity]
LGL040 = "none"                  # for every stance
SRV004 = {buyer = "low"}         # for one
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

from hetong.document import SEVERITIES, STANCES, Side
from hetong.errors import ConfigError
from hetong.messages import Lang
from hetong.rulebook.choice import Choice, NewSeverity, Strictness

NAME: Final = "hetong.toml"
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "stance": get_args(Side), "strictness": get_args(Strictness), "lang": get_args(Lang),
}  # fmt: skip
SWITCH: Final = ("on", "off")
LISTS: Final = ("rules", "select", "disable")
KEYS: Final = frozenset((*CHOICES, *LISTS, "detectors", "model", "severity"))


class Config(NamedTuple):
    """What a project file says; a command's own options come before it.

    `model` is the folder of an element model, None for the shipped one; `detectors` is on, off, or a folder.
    """

    stance: Side = "neutral"
    lang: Lang = "zh"
    choice: Choice = Choice()
    model: Path | None = None
    detectors: str = "on"


def find_config(folder: Path) -> Path | None:
    """The `hetong.toml` of a folder or of the nearest folder above it that has one."""
    return next((place / NAME for place in (folder, *folder.parents) if (place / NAME).is_file()), None)


def load_config(path: Path) -> Config:
    """The settings of a project file.

    Raises:
        ConfigError: the file cannot be read, is no TOML, or has mistakes; every one is listed with key and remedy.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: not readable TOML: {error}") from error
    wrong = list(_mistakes(data))
    if wrong:
        raise ConfigError("\n".join(f"{path}: {mistake}" for mistake in wrong))
    choice = Choice(
        strictness=data.get("strictness", "normal"),
        select=tuple(data.get("select", ())),
        disable=tuple(data.get("disable", ())),
        severities=tuple(_severities(data.get("severity", {}))),
        folders=tuple(path.parent / folder for folder in data.get("rules", ())),
    )
    model = path.parent / data["model"] if "model" in data else None
    detectors = data.get("detectors", "on")
    detectors = detectors if detectors in SWITCH else str(path.parent / detectors)
    return Config(data.get("stance", "neutral"), data.get("lang", "zh"), choice, model, detectors)


def _severities(table: Mapping[str, Any]) -> Iterator[NewSeverity]:
    for rule, level in table.items():
        levels = level if isinstance(level, dict) else {None: level}
        yield from (NewSeverity(rule, stance, None if name == "none" else name) for stance, name in levels.items())


def _mistakes(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{key}: no such key; remove it" for key in sorted(data.keys() - KEYS))
    for key, allowed in CHOICES.items():
        if key in data and data[key] not in allowed:
            yield f"{key}: must be one of {', '.join(allowed)}"
    for key in LISTS:
        value = data.get(key, [])
        if not (isinstance(value, list) and all(isinstance(item, str) and item for item in value)):
            yield f"{key}: write a list of texts"
    if not (isinstance(data.get("model", "-"), str) and data.get("model", "-")):
        yield "model: write the folder of a model"
    if not (isinstance(data.get("detectors", "on"), str) and data.get("detectors", "on")):
        yield "detectors: write on, off, or the folder of detectors"
    table = data.get("severity", {})
    if not isinstance(table, dict):
        yield "severity: write a table [severity] of rules"
        return
    for rule, level in table.items():
        levels = level.items() if isinstance(level, dict) else [(STANCES[0], level)]
        if not all(stance in STANCES and name in {*SEVERITIES, "none"} for stance, name in levels):
            yield f"severity.{rule}: give high, medium, low or none, or one of them for buyer, supplier, neutral"
