import type { CommandContext } from "./command-context.ts";

/** A name of this kind that nothing has: `name`, else `name_2`, `name_3`, …. */
export const freshName = ({ project, added }: CommandContext, kind: string, name: string): string => {
  const isTaken = (candidate: string): boolean => {
    const id = `${kind}.${candidate}`;
    return project.nodes.has(id) || added.includes(id);
  };
  const stem = name.replace(/_\d+$/, "");
  let candidate = name;
  for (let number = 2; isTaken(candidate); number++) candidate = `${stem}_${number}`;
  return candidate;
};

/** `pipelines/<name>.yml`, or the next such file that is not there. */
export const freshFile = async ({ files }: CommandContext, name: string): Promise<string> => {
  for (let number = 1; ; number++) {
    const file = `pipelines/${name}${number === 1 ? "" : `_${number}`}.yml`;
    if ((await files.read(file)) === null) return file;
  }
};
