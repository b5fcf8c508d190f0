import { type DuckDBType, DuckDBTypeId } from "@duckdb/node-api";

import { type TypeTree, typeText } from "./type-tree.ts";

/** The type of a column in DuckDB's own spelling, e.g. `DECIMAL(18,2)`, `STRUCT(a INTEGER)`, `JSON`. */
export const columnTypeText = (type: DuckDBType): string => typeText(treeOf(type));

const treeOf = (type: DuckDBType): TypeTree => {
  // JSON is text under another name.
  if (type.alias !== undefined) return { kind: "plain", text: type.alias };
  switch (type.typeId) {
    case DuckDBTypeId.LIST:
      return { kind: "list", item: treeOf(type.valueType) };
    case DuckDBTypeId.ARRAY:
      return { kind: "array", item: treeOf(type.valueType), size: type.length };
    case DuckDBTypeId.MAP:
      return { kind: "map", key: treeOf(type.keyType), value: treeOf(type.valueType) };
    case DuckDBTypeId.STRUCT:
      return {
        kind: "struct",
        fields: type.entryNames.map((name, i) => ({ name, type: treeOf(type.entryTypes[i]!) })),
      };
    case DuckDBTypeId.UNION:
      return {
        kind: "union",
        fields: type.memberTags.map((name, i) => ({ name, type: treeOf(type.memberTypes[i]!) })),
      };
    // A column of untyped nulls becomes an INTEGER wherever it is stored.
    case DuckDBTypeId.SQLNULL:
      return { kind: "plain", text: "INTEGER" };
    default:
      return { kind: "plain", text: type.toString() };
  }
};
