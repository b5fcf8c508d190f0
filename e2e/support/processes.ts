import { existsSync, readFileSync } from "node:fs";

/** Ids of processes below one that are still there. */
export const descendants = (pid: number): readonly number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  const children = existsSync(file) ? readFileSync(file, "utf8").split(" ").filter(Boolean).map(Number) : [];
  return [...children, ...children.flatMap(descendants)];
};

export const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
