import type { StudioHandlers } from "../../shared/api/index.ts";
import { encodePage } from "./pages/encode-page.ts";
import type { StudioWindow } from "./studio.ts";

/** Looking at tables. */
export const previewHandlers = {
  "preview.page": async ({ node, offset, limit }, { session }, signal) =>
    encodePage(await session.engine.preview(node, { offset, limit }, signal), offset),
  "query.page": async ({ sql, offset, limit }, { session }, signal) =>
    encodePage(await session.engine.query(sql, { offset, limit }, signal), offset),
} satisfies Partial<StudioHandlers<StudioWindow>>;
