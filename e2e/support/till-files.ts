/** A transform node of one line of SQL. */
export const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n  ${sql}\n`;
const orders = (rows: string): string => transform("orders", `select * from (values ${rows}) t(id, amount, note)`);

/** Two orders, and the dear ones of them. */
export const tillFiles = {
  "headrace.yml": "name: till\n",
  "pipelines/orders.yml": orders("(1, 2.50, 'new'), (2, 4.00, 'till')"),
  "pipelines/dear.yml": transform("dear", "select id, amount as paid from transform.orders where amount > 1"),
} as const;
