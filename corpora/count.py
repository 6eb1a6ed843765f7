"""Counts how common strings of one and two characters are in the sentences of our contracts; run after large changes.

python corpora/count.py
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hetong.classify import classify
from hetong.corpus import load_contracts, print_contract
from hetong.flag.view import View
from hetong.rulebook import frequency
from hetong.ruletest import contract_of
from hetong.segment import segment

LEAST = 4  # of a thousand sentences; rarer strings are as good as any other


def main() -> None:
    """Writes frequencies.txt beside the module that reads it."""
    counts: Counter[str] = Counter()
    total = 0
    for source in load_contracts(Path(__file__).parent / "contracts"):
        view = View(classify(segment(contract_of("\n".join(line.text for line in print_contract(source))))))
        for unit in view.sentences:
            sentence = view.text[unit.start : unit.end]
            counts.update({*sentence, *(sentence[i : i + 2] for i in range(len(sentence) - 1))})
            total += 1
    lines = [f"{word}\t{round(1000 * n / total)}" for word, n in sorted(counts.items()) if keeps(word, n, total)]
    Path(frequency.__file__).with_name("frequencies.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{total} sentences, {len(lines)} strings")


def keeps(word: str, count: int, total: int) -> bool:
    """Whether a string is common, visible, and holds no character that stands for a party."""
    return 1000 * count / total >= LEAST and word.isprintable() and not any("\ue000" <= c <= "\uf8ff" for c in word)


if __name__ == "__main__":
    main()
