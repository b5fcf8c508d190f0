import type { StudioHandlers } from "../../shared/api/index.ts";
import { encodePage } from "./pages/encode-page.ts";
import type { StudioWindow } from "./studio.ts";

/** Looking at tables. */
export const previewHandlers = {
  "preview.page": async ({ node, offset, limit }, { session }, signal) =>
    encodePage(await session.engine.preview(node, { offset, limit }, signal), offset),
  "preview.cell": async ({ node, row, column }, { session }, signal) => {
    const page = await session.engine.preview(node, { offset: row, limit: 1 }, signal);
    return { text: page.rows[0]?.[column] ?? null };
  },
  "query.page": async ({ sql, offset, limit }, { session }, signal) =>
    encodePage(await session.engine.query(sql, { offset, limit }, signal), offset),
} satisfies Partial<StudioHandlers<StudioWindow>>;
