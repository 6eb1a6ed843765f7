"""Small plots of frames and counts, with Chinese names whatever fonts the machine has.

Each function returns a matplotlib `Figure` that is closed to pyplot: a notebook shows it once, `figure.savefig(path)`
writes it. The font is Noto Sans SC (OFL) from the package zhplot. Needs the extra `hetong[notebooks]`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Hashable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import font_manager, rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter, PercentFormatter

from hetong.document import ELEMENTS
from hetong.report.words import WORDS

FONT: Final = "Noto Sans SC"
COLORS: Final = ("#2f6690", "#d1495b", "#edae49", "#66a182", "#8d6a9f", "#9aa0a6", "#4f4f4f", "#c98b5b")
SEVERITY_COLORS: Final = {"high": "#d1495b", "medium": "#edae49", "low": "#9aa0a6"}
WIDTH: Final = 7.0  # inches
ROW: Final = 0.3  # inches of height for each bar
DARK: Final = 0.55  # shares above it are written in white


@cache
def _use_font() -> None:
    """Sets matplotlib's font for this process.

    Raises:
        ImportError: zhplot is not installed.
    """
    package = importlib.util.find_spec("zhplot")
    if package is None or package.origin is None:
        raise ImportError('zhplot is missing; run pip install "hetong[notebooks]"', name="zhplot")
    font_manager.fontManager.addfont(Path(package.origin).parent / "fonts" / "NotoSansSC-Regular.ttf")
    rcParams["font.family"] = [FONT]
    rcParams["axes.unicode_minus"] = False


def _axes(title: str, height: float, width: float = WIDTH) -> tuple[Figure, Axes]:
    _use_font()
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    plt.close(figure)
    axes.set_title(title, loc="left")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def names(keys: pd.Index[Any]) -> list[str]:
    """The Chinese names of elements, severities, states or, when the index is called `kind`, of kinds of contract.

    Other keys stay as they are.
    """
    prefix = "type-" if keys.name == "kind" else ""
    return [WORDS[f"{prefix}{key}"]["zh"] if f"{prefix}{key}" in WORDS else str(key) for key in keys]


def _color(key: Hashable, number: int) -> str:
    """Elements and severities keep their colour from plot to plot."""
    if key in SEVERITY_COLORS:
        return SEVERITY_COLORS[str(key)]
    at = ELEMENTS.index(key) if key in ELEMENTS else number
    return COLORS[at % len(COLORS)]


def bars(counts: pd.Series[Any], title: str, label: str = "") -> Figure:
    """A horizontal bar for each value, the first on top, with the value behind it; `label` names the axis."""
    figure, axes = _axes(title, 1 + ROW * len(counts))
    values = counts.to_numpy()
    colors = [_color(key, 0) for key in counts.index]
    drawn = axes.barh(names(counts.index), values, color=colors)
    axes.bar_label(drawn, fmt="{:,.0f}" if np.issubdtype(values.dtype, np.integer) else "{:.3f}", padding=3)
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.margins(x=0.12)
    return figure


def stacked(shares: pd.DataFrame, title: str, label: str = "") -> Figure:
    """A horizontal bar a row, cut into the columns; the values are shares (0 to 1) or counts."""
    figure, axes = _axes(title, 1.4 + ROW * len(shares))
    rows = names(shares.index)
    left = np.zeros(len(shares))
    for number, (column, shown) in enumerate(zip(shares.columns, names(shares.columns), strict=True)):
        values = shares[column].to_numpy(dtype=float)
        axes.barh(rows, values, left=left, color=_color(column, number), label=shown)
        left += values
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    if left.max() <= 1.001:
        axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure


def spread(values: pd.Series[Any], by: pd.Series[Any], title: str, label: str) -> Figure:
    """A box a group: median, quartiles, and whiskers to the 5th and 95th percentile, on a logarithmic axis."""
    groups = pd.Index([key for key in ELEMENTS if (by == key).any()] or sorted(set(by)), name=by.name)
    figure, axes = _axes(title, 1.2 + 0.45 * len(groups))
    samples = [values[by == key].to_numpy(dtype=float) for key in groups]
    drawn = axes.boxplot(samples, orientation="horizontal", tick_labels=names(groups), whis=(5, 95), showfliers=False,
                         patch_artist=True, medianprops={"color": "black"})  # fmt: skip
    for number, (key, box) in enumerate(zip(groups, drawn["boxes"], strict=True)):
        box.set_facecolor(_color(key, number))
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.invert_yaxis()
    axes.set_xlabel(label)
    return figure


def heat(shares: pd.DataFrame, title: str, label: str = "") -> Figure:
    """A square for each share (0 to 1), written in percent; a gap stays empty."""
    figure, axes = _axes(title, 1.4 + 0.32 * len(shares), max(WIDTH, 2.5 + 0.75 * len(shares.columns)))
    values = shares.to_numpy(dtype=float)
    axes.imshow(values, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    texts = [["" if np.isnan(value) else f"{value:.0%}" for value in row] for row in values]
    _squares(axes, values, texts)
    _ticks(axes, names(shares.columns), names(shares.index))
    axes.set_xlabel(label)
    return figure


def confusion(counts: np.ndarray[Any, Any] | pd.DataFrame, title: str, order: Sequence[str] = ELEMENTS,
              axes_names: tuple[str, str] = ("标注", "预测")) -> Figure:  # fmt: skip
    """Counts of row taken for column, coloured by the share of the row; `axes_names` name rows and columns."""
    numbers = np.asarray(counts)
    shares = numbers / np.maximum(numbers.sum(axis=1, keepdims=True), 1)
    figure, axes = _axes(title, 1.4 + 0.5 * len(order))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    _squares(axes, shares, [[f"{count:,}" for count in row] for row in numbers.tolist()])
    shown = names(pd.Index(order))
    _ticks(axes, shown, shown)
    axes.set_ylabel(axes_names[0])
    axes.set_xlabel(axes_names[1])
    return figure


def _squares(axes: Axes, shares: np.ndarray[Any, Any], texts: Sequence[Sequence[str]]) -> None:
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            color = "white" if shares[row, column] > DARK else "black"
            axes.text(column, row, text, ha="center", va="center", color=color, fontsize=9)


def _ticks(axes: Axes, columns: Sequence[str], rows: Sequence[str]) -> None:
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def intervals(figures: pd.DataFrame, title: str, label: str) -> Figure:
    """A point a row with its interval: the columns `value`, `low` and `high`, all from 0 to 1."""
    figure, axes = _axes(title, 1 + 0.4 * len(figures))
    value = figures["value"].to_numpy(dtype=float)
    reach = np.stack([value - figures["low"], figures["high"] - value]).clip(0)
    rows = names(figures.index)
    axes.errorbar(value, rows, xerr=reach, fmt="o", color=COLORS[0], capsize=4)
    for row, one in enumerate(value):
        axes.annotate(f"{one:.3f}", (one, row), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=9)
    axes.invert_yaxis()
    axes.margins(y=0.2)
    axes.set_xlabel(label)
    axes.grid(axis="x", alpha=0.3)
    return figure


def line(x: Sequence[float], y: Sequence[float], title: str, labels: tuple[str, str], diagonal: bool = False) -> Figure:
    """Points joined by a line, both axes in percent; `diagonal` shows where both would be equal."""
    figure, axes = _axes(title, 4.2, 5.6)
    if diagonal:
        axes.plot([0, 1], [0, 1], color=COLORS[5], linestyle="--", label="完全校准")
        axes.legend(frameon=False)
    axes.plot(x, y, marker="o", color=COLORS[0])
    for at, value in zip(x, y, strict=True):
        axes.annotate(f"{value:.0%}", (at, value), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=9)
    axes.margins(0.08, 0.15)
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.grid(alpha=0.3)
    return figure


def curves(values: pd.DataFrame, title: str, labels: tuple[str, str]) -> Figure:
    """A line a column over the numbers of the index, its values (0 to 1) in percent; gaps are passed over."""
    figure, axes = _axes(title, 4.2, 5.6)
    for number, (column, shown) in enumerate(zip(values.columns, names(values.columns), strict=True)):
        series = values[column].dropna().sort_index()
        axes.plot(series.index, series, marker="o", color=_color(column, number), label=shown)
        for at, value in series.items():
            axes.annotate(
                f"{value:.0%}", (at, value), xytext=(0, 8), textcoords="offset points", ha="center", fontsize=9
            )
    axes.margins(0.08, 0.15)
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xlabel(labels[0])
    axes.set_ylabel(labels[1])
    axes.legend(frameon=False)
    axes.grid(alpha=0.3)
    return figure
