// The first records of a JSON file as a file of their own.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { HeadWanted, LookContext, SourcePlan } from "../connector.ts";
import { encodingOption } from "../encoding-option.ts";
import type { SourceFile } from "../files.ts";
import { headText } from "../head/head-text.ts";
import { cutLines, cutRecords } from "./cut-json.ts";
import type { JsonLayout } from "./records.ts";

const isArray = (text: Uint8Array): boolean =>
  /[^\s\ufeff]/.exec(Buffer.from(text.subarray(0, 65_536)).toString("utf8"))?.[0] === "[";

export interface JsonHead {
  /** Plain UTF-8, named as the file that it is the beginning of. */
  readonly file: SourceFile;
  readonly isAll: boolean;
}

/** Only what is wrong in the first records is an error here: the rest of the file is not looked at. */
export const jsonHead = async (
  plan: SourcePlan,
  files: readonly SourceFile[],
  { layout, rows }: { readonly layout: JsonLayout } & Pick<HeadWanted, "rows">,
  context: LookContext,
): Promise<JsonHead> => {
  const [first] = files;
  if (first === undefined) throw new TypeError("no files");
  const { bytes, isAll, problem } = await headText(plan.node, first, encodingOption(plan));
  const wanted = { rows, isAll };
  const cut = layout === "lines" ? cutLines(bytes, wanted) : cutRecords(bytes, isArray(bytes), wanted);
  if (problem !== null && cut.bytes === bytes) throw problem;
  const path = join(context.scratch, "head.json");
  await writeFile(path, cut.bytes);
  return {
    file: { ...first, path, bytes: cut.bytes.length, isPart: false },
    isAll: cut.isAll && files.length === 1,
  };
};
