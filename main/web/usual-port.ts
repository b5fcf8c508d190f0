import { createHash } from "node:crypto";

// Below the ports that systems hand out by themselves, so that it is seldom taken.
const first = 20_000;
const count = 10_000;

/** The port that a project's window has wherever it is free: a browser keeps what it holds by the address. */
export const usualPort = (root: string): number =>
  first + (createHash("sha256").update(root).digest().readUInt32BE(0) % count);
