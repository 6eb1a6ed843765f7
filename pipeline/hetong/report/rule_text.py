"""A rule as text for a terminal: what it does, why that is bad, law, examples, near misses, better wording."""

from __future__ import annotations

from collections.abc import Iterator

from hetong.document import STANCES
from hetong.messages import Lang
from hetong.report.words import word
from hetong.rulebook import Example, Rule


def list_line(rule: Rule, lang: Lang) -> str:
    """One line of `hetong rules list`: id, name, element, severity for a neutral reader, title."""
    level = rule.severity["neutral"] or "none"
    return f"{rule.id}  {level:<6}  {rule.element:<8}  {rule.name:<32}  {rule.title[lang]}"


def rule_lines(rule: Rule, lang: Lang) -> Iterator[str]:
    """The whole of a rule, section by section."""
    yield f"{rule.id} {rule.name} · {rule.title[lang]}"
    levels = (f"{word(stance, lang)} {word(rule.severity[stance] or 'none', lang)}" for stance in STANCES)
    colon = word("colon", lang)
    yield (
        f"{word('element', lang)}{colon}{word(rule.element, lang)} · "
        f"{word('severity', lang)}{colon}{' / '.join(levels)}"
    )
    yield from _section("what", [rule.message[lang]], lang)
    yield from _section("looked-for", [rule.looked_for[lang]] if rule.looked_for else [], lang)
    yield from _section("why-bad", [rule.reason[lang]], lang)
    yield from _section("basis", list(rule.basis), lang)
    yield from _section("examples", [_example(example, lang) for example in rule.examples], lang)
    yield from _section("counter-examples", [_example(example, lang) for example in rule.counter_examples], lang)
    yield from _section("advice", [rule.advice[lang]], lang)
    yield from _section("use-instead", [rule.suggestion[lang]], lang)


def _section(key: str, lines: list[str], lang: Lang) -> Iterator[str]:
    if lines:
        yield ""
        yield word(key, lang)
        yield from (f"  {line}" for line in lines)


def _example(example: Example, lang: Lang) -> str:
    """The sentence, its quote in brackets; why it is an example is written in Chinese, beside the sentence."""
    marked = example.text.replace(example.quote, f"【{example.quote}】", 1) if example.quote else example.text
    text = " ".join(marked.split())
    return f"- {text}（{example.why}）" if example.why and lang == "zh" else f"- {text}"
