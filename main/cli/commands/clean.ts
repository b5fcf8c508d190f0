import { openEngine } from "../open-project.ts";
import type { Execute, ProjectOptions } from "../session.ts";
import { printLines } from "../terminal.ts";
import { formatBytes, plural } from "../text/format.ts";

/** `headrace clean`: removes generated files that nothing refers to. */
export const execute: Execute<ProjectOptions & { readonly all?: boolean; readonly dryRun?: boolean }> = async (
  session,
  options,
) => {
  const { all = false, dryRun = false } = options;
  await using engine = await openEngine(session, options);
  const { files, bytes } = await engine.clean({ all, dryRun });
  const what = `${plural(files, "file")}, ${formatBytes(bytes)}`;
  printLines(session.terminal, [
    files === 0 ? "Nothing to remove." : dryRun ? `Would remove ${what}.` : `Removed ${what}.`,
  ]);
  return 0;
};
