import type { MessagePortMain } from "electron";

import { messagePort } from "../../../shared/api/index.ts";
import type { ToEngine } from "../../../shared/desktop/index.ts";
import { HeadraceError, toHeadraceError } from "../../../shared/errors/index.ts";
import { findProjectRoot } from "../../engine/index.ts";
import { openStudio } from "../../studio/index.ts";
import { AskedSecrets } from "./asked-secrets.ts";
import { electronPort } from "./electron-port.ts";
import type { MainLink } from "./main-link.ts";
import { RemoteHosts } from "./remote-hosts.ts";

/** Serves every window that main hands a port of, until main says that it is over. */
export const serveWindows = async (link: MainLink): Promise<void> => {
  const hosts = new RemoteHosts(link.send);
  const secrets = new AskedSecrets(link.send);
  const studio = await openStudio({
    spawnHost: hosts.spawn,
    secret: secrets.ask,
    onRuns: (running) => link.send({ type: "runs", running }),
  });

  /** The project around a folder; a folder without one is refused in words, and its window shows the start page. */
  const rootOf = (folder: string | null): string | null => {
    try {
      return folder === null ? null : findProjectRoot(folder);
    } catch (thrown) {
      const { message, next } = toHeadraceError(thrown);
      link.send({ type: "refused", message, next });
      return null;
    }
  };
  /** The window itself tells of a folder that has no project. */
  const prepare = (folder: string): void => {
    try {
      studio.prepare(findProjectRoot(folder));
    } catch (thrown) {
      if (!(thrown instanceof HeadraceError)) throw thrown;
    }
  };
  const tellRecent = async (): Promise<void> =>
    link.send({ type: "recent", projects: (await studio.recent()).map(({ root, name }) => ({ root, name })) });
  const end = async (): Promise<void> => {
    await studio[Symbol.asyncDispose]();
    process.exit(0);
  };

  link.onMessage((message: ToEngine, port: MessagePortMain | null) => {
    switch (message.type) {
      case "window":
        if (port !== null) studio.connect(messagePort(electronPort(port)), rootOf(message.folder));
        return;
      case "prepare":
        return prepare(message.folder);
      case "host.port":
        if (port !== null) hosts.opened(message.id, message.pid, port);
        return;
      case "host.exit":
        return hosts.exited(message.id, message.how);
      case "secret":
        return secrets.answered(message.id, message.value);
      case "recent":
        return void tellRecent();
      case "end":
        return void end();
    }
  });
  link.send({ type: "ready" });
  await tellRecent();
};
