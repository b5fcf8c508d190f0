import { StringDecoder } from "node:string_decoder";

export interface CaptureLimits {
  readonly bytes: number;
  readonly lines: number;
  /** A longer line is cut there. */
  readonly lineLength: number;
  /** Lines of the end that are shown after the rest was left out. */
  readonly tail: number;
}

const captureLimits: CaptureLimits = { bytes: 10_000_000, lines: 50_000, lineLength: 20_000, tail: 50 };

export interface LineSink {
  write(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Splits a process's output into lines as they come, up to the limits; after them only the last lines are kept, so
 * that a process that prints without end costs neither memory nor time.
 */
export const capturedLines = (emit: (line: string) => void, limits: CaptureLimits = captureLimits): LineSink => {
  const decoder = new StringDecoder("utf8");
  const tail: string[] = [];
  let bytes = 0;
  let lines = 0;
  let left = 0;
  let rest = "";

  const take = (line: string): void => {
    const text = (line.endsWith("\r") ? line.slice(0, -1) : line).slice(0, limits.lineLength);
    lines += 1;
    if (bytes <= limits.bytes && lines <= limits.lines) return emit(text);
    left += 1;
    tail.push(text);
    if (tail.length > limits.tail) tail.shift();
  };

  return {
    write(chunk) {
      bytes += chunk.byteLength;
      const parts = (rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))).split("\n");
      // What exceeds the longest line is dropped at once, so that one endless line stays small.
      rest = (parts.pop() ?? "").slice(0, limits.lineLength);
      for (const part of parts) take(part);
    },
    end() {
      const last = rest + decoder.end();
      if (last !== "") take(last);
      if (left > tail.length) {
        emit(`… ${left - tail.length} lines were left out: the output exceeds ${Math.round(limits.bytes / 1e6)} MB`);
      }
      for (const line of tail) emit(line);
    },
  };
};
