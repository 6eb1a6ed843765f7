"""Plots name things in Chinese, on a machine without Chinese fonts too: a missing glyph is a warning, which is an error."""

import io
import subprocess
import sys

import pytest

pytest.importorskip("matplotlib", reason="needs the extra hetong[notebooks]")
pytest.importorskip("zhplot", reason="needs the extra hetong[notebooks]")
pytest.importorskip("pandas", reason="needs the extra hetong[train]")

import pandas as pd
from matplotlib.figure import Figure

from hetong import plots
from hetong.document import ELEMENTS

COUNTS = pd.Series({"subject": 3, "pricing": 5, "无限责任、赔偿一切损失": 2})
SHARES = pd.DataFrame(
    {"pricing": [0.25, 0.5], "legal": [0.75, None]}, index=pd.Index(["service", "lease"], name="kind")
)
DRAWN = {
    "bars": lambda: plots.bars(COUNTS, "各要素的条款数", "条款"),
    "stacked": lambda: plots.stacked(SHARES.fillna(0.5), "各类合同的要素构成", "占比"),
    "spread": lambda: plots.spread(
        pd.Series([10, 20, 30, 400]), pd.Series(["pricing", "pricing", "legal", "legal"]), "条款长度", "字数"
    ),
    "heat": lambda: plots.heat(SHARES, "已约定的合同占比"),
    "confusion": lambda: plots.confusion([[i == j for j in range(6)] for i in range(6)], "混淆矩阵"),
    "intervals": lambda: plots.intervals(
        pd.DataFrame({"value": [0.8], "low": [0.7], "high": [0.85]}, index=["service"]), "各要素 F1", "F1"
    ),
    "curves": lambda: plots.curves(
        pd.DataFrame({"单独": [None, 0.5, 0.6], "一起": [0.4, 0.7, 0.8]}, index=[0, 200, 400]),
        "学习曲线",
        ("例句", "F1"),
    ),
    "line": lambda: plots.line([0.5, 0.9], [0.4, 0.95], "校准曲线", ("把握", "准确率"), diagonal=True),
}


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()  # names beside an axis are written when it is drawn
    return [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


@pytest.mark.parametrize("name", DRAWN)
def test_every_character_has_a_glyph_and_comes_from_our_font(name: str) -> None:
    figure = DRAWN[name]()
    figure.savefig(io.BytesIO(), format="png")  # warnings are errors in our tests
    families = {tuple(text.get_fontfamily()) for text in figure.findobj(lambda one: hasattr(one, "get_fontfamily"))}
    assert families == {(plots.FONT,)}
    assert "�" not in "".join(texts(figure))


def test_a_missing_glyph_would_be_noticed() -> None:
    figure = plots.bars(pd.Series({"\U0001f409": 1}), "龙")
    with pytest.warns(UserWarning, match="missing from font"):
        figure.savefig(io.BytesIO(), format="png")


def test_elements_and_kinds_of_contract_have_their_chinese_names() -> None:
    assert {"标的", "价款", "无限责任、赔偿一切损失", "条款"} <= set(texts(DRAWN["bars"]()))
    assert {"服务合同", "租赁合同", "价款", "商业法务"} <= set(texts(DRAWN["heat"]()))


def test_a_square_is_written_in_percent_and_a_gap_stays_empty() -> None:
    assert [text for text in texts(DRAWN["heat"]()) if text.endswith("%")] == ["25%", "75%", "50%"]


def test_an_element_keeps_its_colour() -> None:
    counts = pd.Series({"subject": 3, "pricing": 5, "legal": 2})
    one, other = plots.bars(counts, "一"), plots.bars(counts.iloc[::-1], "二")
    colours = [[bar.get_facecolor() for bar in figure.axes[0].patches] for figure in (one, other)]
    assert colours[0] == colours[1][::-1]
    assert len({*colours[0]}) == 3
    assert len({plots._color(element, 0) for element in ELEMENTS}) == len(ELEMENTS)


def test_a_figure_is_closed_to_pyplot_so_that_a_notebook_shows_it_once() -> None:
    import matplotlib.pyplot as plt

    DRAWN["bars"]()
    assert plt.get_fignums() == []


def test_without_zhplot_it_is_said_what_to_install() -> None:
    code = (
        "import sys; sys.modules['zhplot'] = None\nimport pandas as pd\nfrom hetong import plots\n"
        "try:\n    plots.bars(pd.Series({'a': 1}), 'x')\nexcept ImportError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "hetong[notebooks]" in done.stdout
