"""Text that is in a Word document and that nobody can see on the page: white on white, or of one point.

Such text binds whoever signs, so it is read like any other, and reported. White text on a dark ground is no such text;
where the ground is not known for certain (a shape, a table with a style that shades), nothing is said.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from hetong.extract.word_package import w
from hetong.extract.word_styles import StyleFacts, Styles, is_tiny, is_white, value

_BLANK_GROUNDS: Final = ("", "auto", "ffffff")


class Sight:
    """Tells the runs of one document that cannot be seen.

    Args:
        styles: its styles.
        has_ground: whether the pages themselves have a colour (w:background).
    """

    def __init__(self, styles: Styles, *, has_ground: bool = False) -> None:
        self._styles, self._has_ground = styles, has_ground

    def is_faint(self, run: etree._Element, properties: etree._Element | None, style: StyleFacts) -> bool:
        """Whether a run of a paragraph in this style is white on white, or too small to be seen."""
        if properties is None:
            return bool(style.tiny) or (bool(style.white) and not self._is_on_ground(run, None))
        own = properties.find(w("rStyle"))
        named = self._styles.character(value(own, "")) if own is not None else StyleFacts()
        tiny = first_known(is_tiny(properties), named.tiny, style.tiny)
        white = first_known(is_white(properties), named.white, style.white)
        return bool(tiny) or (bool(white) and not self._is_on_ground(run, properties))

    def _is_on_ground(self, run: etree._Element, properties: etree._Element | None) -> bool:
        """Whether something coloured lies, or may lie, behind a run."""
        if self._has_ground or _is_shaded(properties):
            return True
        for above in run.iterancestors():
            name = above.tag.rpartition("}")[2]
            if name == "txbxContent" or (name in ("p", "tc", "tbl") and _is_shaded(above.find(w(f"{name}Pr")))):
                return True
            if name == "tbl" and self._styles.shades(value(above.find(f"{w('tblPr')}/{w('tblStyle')}"), "")):
                return True
        return False


def first_known(*answers: bool | None) -> bool | None:
    """The first answer that is not None."""
    return next((answer for answer in answers if answer is not None), None)


def _is_shaded(properties: etree._Element | None) -> bool:
    if properties is None:
        return False
    shade, mark = properties.find(w("shd")), properties.find(w("highlight"))
    pattern = shade is not None and not re.fullmatch("clear|nil", value(shade, "clear"))
    fill = shade.get(w("fill"), "").lower() if shade is not None else ""
    themed = shade is not None and shade.get(w("themeFill")) not in (None, "background1")
    return pattern or themed or fill not in _BLANK_GROUNDS or value(mark, "none") not in ("none", "white")
