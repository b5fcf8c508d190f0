import type { Act } from "../acts.ts";

const transform = (name: string, input: string): string =>
  `kind: transform\nname: ${name} # kept\ninputs:\n  - ref: ${input}\ntransform: |\n  select * from ref('${input}')\n`;

/** The project that every row begins with. */
export const files = {
  "headrace.yml": "name: till\n",
  "data/orders.csv": "order_id,customer_id,amount\n1,10,5\n2,11,6\n",
  "data/customers.csv": "customer_id,country\n10,SE\n11,DE\n",
  "pipelines/orders.yml": "kind: source\nname: orders\nsource: csv\ntable: data/orders.csv\n",
  "pipelines/customers.yml": "kind: source\nname: customers\nsource: csv\ntable: data/customers.csv\n",
  "pipelines/paid.yml": transform("paid", "source.orders"),
  "pipelines/total.yml": transform("total", "transform.paid"),
  "canvas.yml":
    "positions:\n  source.customers: [0, 160]\n  source.orders: [0, 0]\n  transform.paid: [360, 0]\n  transform.total: [720, 0]\n",
};

/** One row of the table of keys: by mouse, by keyboard, and what then is there. */
export interface Row {
  readonly what: string;
  /** The node that is selected before. */
  readonly on?: string;
  readonly mouse: Act;
  readonly keyboard: Act;
  readonly shows: Act;
}
