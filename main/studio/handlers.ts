import type { StudioHandlers } from "../../shared/api/index.ts";
import { canvasHandlers } from "./canvas.ts";
import { connectionHandlers } from "./connections.ts";
import { describeHandlers } from "./describe.ts";
import { draftHandlers } from "./drafts.ts";
import { editHandlers } from "./edit.ts";
import { fileHandlers } from "./files.ts";
import { historyHandlers } from "./history.ts";
import { insightHandlers } from "./insight.ts";
import { lineageHandlers } from "./lineage.ts";
import { materializeHandlers } from "./materialize.ts";
import { modelHandlers } from "./models.ts";
import { nodeHandlers } from "./node.ts";
import { textHandlers } from "./node-text.ts";
import { previewHandlers } from "./preview.ts";
import { projectHandlers } from "./project.ts";
import { runHandlers } from "./run.ts";
import { secretHandlers } from "./secrets.ts";
import { settingsHandlers } from "./settings.ts";
import { startHandlers } from "./start.ts";
import { tableHandlers } from "./tables.ts";
import type { StudioWindow } from "./studio.ts";
import { statusHandlers } from "./status.ts";
import { trustHandlers } from "./trust.ts";

/** A handler for every entry of the contract: leave one out and this does not compile. */
export const handlers: StudioHandlers<StudioWindow> = {
  ...projectHandlers,
  ...nodeHandlers,
  ...describeHandlers,
  ...runHandlers,
  ...previewHandlers,
  ...tableHandlers,
  ...canvasHandlers,
  ...editHandlers,
  ...textHandlers,
  ...draftHandlers,
  ...historyHandlers,
  ...fileHandlers,
  ...insightHandlers,
  ...lineageHandlers,
  ...materializeHandlers,
  ...modelHandlers,
  ...startHandlers,
  ...connectionHandlers,
  ...settingsHandlers,
  ...trustHandlers,
  ...secretHandlers,
  ...statusHandlers,
};
