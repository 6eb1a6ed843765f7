"""Chinese words: jieba with our legal terms, kept out of the path of a scan because it loads slowly.

The element model learns from jieba which words there are; at run time it finds those words in the text itself
(see `hetong.predictor`), so a scan needs no word segmentation.
"""

from __future__ import annotations

import logging
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

TERMS: Final = Path(__file__).parent / "legal_terms.txt"


@cache
def _jieba() -> Any:
    """One tokenizer a process, with a dictionary cache that no other user of the machine can write to."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_private_folder())
    tokenizer.initialize()
    for term in TERMS.read_text(encoding="utf-8").split():
        tokenizer.add_word(term, freq=20_000)
    return tokenizer


def _private_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"hetong-{os.getuid() if hasattr(os, 'getuid') else os.getlogin()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def words(text: str) -> list[str]:
    """The words of a text in order, without new-word guessing (HMM), so that the same text always gives the same."""
    return [word for word in _jieba().cut(text, HMM=False) if word.strip()]
