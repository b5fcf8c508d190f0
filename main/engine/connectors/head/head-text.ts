// The beginning of a text file as plain UTF-8, however the file is packed and encoded.

import type { Transform } from "node:stream";

import type { SourceFile } from "../files.ts";
import { decodeFailed, encodingOf, isUtf8, readHead, refuseKnown, unpackerOf } from "../decode.ts";

/** Bytes of a file, or of what it unpacks to, that its first rows are looked for in. */
export const headBytes = 8 << 20;

export interface HeadText {
  readonly bytes: Uint8Array;
  /** It is the whole file. */
  readonly isAll: boolean;
  /** What is wrong with the text behind `bytes`; it matters only to who needs more than them. */
  readonly problem: Error | null;
}

/** Throws `source_file_empty`, `source_file_binary`, `source_file_damaged`, `source_file_unreadable`. */
export const headText = async (node: string, file: SourceFile, encoding: string | null): Promise<HeadText> => {
  const packed = await readHead(node, file, Math.min(headBytes, file.bytes));
  const isRead = packed.length === file.bytes && file.isPart !== true;
  const unpacker = unpackerOf(packed);
  const plain = unpacker === null ? packed : await unpacked(node, file, { packed, isRead, unpacker });
  if (plain.length === 0) throw decodeFailed(node, "source_file_empty", file, {});
  refuseKnown(node, file, plain);
  const isAll = isRead && (unpacker === null || plain.length < headBytes);
  const from = encodingOf(plain, encoding);
  return isUtf8(from) ? { bytes: plain, isAll, problem: null } : decoded(node, file, { plain, isAll, encoding: from });
};

interface Packed {
  readonly packed: Uint8Array;
  readonly isRead: boolean;
  readonly unpacker: { readonly name: string; readonly stream: Transform };
}

/** As much as the first bytes unpack to, up to `headBytes`; that they end too early is wrong only of a whole file. */
const unpacked = async (
  node: string,
  file: SourceFile,
  { packed, isRead, unpacker: { name, stream } }: Packed,
): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    stream.end(packed);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= headBytes) break;
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const isCut = /unexpected end/i.test(detail) && !isRead;
    // zstd's own error for data that ends too early has no such words.
    const isUsable = isCut || (!isRead && size > 0);
    if (!isUsable)
      throw decodeFailed(node, "source_file_damaged", file, { detail: `its ${name} data: ${detail}` }, cause);
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
};

interface Encoded {
  readonly plain: Uint8Array;
  readonly isAll: boolean;
  readonly encoding: string;
}

/** The text up to the first byte that the encoding does not have. */
const decoded = (node: string, file: SourceFile, { plain, isAll, encoding }: Encoded): HeadText => {
  const bytesOf = (text: string): Uint8Array => Buffer.from(text.replace(/^\ufeff/, ""), "utf8");
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(plain, { stream: !isAll });
    return { bytes: bytesOf(text), isAll, problem: null };
  } catch {
    const text = new TextDecoder(encoding).decode(plain);
    const good = text.slice(0, Math.max(0, text.indexOf("\ufffd")));
    const line = good.split("\n").length;
    const problem = decodeFailed(node, "source_encoding_wrong", file, { line, encoding });
    return { bytes: bytesOf(good), isAll: false, problem };
  }
};
