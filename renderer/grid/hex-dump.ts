const perLine = 16;

/** The bytes of a BLOB in DuckDB's text, where what is not plain is `\xAB`. */
export const bytesOf = (text: string): Uint8Array => {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const hex = text[at] === "\\" ? /^x([0-9A-Fa-f]{2})/.exec(text.slice(at + 1, at + 4))?.[1] : undefined;
    bytes.push(hex === undefined ? text.charCodeAt(at) & 0xff : Number.parseInt(hex, 16));
    if (hex !== undefined) at += 3;
  }
  return Uint8Array.from(bytes);
};

/** Bytes as hexadecimal beside their plain characters, 16 a line. */
export const hexDump = (bytes: Uint8Array): string => {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const part = [...bytes.subarray(at, at + perLine)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const plain = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(8, "0")}  ${hex.padEnd(perLine * 3 - 1)}  ${plain}`);
  }
  return lines.join("\n");
};
