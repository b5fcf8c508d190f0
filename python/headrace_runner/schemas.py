"""One schema for all pieces of a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from headrace_runner.failures import NodeFailure

# A column whose first pieces are all null has no type yet: look this far for one.
_LOOK_AHEAD_ROWS = 1_000_000
_LOOK_AHEAD_BYTES = 64_000_000


def settle(pieces: Iterator[pa.Table]) -> tuple[pa.Schema, Iterator[pa.Table]]:
    """The table's schema, and its pieces brought to it as they come."""
    seen: list[pa.Table] = []
    rows = size = 0
    for piece in pieces:
        seen.append(piece)
        rows += piece.num_rows
        size += piece.nbytes
        if rows >= _LOOK_AHEAD_ROWS or size >= _LOOK_AHEAD_BYTES or not _has_untyped(piece.schema):
            break
    if not seen:
        raise _invalid("the generator yielded nothing", "Yield at least one batch; it may be empty.")
    schema = _schema_of(seen)
    later = enumerate(chain(_emptying(seen), pieces), 1)
    return schema, (_conform(piece, schema, number) for number, piece in later)


def _emptying(seen: list[pa.Table]) -> Iterator[pa.Table]:
    while seen:
        yield seen.pop(0)


def _has_untyped(schema: pa.Schema) -> bool:
    return any(pa.types.is_null(field.type) for field in schema)


def _schema_of(seen: list[pa.Table]) -> pa.Schema:
    first = seen[0].schema
    _check_names(first.names)
    fields = []
    for name in first.names:
        types = [piece.schema.field(name).type for piece in seen if name in piece.schema.names]
        typed = next((kind for kind in types if not pa.types.is_null(kind)), pa.null())
        fields.append(pa.field(name, _kept_as(name, typed)))
    return pa.schema(fields)


def _check_names(names: list[str]) -> None:
    if not names:
        raise _invalid("it has no columns", "Return a table with at least one column.")
    seen: dict[str, str] = {}
    for name in names:
        if name.strip() == "":
            raise _invalid("a column has no name", "Name every column.")
        if name.lower() in seen:
            both = f"{seen[name.lower()]} and {name}"
            raise _invalid(f"two columns have the same name ({both}); case does not tell them apart", "Rename one.")
        seen[name.lower()] = name


def _kept_as(name: str, kind: pa.DataType) -> pa.DataType:
    """The type the file gets; refuses what would lose its meaning."""
    types = pa.types
    if types.is_null(kind):
        return pa.string()
    if types.is_time64(kind):
        return pa.time64("us")
    if types.is_duration(kind):
        return pa.duration("us")
    if types.is_decimal256(kind):
        if kind.precision > 38:
            raise _invalid(
                f"column {name} has {kind.precision} digits and at most 38 can be kept", "Round it, or keep it as text."
            )
        return pa.decimal128(kind.precision, kind.scale)
    if types.is_dictionary(kind):
        return kind.value_type
    if isinstance(kind, pa.BaseExtensionType) and kind.extension_name not in ("arrow.uuid", "arrow.json"):
        if kind.extension_name == "arrow.bool8":
            return pa.bool_()
        raise _invalid(
            f"column {name} is of type {kind.extension_name}",
            "Convert it to a plain type, such as text or a timestamp.",
        )
    return kind


def _conform(piece: pa.Table, schema: pa.Schema, number: int) -> pa.Table:
    if piece.schema.names != schema.names:
        missing = [name for name in schema.names if name not in piece.schema.names]
        extra = [name for name in piece.schema.names if name not in schema.names]
        if missing or extra or len(piece.schema.names) != len(schema.names):
            what = "; ".join(
                f"{text} {', '.join(names)}" for text, names in (("lacks", missing), ("has also", extra)) if names
            )
            raise _invalid(f"piece {number} {what or 'repeats columns'}", "Give every piece the same columns.")
        piece = piece.select(schema.names)
    columns = [_brought_to(column, field, number) for column, field in zip(piece.columns, schema, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema)


def _brought_to(column: pa.ChunkedArray, field: pa.Field, number: int) -> pa.ChunkedArray:
    if column.type == field.type:
        return column
    if _may_cast(column.type, field.type):
        try:
            return pc.cast(column, field.type, safe=True)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            reason = str(error)
    else:
        reason = f"it is {column.type} in piece {number} and {field.type} before"
    raise _invalid(f"column {field.name}: {reason}", "Cast the column to one type in every piece.")


def _may_cast(given: pa.DataType, wanted: pa.DataType) -> bool:
    types = pa.types
    if types.is_null(given):
        return True
    if types.is_dictionary(given):
        return bool(given.value_type == wanted) or _may_cast(given.value_type, wanted)
    if isinstance(given, pa.BaseExtensionType):
        return bool(types.is_boolean(wanted))
    groups = (_is_text, _is_number, types.is_temporal, _is_binary, types.is_nested)
    if types.is_timestamp(given) and types.is_timestamp(wanted):
        return (given.tz is None) is (wanted.tz is None)
    return any(bool(group(given) and group(wanted)) for group in groups)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _invalid(text: str, hint: str) -> NodeFailure:
    return NodeFailure("python_result_invalid", text=text, hint=hint)
