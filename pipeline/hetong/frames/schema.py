"""A small schema for frames: what each column holds, which rows are unique, and which table they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hetong.errors import CorpusError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Args:
        dtype: the pandas type: `string`, `bool`, `int64`, `Int64` (with gaps), or `object` for tuples.
        allowed: the values there are; None means any. A tuple in an `object` column is looked at value by value.
        pattern: a regular expression that the whole of a text must match.
        least: the smallest number.
        gaps: whether a value may be missing.
        filled: whether a text must not be empty.
    """

    dtype: str
    allowed: frozenset[str] | None = None
    pattern: str = ""
    least: int | None = None
    gaps: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table in their order, the columns that make a row unique, and the tables that it refers to.

    `refers` maps columns, as a tuple, to the table and the columns there in which each row's values must be found.
    """

    columns: Mapping[str, Column]
    unique: tuple[str, ...]
    refers: Mapping[tuple[str, ...], tuple[str, tuple[str, ...]]]


def frame_of(rows: list[dict[str, object]], table: Table) -> pd.DataFrame:
    """Rows as a frame with the columns and types of a table."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(table.columns))
    return frame.astype({name: column.dtype for name, column in table.columns.items()})


def validate(frames: Mapping[str, pd.DataFrame], tables: Mapping[str, Table]) -> None:
    """Holds each frame to its table.

    Raises:
        CorpusError: something does not fit; every mistake is listed with table, row and column.
    """
    wrong = [mistake for name, table in tables.items() for mistake in _mistakes(name, table, frames)]
    if wrong:
        raise CorpusError("\n".join(wrong))


def _mistakes(name: str, table: Table, frames: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    frame = frames[name]
    if list(frame.columns) != list(table.columns):
        yield f"{name}: the columns must be {', '.join(table.columns)}"
        return
    for column, rule in table.columns.items():
        if str(frame[column].dtype) != rule.dtype:
            yield f"{name}: column {column}: must be {rule.dtype}, is {frame[column].dtype}"
        for row, value in frame[column].items():
            if why := _wrong(value, rule):
                yield f"{name}: row {row}, column {column}: {why}"
    for row in frame.index[frame.duplicated(list(table.unique))]:
        values = ", ".join(map(str, frame.loc[row, list(table.unique)]))
        yield f"{name}: row {row}, column {', '.join(table.unique)}: {values} is there twice"
    for columns, (other, theirs) in table.refers.items():
        yield from _strays(name, frame, columns, other, frames[other][list(theirs)])


def _wrong(value: object, rule: Column) -> str:
    """What is wrong with a value, "" when nothing is."""
    import pandas as pd

    if not isinstance(value, tuple) and pd.isna(value):  # type: ignore[call-overload]
        return "" if rule.gaps else "a value is missing"
    if rule.filled and not value:
        return "must not be empty"
    if rule.least is not None and isinstance(value, int) and value < rule.least:
        return f"{value} is less than {rule.least}"
    values = [str(one) for one in (value if isinstance(value, tuple) else (value,))]
    if rule.allowed is not None and (unknown := [one for one in values if one not in rule.allowed]):
        return f"{', '.join(unknown)}: not one of {', '.join(sorted(rule.allowed))}"
    return "" if not rule.pattern or re.fullmatch(rule.pattern, values[0]) else f"{value} is not {rule.pattern}"


def _strays(
    name: str, frame: pd.DataFrame, columns: tuple[str, ...], other: str, theirs: pd.DataFrame
) -> Iterator[str]:
    """Rows whose values are not found in the table that they refer to; rows with gaps refer to nothing."""
    import pandas as pd

    known = set(theirs.itertuples(index=False, name=None))
    for row, values in zip(frame.index, frame[list(columns)].itertuples(index=False, name=None), strict=True):
        if not any(pd.isna(value) for value in values) and values not in known:
            yield f"{name}: row {row}, column {', '.join(columns)}: no {', '.join(map(str, values))} in {other}"
