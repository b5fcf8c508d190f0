import { type ExposureSpec, readExposure } from "../exposures/spec.ts";
import { defineExecutor } from "./executor.ts";

const describe = ({ contract, contractFile, file, url }: ExposureSpec): readonly string[] => [
  ...(contract === null && contractFile === null ? [] : ["holds the table to its contract"]),
  ...(file === null ? [] : [`writes ${file.path} as ${file.format}, unless the same table is there`]),
  ...(url === null || url.check === "none" ? [] : [`looks at ${url.url} (${url.check})`]),
];

/**
 * Hands a table to who uses it: contract, then file, then address. Runs every time, since a contract may be about now;
 * an unchanged table is not written again.
 */
export const exposureExecutor = defineExecutor<"exposure", ExposureSpec>("exposure", {
  version: 1,
  validate: (node) => void readExposure(node),
  plan: readExposure,
  describe,
  everyRun: "an exposure is held to its contract on every run",
  inputsState: () => Promise.resolve(null),
  // Loaded when an exposure runs: what writes sheets and Arrow files is large.
  execute: async (node, spec, context) => {
    const { executeExposure } = await import("../exposures/execute.ts");
    return executeExposure(node, spec, context);
  },
});
