// The window begins here: theme, connection, project, shell.
import "./zod-setup.ts";
import "./theme/tokens.css";
import "./theme/base.css";
import "./ui/ui.css";
import "./panels/panels.css";

import { createRoot } from "react-dom/client";

import { stayConnected } from "./api.ts";
import { isDesktop } from "./desktop/bridge.ts";
import { AppShell } from "./shell/app-shell.tsx";
import { fetchAhead } from "./shell/fetch-ahead.ts";
import { listenForEarlyDrops } from "./store/held-drops.ts";
import { followProject } from "./store/follow-project.ts";
import { applyTheme, followDesktop } from "./theme/theme.ts";
import { ErrorBoundary } from "./ui/error-boundary.tsx";

listenForEarlyDrops();
applyTheme("system");
followDesktop();
const { retry } = stayConnected(async (client) => {
  await followProject(client);
  fetchAhead();
});
if (isDesktop()) void import("./desktop/follow-shell.ts").then(({ followShell }) => followShell());
const root = document.querySelector("#root");
if (root !== null) {
  createRoot(root).render(
    <ErrorBoundary>
      <AppShell retry={retry} />
    </ErrorBoundary>,
  );
}
