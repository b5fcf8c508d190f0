// Text files as DuckDB reads them best: plain UTF-8. Packed files are unpacked and other encodings turned into it, each
// with an error where DuckDB would read part of a file without a word.

import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";

import { ExecutorExecutionError, type ErrorCode } from "../../../shared/errors/index.ts";
import type { SourceFile } from "./files.ts";

export interface DecodedFile extends SourceFile {
  /** Absolute path of the UTF-8 text: the file itself, or its decoded copy. */
  readonly text: string;
}

/** A file's first bytes. */
type Head = Uint8Array;

/** What is wrong with a file, named as people know it. */
export const decodeFailed = (
  node: string,
  code: ErrorCode,
  file: SourceFile,
  params: Record<string, string | number>,
  cause?: unknown,
) =>
  new ExecutorExecutionError(
    code,
    { node, params: { path: file.name, ...params } },
    cause === undefined ? undefined : { cause },
  );

/** The first bytes of a file. Throws `source_file_unreadable`. */
export const readHead = async (node: string, file: SourceFile, bytes = 4096): Promise<Buffer> => {
  try {
    await using handle = await open(file.path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw decodeFailed(node, "source_file_unreadable", file, { detail }, cause);
  }
};

const begins = (head: Head, ...bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** Files that are never text, told by how they begin. */
const kinds: readonly { readonly bytes: readonly number[]; readonly what: string; readonly how: string }[] = [
  {
    bytes: [0x50, 0x4b, 3, 4],
    what: "it is a ZIP archive or an Excel workbook",
    how: "Unpack it, or save the sheet as CSV.",
  },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: "it is a parquet file", how: "Write `source: parquet`." },
  { bytes: [...Buffer.from("SQLite format 3")], what: "it is a SQLite database", how: "Write `source: sqlite`." },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: "it is a PDF", how: "Export the table as CSV." },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: "it is an old Excel workbook", how: "Save the sheet as CSV." },
];

/** Throws `source_file_binary` for a file that is no text by its first bytes. */
export const refuseKnown = (node: string, file: SourceFile, head: Head): void => {
  const known = kinds.find(({ bytes }) => begins(head, ...bytes));
  if (known !== undefined) throw decodeFailed(node, "source_file_binary", file, { detail: known.what, how: known.how });
};

/** What unpacks a file that begins like this; `null` for one that is not packed. */
export const unpackerOf = (head: Head): { readonly name: string; readonly stream: Transform } | null => {
  if (begins(head, 0x1f, 0x8b)) return { name: "gzip", stream: createGunzip() };
  if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) return { name: "zstd", stream: createZstdDecompress() };
  return null;
};

/** The encoding that is named, else the one that a byte order mark tells, else UTF-8. */
export const encodingOf = (head: Head, named: string | null): string => {
  if (named !== null) return named;
  if (begins(head, 0xff, 0xfe)) return "utf-16le";
  if (begins(head, 0xfe, 0xff)) return "utf-16be";
  return "utf-8";
};

/** Whether an encoding is the one that DuckDB reads. */
export const isUtf8 = (encoding: string): boolean => /^utf-?8$/i.test(encoding);

/** Decodes a stream of bytes, counting lines so that a wrong byte can be found. */
const decoder = (encoding: string, wrong: (line: number) => Error): Transform => {
  const text = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const decode = (chunk: Uint8Array | undefined): string => {
    try {
      return chunk === undefined ? text.decode() : text.decode(chunk, { stream: true });
    } catch {
      // The lenient decoder marks the place.
      const marked = new TextDecoder(encoding).decode(chunk ?? new Uint8Array());
      throw wrong(line + marked.slice(0, Math.max(0, marked.indexOf("\ufffd"))).split("\n").length - 1);
    }
  };
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      try {
        const decoded = decode(chunk);
        for (let at = decoded.indexOf("\n"); at >= 0; at = decoded.indexOf("\n", at + 1)) line += 1;
        done(null, decoded);
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, decode(undefined));
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

const rewrite = async (from: string, to: string, through: readonly Transform[], signal: AbortSignal): Promise<void> => {
  const source = createReadStream(from, { highWaterMark: 1 << 20 });
  await pipeline([source, ...through, createWriteStream(to)], { signal });
};

/**
 * Makes sure that a text file is UTF-8 and not packed; copies go to `scratch`. Throws `source_file_empty`,
 * `source_file_binary`, `source_file_damaged`, `source_encoding_wrong`, `source_file_unreadable`.
 */
export const decodeFile = async (
  node: string,
  file: SourceFile,
  encoding: string | null,
  scratch: string,
  signal: AbortSignal,
): Promise<DecodedFile> => {
  let current = { ...file, text: file.path };
  let head = await readHead(node, file);
  const unpacker = unpackerOf(head);
  if (unpacker !== null) {
    const unpacked = `${scratch}.unpacked`;
    await rewrite(file.path, unpacked, [unpacker.stream], signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw decodeFailed(node, "source_file_damaged", file, { detail: `its ${unpacker.name} data: ${detail}` }, cause);
    });
    current = { ...current, text: unpacked };
    head = await readHead(node, { ...file, path: unpacked });
  }
  if (head.length === 0) throw decodeFailed(node, "source_file_empty", file, {});
  refuseKnown(node, file, head);
  const from = encodingOf(head, encoding);
  if (isUtf8(from)) return current;
  const decoded = `${scratch}.decoded`;
  const wrong = (line: number) => decodeFailed(node, "source_encoding_wrong", file, { line, encoding: from });
  await rewrite(current.text, decoded, [decoder(from, wrong)], signal);
  return { ...current, text: decoded };
};
