import { temporaryProject, type TemporaryProject } from "../temporary-project.ts";

/** `transform.orders` with these rows. */
export const orders = (values: string): string =>
  `kind: transform\nname: orders\ntransform: |\n  select * from (values ${values}) as t(id, price, email, status, placed)\n`;
/** Four orders, something wrong with most of them. */
export const rows = [
  "(1, 5.0, 'a@b.de', 'new', timestamp '2024-01-01')",
  "(2, -1.0, 'nobody', 'new', timestamp '2024-01-02')",
  "(2, 50.0, null, 'lost', timestamp '2024-01-03')",
  "(null, 7.0, 'c@d.org', 'sent', null)",
].join(", ");
/** A rule on the orders. */
export const rule = (body: string, name = "check"): string =>
  `kind: rule\nname: ${name}\ninputs: [transform.orders]\n${body}`;
/** A project of the orders and these files. */
export const ruleProject = (...bodies: readonly string[]): Promise<TemporaryProject> =>
  temporaryProject({
    "pipelines/orders.yml": orders(rows),
    "pipelines/known.yml": "kind: transform\nname: known\ntransform: select unnest(['new', 'sent', null]) as code\n",
    ...Object.fromEntries(bodies.map((body, at) => [`pipelines/rule${at}.yml`, body])),
  });

/** What a run kept of one check. */
export interface KeptCheck {
  readonly id: string;
  readonly status: string;
  readonly violations: number;
  readonly rows: number;
  readonly nulls: number;
  readonly percent: number;
  readonly observed: string | null;
}
/** What a run kept of a rule's or a node's checks. */
export const kept = (metadata: Readonly<Record<string, unknown>> | undefined): readonly KeptCheck[] =>
  (metadata?.["rules"] ?? []) as readonly KeptCheck[];
