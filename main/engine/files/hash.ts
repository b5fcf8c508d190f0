import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** SHA-256 of a file's bytes, hex; streams, so size does not matter. */
export const hashFile = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
};

/** SHA-256 of text, hex. */
export const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");

/** JSON with sorted keys, so that equal values have equal text. */
const stableText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }) ?? "undefined";

/** SHA-256 of a JSON-safe value; the order of keys does not matter. */
export const stableHash = (value: unknown): string => hashText(stableText(value));
