import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { testDataDir } from "../../test-support/test-data-dir.ts";

const entry = fileURLToPath(new URL("../../main/cli/main.ts", import.meta.url));

/** What a command of the terminal prints in a folder. Throws when it fails. */
export const runHeadrace = async (
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [entry, ...args], {
    cwd: root,
    env: {
      ...process.env,
      HEADRACE_HOME: testDataDir,
      FORCE_COLOR: undefined,
      NO_COLOR: "1",
      ...environment,
    },
  });
  return stdout;
};
