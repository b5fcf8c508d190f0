import { temporaryProject, type TemporaryProject } from "../temporary-project.ts";

/** A transform node of some SQL. */
export const transform = (name: string, sql: string): string =>
  `kind: transform\nname: ${name}\ntransform: |\n${sql.replaceAll(/^/gm, "  ")}\n`;

/** What customers did, as `transform.events`. */
export const events = transform(
  "events",
  `select * from (values
  ('a', 'x', timestamp '2024-06-01 00:00:00', 10, 1.5),
  ('a', 'x', timestamp '2024-06-20 12:00:00', 20, 2.5),
  ('a', 'y', timestamp '2024-06-30 00:00:00', 30, null),
  ('b', 'y', timestamp '2024-05-31 00:00:00', 40, 3.0),
  ('b', 'y', timestamp '2024-07-01 00:00:00', 50, 9.0)
) as t(customer, segment, happened, amount, score)`,
);

/** An aggregation called `metrics`. */
export const metrics = (body: string, kind = "aggregation"): string => `kind: ${kind}\nname: metrics\n${body}\n`;
/** Customers' events, by when they happened. */
export const base = "id_col: customer\ntime_column: happened\ninputs: [{ref: transform.events}]\n";
/** A project of the events and one aggregation over them. */
export const aggregationProject = (
  body: string,
  more: Readonly<Record<string, string>> = {},
): Promise<TemporaryProject> =>
  temporaryProject({ "pipelines/events.yml": events, "pipelines/metrics.yml": metrics(body), ...more });
