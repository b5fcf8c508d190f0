// One binary message of a WebSocket: a header of 32-bit words, JSON text, then attachments that each begin at a
// multiple of 8 bytes, so that Arrow reads them in place.
//
//   word 0  magic   word 1  bytes of JSON   word 2  number of attachments   word 3  0
//   words 4 …       bytes of each attachment        then padding, JSON, padding, attachment, padding, …

import { ProjectError } from "../../errors/index.ts";
import type { Envelope } from "./port.ts";

/** Largest frame either side accepts, in bytes. */
export const maxFrameBytes = 64 * 1024 * 1024;
/** Most attachments in one frame. */
export const maxAttachments = 64;
const magic = 0x31_52_44_48;
const fixedBytes = 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const align = (length: number): number => Math.ceil(length / 8) * 8;

const refuse = (detail: string, cause?: unknown): ProjectError =>
  new ProjectError("api_frame_invalid", { params: { detail } }, cause === undefined ? undefined : { cause });

/** The envelope as one frame. Throws `api_frame_invalid` when it is larger than the other side would accept. */
export const encodeFrame = ({ message, attachments }: Envelope): Uint8Array<ArrayBuffer> => {
  if (attachments.length > maxAttachments) throw refuse(`${attachments.length} attachments`);
  const json = encoder.encode(JSON.stringify(message) ?? "null");
  const jsonStart = align(fixedBytes + 4 * attachments.length);
  const starts: number[] = [];
  let size = align(jsonStart + json.byteLength);
  for (const { byteLength } of attachments) {
    starts.push(size);
    size = align(size + byteLength);
    if (size > maxFrameBytes) break;
  }
  if (size > maxFrameBytes) throw refuse(`more than ${maxFrameBytes} bytes`);

  const frame = new Uint8Array(size);
  const words = new Uint32Array(frame.buffer, 0, jsonStart / 4);
  words.set([magic, json.byteLength, attachments.length, 0, ...attachments.map(({ byteLength }) => byteLength)]);
  frame.set(json, jsonStart);
  for (const [index, bytes] of attachments.entries()) frame.set(bytes, starts[index]);
  return frame;
};

/** The envelope of a frame; attachments are views of its buffer. Throws `api_frame_invalid`. */
export const decodeFrame = (received: Uint8Array): Envelope => {
  if (received.byteLength < fixedBytes) throw refuse("it is too short");
  if (received.byteLength > maxFrameBytes) throw refuse(`more than ${maxFrameBytes} bytes`);
  if (received.byteLength % 8 !== 0) throw refuse("its length is not a multiple of 8");
  // Words and attachments can only be read in place where the buffer is aligned; a pooled one may not be.
  // (Not `slice`: Node's Buffer, which is a Uint8Array too, does not copy there.)
  const frame = received.byteOffset % 8 === 0 ? received : new Uint8Array(received);
  const [found, jsonBytes = 0, count = 0, reserved] = new Uint32Array(frame.buffer, frame.byteOffset, 4);
  if (found !== magic || reserved !== 0) throw refuse("it does not begin as one");
  if (count > maxAttachments) throw refuse(`${count} attachments`);
  const jsonStart = align(fixedBytes + 4 * count);
  if (jsonStart + jsonBytes > frame.byteLength) throw refuse("its text is longer than the frame");

  const lengths = new Uint32Array(frame.buffer, frame.byteOffset + fixedBytes, count);
  const attachments: Uint8Array[] = [];
  let at = align(jsonStart + jsonBytes);
  for (const length of lengths) {
    if (at + length > frame.byteLength) throw refuse("an attachment is longer than the frame");
    attachments.push(frame.subarray(at, at + length));
    at = align(at + length);
  }
  if (at !== frame.byteLength) throw refuse("bytes follow its end");
  return { message: parseJson(frame.subarray(jsonStart, jsonStart + jsonBytes)), attachments };
};

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (cause) {
    throw refuse("its text is not JSON", cause);
  }
};
