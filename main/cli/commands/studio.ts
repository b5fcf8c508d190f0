import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { createEngine, findProjectRoot, packageRoot, provisionRoom, trustRoom } from "../../engine/index.ts";
import { openStudio } from "../../studio/index.ts";
import { startWebHost, usualPort } from "../../web/index.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";

interface StudioOptions extends ProjectOptions {
  readonly port: number;
  readonly open: boolean;
  readonly trust?: boolean;
}

/** `headrace studio [FOLDER]`: serves the project's window until it is stopped. */
export const execute: Execute<StudioOptions> = async (session, options, [folder]) => {
  const { terminal, signal, environment } = session;
  const root = openedFirst(session, folder ?? options.project);
  const { dataDirectory } = await provisionRoom();
  const dataDir = dataDirectory(environment);
  if (options.trust === true && root !== null) await (await trustRoom()).trustFolder(dataDir, root);
  await using studio = await openStudio({ dataDir, environment, profile: options.profile });
  // APIs are read beside the windows, with an engine of their own that starts nothing before it is asked.
  await using engine = root === null ? null : createEngine({ root, dataDir, environment, profile: options.profile });
  await using host = await startWebHost({
    renderer: join(packageRoot(), "out", "renderer"),
    ports: options.port > 0 || root === null ? [options.port] : [usualPort(root), 0],
    apis: engine?.apis,
    connect: (port) => studio.connect(port, root),
  });
  terminal.write(
    `Headrace's studio${root === null ? "" : ` on ${root}`}:\n\n  ${host.url}\n\n` +
      "Whoever has this address can act for you in your projects. Ctrl-C ends it.\n",
  );
  await using _launch = options.open ? await openBrowser(host.url, join(dataDir, "studio")) : null;
  if (root !== null) studio.prepare(root);
  session.onStopping(() => terminal.write("closing …\n"));
  await stopped(signal);
  return 0;
};

/** The project to begin with: the one that was named, else the nearest one, else none and the start page. */
const openedFirst = (session: Session, folder: string | undefined): string | null => {
  if (folder !== undefined) return findProjectRoot(resolve(session.workingFolder, folder));
  try {
    return findProjectRoot(session.workingFolder);
  } catch (error) {
    if (error instanceof ProjectError && error.code === "project_not_found") return null;
    throw error;
  }
};

const stopped = (signal: Session["signal"]): Promise<void> =>
  new Promise((ready) => {
    if (signal.aborted) ready();
    else signal.addEventListener("abort", () => ready(), { once: true });
  });

const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/**
 * Opens the person's browser. The address goes through a file that only they can read: as an argument of a program
 * everyone on the machine could see it. Where there is no browser the printed address remains.
 */
const openBrowser = async (url: string, folder: string): Promise<AsyncDisposable> => {
  const file = join(folder, `open-${process.pid}.html`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, `<!doctype html><meta http-equiv="refresh" content="0; url=${url}"><title>Headrace</title>`, {
    mode: 0o600,
  });
  const [program = "xdg-open", ...args] = openers[process.platform] ?? [];
  const child = spawn(program, [...args, file], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
};
