import type { NodeResult } from "../../shared/run/index.ts";
import { temporaryProject, type TemporaryProject } from "../temporary-project.ts";

/** `transform.orders`: large numbers, fractions, times and texts of every sort. */
export const table = `kind: transform
name: orders
transform: |
  select * from (values
    (1, 9007199254740993, 12.50::decimal(18,2), timestamp '2024-01-02 03:04:05.6', 'a'),
    (2, null, -0.10::decimal(18,2), null, 'it''s "b", c'),
    (3, 7, 0.00::decimal(18,2), timestamp '2024-02-02 00:00:00', '')
  ) t(id, big, amount, sold, note)
`;
/** An exposure of the orders. */
export const exposure = (more: string, name = "shop"): string =>
  `kind: exposure\nname: ${name}\ninputs: [transform.orders]\n${more}\n`;

export const projectWith = (more: string, files: Readonly<Record<string, string>> = {}): Promise<TemporaryProject> =>
  temporaryProject({ "pipelines/orders.yml": table, "pipelines/shop.yml": exposure(more), ...files });

/** Runs and returns the exposure's result. */
export const run = async (project: TemporaryProject): Promise<NodeResult | undefined> =>
  (await project.run()).results["exposure.shop"];

/** The error of an exposure that cannot be planned or run. */
export const failureIn = async (
  project: TemporaryProject,
  more: string,
  files: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: string; readonly message: string; readonly next: string } | null | undefined> => {
  await project.write({ "pipelines/orders.yml": table, "pipelines/shop.yml": exposure(more), ...files });
  const result = await run(project).catch((thrown: unknown) => ({
    error: thrown as { code: string; message: string; next: string },
  }));
  return result?.error;
};
