// The first rows of a CSV file as a file of their own.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { HeadWanted, LookContext } from "../connector.ts";
import type { SourceFile } from "../files.ts";
import { headText } from "../head/head-text.ts";
import { cutRecords, firstLines } from "./cut-records.ts";
import type { CsvOptions } from "./dialect.ts";
import { findDialect } from "./find-dialect.ts";

/** Bytes that the dialect is looked for in. */
const sniffedBytes = 256 << 10;

export interface CsvHead {
  /** Plain UTF-8, named as the file that it is the beginning of. */
  readonly file: SourceFile;
  /** With the dialect that was found. */
  readonly options: CsvOptions;
  readonly isAll: boolean;
}

/** Only what is wrong in the first rows is an error here: the rest of the file is not looked at. */
export const csvHead = async (
  node: string,
  files: readonly SourceFile[],
  { options, rows }: { readonly options: CsvOptions } & Pick<HeadWanted, "rows">,
  context: LookContext,
): Promise<CsvHead> => {
  const [first] = files;
  if (first === undefined) throw new TypeError("no files");
  const { bytes, isAll, problem } = await headText(node, first, options.encoding);
  const path = join(context.scratch, "head.csv");
  const fileOf = async (content: Uint8Array): Promise<SourceFile> => {
    await writeFile(path, content);
    return { ...first, path, bytes: content.length, isPart: false };
  };
  const wanted = rows + (options.header === false ? 0 : 1);
  const sniffed = await fileOf(firstLines(bytes.subarray(0, sniffedBytes), options.skip + wanted));
  const dialect = await findDialect(node, { ...sniffed, text: path }, options, context, "beginning");
  const cut = cutRecords(bytes, dialect, { skip: options.skip, wanted, isAll });
  if (problem !== null && cut.records < wanted) throw problem;
  return {
    file: await fileOf(cut.bytes),
    options: { ...options, ...dialect, encoding: null },
    isAll: isAll && cut.bytes.length === bytes.length && files.length === 1,
  };
};
