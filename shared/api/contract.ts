// The studio's contract: everything a window can ask of its host, by area. A new call is one entry in the area's file and
// its handler in main/studio/; clients, transports and the preload script stay as they are.

import { connectionCalls } from "./calls/connections.ts";
import { editCalls } from "./calls/edit.ts";
import { fileCalls } from "./calls/file.ts";
import { insightCalls } from "./calls/insight.ts";
import { lineageCalls } from "./calls/lineage.ts";
import { materializeCalls } from "./calls/materialize.ts";
import { nodeCalls } from "./calls/node.ts";
import { projectCalls } from "./calls/project.ts";
import { runCalls } from "./calls/run.ts";
import { settingsCalls } from "./calls/settings.ts";
import { tableCalls } from "./calls/table.ts";
import { trustCalls } from "./calls/trust.ts";

export const contract = {
  ...projectCalls,
  ...nodeCalls,
  ...fileCalls,
  ...editCalls,
  ...runCalls,
  ...tableCalls,
  ...materializeCalls,
  ...lineageCalls,
  ...insightCalls,
  ...connectionCalls,
  ...trustCalls,
  ...settingsCalls,
} as const;

export type Contract = typeof contract;
