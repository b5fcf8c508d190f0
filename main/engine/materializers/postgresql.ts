// Tables in PostgreSQL: staged, verified, then published in one short transaction.

import { ExecutorValidationError } from "../../../shared/errors/index.ts";
import type { Materialization } from "../../../shared/graph/index.ts";
import { parseTableName } from "../postgres/index.ts";
import type { Materializer } from "./materializer.ts";
import { stageColumns } from "./postgresql/column-types.ts";
import { prepareJob, roleColumns } from "./postgresql/job.ts";
import { describeTable } from "./postgresql/describe.ts";
import { previewTable } from "./postgresql/preview.ts";
import { tablePage } from "./postgresql/table-page.ts";
import { writeTable } from "./postgresql/write.ts";
import { targetName } from "./target-name.ts";

const required: Readonly<Record<Materialization["mode"], readonly ("unique_keys" | "time_column")[]>> = {
  append: [],
  full: [],
  upsert_by_key: ["unique_keys"],
  incremental_by_time: ["time_column"],
};

export const postgresqlMaterializer: Materializer = {
  target: targetName,

  validate(options, node, columns) {
    const { mode } = options;
    const missing = (option: string): ExecutorValidationError =>
      new ExecutorValidationError("target_option_missing", { node, params: { node, option, mode } });
    if (options.table === undefined) throw missing("table");
    parseTableName(options.table);
    for (const option of required[mode]) if (options[option] === undefined) throw missing(option);
    if (columns !== null) roleColumns(options, stageColumns(node, columns), node);
  },

  async write(source, options, context) {
    const { counts, created } = await writeTable(await prepareJob(source, options, context));
    const changed = created || counts.inserted + counts.updated + counts.deleted > 0;
    return { status: changed ? "SUCCESS" : "UNCHANGED", ...counts };
  },

  async preview(source, options, context) {
    return {
      target: targetName(options, source.node),
      ...(await previewTable(await prepareJob(source, options, context))),
    };
  },

  describe: async (source, options, context) => describeTable(await prepareJob(source, options, context)),
  page: tablePage,
};
