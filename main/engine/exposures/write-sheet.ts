import { writeWorkbook } from "../preview/write-workbook.ts";
import { HeadraceError, ExecutorExecutionError } from "../../../shared/errors/index.ts";
import type { DeliveryContext, Handed } from "./deliver.ts";
import type { ExposureNode } from "./problem.ts";

/** Writes a table as a sheet of Excel. Throws `exposure_too_large` for more than a sheet holds. */
export const writeSheet = async (
  node: ExposureNode,
  { file, columns, rows }: Handed,
  target: string,
  { duckdb, signal }: DeliveryContext,
): Promise<void> => {
  const job = { node: node.id, sql: "from input_0", inputs: [{ id: node.id, file, columns }], params: {} };
  const read = async (offset: number, limit: number) => ({
    rows: (await duckdb.page(job, { offset, limit }, signal)).rows,
    lengths: {},
  });
  try {
    await writeWorkbook({ file: target, rows, columns, read });
  } catch (thrown) {
    if (!(thrown instanceof HeadraceError) || thrown.code !== "export_too_large") throw thrown;
    const params = { ...thrown.params, node: node.id, format: "xlsx" };
    throw new ExecutorExecutionError("exposure_too_large", { node: node.id, location: node.location, params });
  }
};
