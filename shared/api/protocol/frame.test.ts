import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { HeadraceError } from "../../errors/index.ts";
import { decodeFrame, encodeFrame, maxAttachments, maxFrameBytes } from "./frame.ts";

const envelopes = fc.record({
  message: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown),
  attachments: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }),
});

it("gives back what was put in, every attachment at a multiple of 8 bytes", () => {
  fc.assert(
    fc.property(envelopes, fc.integer({ min: 0, max: 9 }), fc.boolean(), (envelope, offset, isBuffer) => {
      const frame = encodeFrame(envelope);
      const pool = isBuffer ? Buffer.alloc(frame.byteLength + offset) : new Uint8Array(frame.byteLength + offset);
      pool.set(frame, offset);
      const decoded = decodeFrame(pool.subarray(offset));
      expect(decoded.message).toEqual(envelope.message);
      expect(decoded.attachments.map((bytes) => [...bytes])).toEqual(envelope.attachments.map((bytes) => [...bytes]));
      for (const bytes of decoded.attachments) expect(bytes.byteOffset % 8).toBe(0);
    }),
  );
});

const outcome = (bytes: Uint8Array): string => {
  try {
    decodeFrame(bytes);
    return "read";
  } catch (error) {
    return error instanceof HeadraceError ? error.code : String(error);
  }
};

describe("a frame from someone who means harm", () => {
  const refused = expect.objectContaining({ code: "api_frame_invalid" }) as unknown;
  const good = encodeFrame({ message: { a: [1, "é😀"] }, attachments: [new Uint8Array(9), new Uint8Array(0)] });
  const changed = (word: number, value: number): Uint8Array => {
    const copy = good.slice();
    new DataView(copy.buffer).setUint32(word * 4, value, true);
    return copy;
  };

  it.each([
    ["nothing", new Uint8Array(0)],
    ["a few bytes", new Uint8Array(8)],
    ["zeros", new Uint8Array(64)],
    ["another magic", changed(0, 1)],
    ["text longer than the frame", changed(1, 0xff_ff_ff_ff)],
    ["a million attachments", changed(2, 1_000_000)],
    ["an attachment too many", changed(2, 3)],
    ["reserved bits", changed(3, 1)],
    ["an attachment of 4 GB", changed(4, 0xff_ff_ff_ff)],
    ["half of it", good.slice(0, 32)],
    ["a tail", Uint8Array.from([...good, ...new Uint8Array(8)])],
    ["text that is not UTF-8", Uint8Array.from(good, (byte, at) => (at === 26 ? 0xff : byte))],
  ])("is refused: %s", (_what, bytes) => {
    expect(() => decodeFrame(bytes)).toThrow(refused);
  });

  it("is refused or read, whatever its bytes, and never fails otherwise", () => {
    const flips = fc.array(fc.tuple(fc.nat(good.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), flips), (input) => {
        const bytes = input instanceof Uint8Array ? input : good.slice();
        if (!(input instanceof Uint8Array)) for (const [at, value] of input) bytes[at] = value;
        expect(outcome(bytes)).toMatch(/^(read|api_frame_invalid)$/);
      }),
      { numRuns: 2000 },
    );
  });

  it("is not even made when it would be too large", () => {
    const attachments = Array.from({ length: maxAttachments + 1 }, () => new Uint8Array(0));
    expect(() => encodeFrame({ message: null, attachments })).toThrow(refused);
    expect(() => encodeFrame({ message: null, attachments: [new Uint8Array(maxFrameBytes)] })).toThrow(refused);
  });
});
