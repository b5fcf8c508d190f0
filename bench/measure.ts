import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

/** CPU seconds that a running process and its present threads have used. */
export const processCpu = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

export interface Measured {
  /** CPU seconds of the whole process tree. */
  readonly cpu: number;
  readonly wall: number;
  readonly stdout: string;
}

const usageSchema = z.object({ cpu: z.number(), wall: z.number() });
const wrapper = join(import.meta.dirname, "cpu_of.py");

/** Runs one command to its end and measures it with everything it started (Linux). Throws when it fails. */
export const measure = (command: readonly string[], options: { readonly cwd?: string } = {}): Measured => {
  const result = spawnSync("python3", [wrapper, ...command], {
    ...options,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  if (result.status !== 0) throw new Error(`${command.join(" ")} ended with ${result.status}: ${result.stderr}`);
  return { ...usageSchema.parse(JSON.parse(result.output[3] ?? "")), stdout: result.stdout };
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** The 95th percentile by nearest rank. */
export const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

/** Runs alternatives in turn, so that a drifting machine slows all of them alike, and gives each one's medians. */
export const inTurn = <K extends string>(
  times: number,
  alternatives: Readonly<Record<K, () => Measured>>,
): Readonly<Record<K, { readonly cpu: number; readonly wall: number }>> => {
  const names = Object.keys(alternatives) as K[];
  const runs = names.map((): Measured[] => []);
  for (let round = 0; round < times; round++) names.forEach((name, index) => runs[index]?.push(alternatives[name]()));
  const entries = names.map((name, index) => {
    const list = runs[index] ?? [];
    return [name, { cpu: median(list.map((run) => run.cpu)), wall: median(list.map((run) => run.wall)) }] as const;
  });
  return Object.fromEntries(entries) as Record<K, { readonly cpu: number; readonly wall: number }>;
};
