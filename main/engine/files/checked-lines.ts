import { createHash } from "node:crypto";

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** One line `<checksum> <json>`: a torn, flipped or zero-filled line is recognised when read. */
export const encodeLine = (value: unknown): string => {
  const text = JSON.stringify(value);
  return `${checksum(text)} ${text}\n`;
};

/** The longest good prefix of the lines; `end` is its length in bytes. */
export const decodeLines = (bytes: Uint8Array): { readonly values: readonly unknown[]; readonly end: number } => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: unknown[] = [];
  let end = 0;
  for (;;) {
    const newline = buffer.indexOf(10, end);
    if (newline < 0) break;
    const line = buffer.toString("utf8", end, newline);
    const text = line.slice(17);
    if (line[16] !== " " || checksum(text) !== line.slice(0, 16)) break;
    values.push(JSON.parse(text));
    end = newline + 1;
  }
  return { values, end };
};
