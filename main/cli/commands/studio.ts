import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { findProjectRoot, packageRoot, provisionRoom } from "../../engine/index.ts";
import { openStudio } from "../../studio/index.ts";
import { startWebHost } from "../../web/index.ts";
import type { Execute, ProjectOptions, Session } from "../session.ts";

interface StudioOptions extends ProjectOptions {
  readonly port: number;
  readonly open: boolean;
}

/** `headrace studio [FOLDER]`: serves the project's window until it is stopped. */
export const execute: Execute<StudioOptions> = async (session, options, [folder]) => {
  const { terminal, signal, environment } = session;
  const root = findProjectRoot(resolve(session.workingFolder, folder ?? options.project ?? "."));
  const { dataDirectory } = await provisionRoom();
  const dataDir = dataDirectory(environment);
  await using studio = await openStudio({ dataDir, environment, profile: options.profile });
  await using host = await startWebHost({
    renderer: join(packageRoot(), "out", "renderer"),
    port: options.port,
    connect: (port) => studio.connect(port, root),
  });
  terminal.write(
    `Headrace's studio on ${root}:\n\n  ${host.url}\n\nWhoever has this address can act for you in this project. Ctrl-C ends it.\n`,
  );
  await using _launch = options.open ? await openBrowser(host.url, join(dataDir, "studio")) : null;
  session.onStopping(() => terminal.write("closing …\n"));
  await stopped(signal);
  return 0;
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
