import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { type RecordBatch, RecordBatchFileWriter } from "apache-arrow";

import { ExecutorExecutionError } from "../../../../shared/errors/index.ts";
import type { DeliveryContext, Handed } from "../deliver.ts";
import type { ExposureNode } from "../problem.ts";
import { arrowLayout, recordBatch, UnfitValue } from "./record-batch.ts";

/** Cells of one batch: what is held in memory at a time. */
const batchCells = 400_000;

/** Writes a table as an Arrow file, batch by batch. Throws `exposure_value_refused`. */
export const writeArrow = async (
  node: ExposureNode,
  handed: Handed,
  target: string,
  context: DeliveryContext,
): Promise<void> => {
  const writer = new RecordBatchFileWriter();
  const written = pipeline(writer.toNodeStream(), createWriteStream(target, { flags: "wx" }), {
    signal: context.signal,
  });
  try {
    for await (const batch of batches(node, handed, context)) writer.write(batch);
    writer.close();
  } catch (thrown) {
    writer.abort(thrown);
    await written.catch(() => undefined);
    throw thrown;
  }
  await written;
};

async function* batches(
  node: ExposureNode,
  handed: Handed,
  { duckdb, signal }: DeliveryContext,
): AsyncGenerator<RecordBatch> {
  const { file, columns, rows } = handed;
  const layout = arrowLayout(columns);
  const job = { node: node.id, sql: "from input_0", inputs: [{ id: node.id, file, columns }], params: {} };
  const limit = Math.max(1, Math.floor(batchCells / Math.max(1, columns.length)));
  for (let offset = 0; offset < rows || offset === 0; offset += limit) {
    const page = rows === 0 ? [] : (await duckdb.page(job, { offset, limit }, signal)).rows;
    try {
      yield recordBatch(layout, page);
    } catch (thrown) {
      if (!(thrown instanceof UnfitValue)) throw thrown;
      const { column, value, row } = thrown;
      const params = { node: node.id, format: "arrow", column, value, row: offset + row + 1 };
      throw new ExecutorExecutionError("exposure_value_refused", { node: node.id, location: node.location, params });
    }
  }
}
