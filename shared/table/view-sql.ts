import { conditionsOf } from "./condition-sql.ts";
import type { TableView } from "./view.ts";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const plain = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name));
const wrap = (condition: string): string => (/ (?:OR|AND) /.test(condition) ? `(${condition})` : condition);

/** The SELECT that gives a node's table as it is viewed: what "make this a node" writes. */
export const viewSelect = (
  node: string,
  columns: readonly { readonly name: string; readonly type: string }[],
  view: TableView,
): string => {
  const viewed = columns.map(({ name, type }) => ({ name, type, expression: quoted(name) }));
  const conditions = conditionsOf(view, viewed);
  const order = view.sort.map(({ column, descending }) => `${plain(column)}${descending ? " desc" : ""} nulls last`);
  return [
    "select *",
    `from ref('${node}')`,
    ...conditions.map((condition, at) => `${at === 0 ? "where" : "  and"} ${wrap(condition)}`),
    ...(order.length === 0 ? [] : [`order by ${order.join(", ")}`]),
  ].join("\n");
};
