"""How a column of DuckDB's own type is kept in parquet where parquet has no such type.

The engine reads the same forms back; a test takes every type through both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from headrace_runner.views import literal, quoted

if TYPE_CHECKING:
    import duckdb

    Type = duckdb.sqltypes.DuckDBPyType

_BY_CAST = {
    "hugeint": "DECIMAL(38,0)",
    "uhugeint": "DECIMAL(38,0)",
    "bignum": "VARCHAR",
    "bit": "VARCHAR",
    "interval": "VARCHAR",
    "time with time zone": "VARCHAR",
    "time_ns": "VARCHAR",
    "timestamp_ms": "TIMESTAMP",
    "enum": "VARCHAR",
}


def column_type(kind: Type) -> str:
    """The type in DuckDB's spelling, as it is recorded; a column of untyped nulls is stored as INTEGER."""
    text = str(kind)
    return "INTEGER" if text in ('"NULL"', "NULL") else text


def store(expression: str, kind: Type, depth: int = 0) -> str:
    """An SQL expression of the stored form; the expression itself where parquet holds the type as it is."""
    stored = stored_type(kind)
    if stored == column_type(kind):
        return expression
    match _id(kind):
        case "list" | "array":
            item = _children(kind)[0][1]
            items = f"CAST({expression} AS {item}[])" if _id(kind) == "array" else expression
            name = f"item{depth}"
            inner = store(name, item, depth + 1)
            return items if inner == name else f"list_transform({items}, lambda {name}: {inner})"
        case "map":
            entry = f"item{depth}"
            key, value = (child for _, child in _children(kind))
            changed = (
                f"{{'k': {store(f'{entry}.key', key, depth + 1)}, 'v': {store(f'{entry}.value', value, depth + 1)}}}"
            )
            return f"map_from_entries(list_transform(map_entries({expression}), lambda {entry}: {changed}))"
        case "struct":
            parts = [
                store(f"struct_extract_at({expression}, {at})", child, depth)
                for at, (_, child) in enumerate(_children(kind), 1)
            ]
            row = f"row({', '.join(parts)})"
            named = f"CAST({row} AS {stored})" if all(name for name, _ in _children(kind)) else row
            return f"CASE WHEN {expression} IS NOT NULL THEN {named} END"
        case "union":
            members = [
                store(f"union_extract({expression}, {literal(name)})", child, depth) for name, child in _members(kind)
            ]
            tag = f"CAST(union_tag({expression}) AS VARCHAR)"
            row = f"CAST(row({', '.join([tag, *members])}) AS {stored})"
            return f"CASE WHEN union_tag({expression}) IS NOT NULL THEN {row} END"
        case "timestamp_s":
            return _seconds(expression)
        case _:
            return f"CAST({expression} AS {stored})"


def stored_type(kind: Type) -> str:
    """The type in the file."""
    match _id(kind):
        case "list" | "array":
            return f"{stored_type(_children(kind)[0][1])}[]"
        case "map":
            key, value = (stored_type(child) for _, child in _children(kind))
            return f"MAP({key}, {value})"
        case "struct":
            if all(stored_type(child) == column_type(child) for _, child in _children(kind)):
                return column_type(kind)
            return _struct((name, stored_type(child)) for name, child in _children(kind))
        case "union":
            members = _members(kind)
            tag = "tag"
            while any(name.lower() == tag for name, _ in members):
                tag += "_"
            return _struct([(tag, "VARCHAR"), *((name, stored_type(child)) for name, child in members)])
        case "timestamp_s":
            return "TIMESTAMP"
        case other:
            return _BY_CAST.get(other, column_type(kind))


def _id(kind: Type) -> str:
    return "enum" if str(kind).startswith("ENUM(") else kind.id


def _children(kind: Type) -> list[tuple[str, Type]]:
    return [(name, child) for name, child in kind.children if not isinstance(child, int | list)]


def _members(kind: Type) -> list[tuple[str, Type]]:
    return [(name, child) for name, child in _children(kind) if name != ""]


def _struct(fields: Iterable[tuple[str, str]]) -> str:
    # Fields of `row(…)` have no name.
    return f"STRUCT({', '.join(f'{quoted(name)} {kind}' if name else kind for name, kind in fields)})"


def _seconds(expression: str) -> str:
    """DuckDB cannot cast an infinite TIMESTAMP_S to a TIMESTAMP."""
    infinite = " ".join(f"WHEN '{text}' THEN CAST('{text}' AS TIMESTAMP)" for text in ("infinity", "-infinity"))
    return f"CASE CAST({expression} AS VARCHAR) {infinite} ELSE CAST({expression} AS TIMESTAMP) END"
