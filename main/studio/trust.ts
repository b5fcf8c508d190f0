import type { StudioHandlers } from "../../shared/api/index.ts";
import { trustRoom } from "../engine/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Trusting the project of a window, and the folders that were trusted before. */
export const trustHandlers = {
  "trust.get": async (_input, { session }) => ({ trusted: session.isTrusted }),
  "trust.grant": async (_input, { session, dataDir }) => {
    const { trustFolder } = await trustRoom();
    await trustFolder(dataDir, session.root);
    session.trust(true);
    return {};
  },
  "trust.list": async (_input, { dataDir }) => (await trustRoom()).listTrusted(dataDir),
  "trust.revoke": async ({ folder }, window) => {
    const { isTrusted, refuseTrust } = await trustRoom();
    await refuseTrust(window.dataDir, folder);
    if (window.hasProject) window.session.trust(isTrusted(window.dataDir, window.session.root));
    return {};
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
