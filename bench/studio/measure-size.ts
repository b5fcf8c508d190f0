// What an installation takes, packed as it is shipped.

import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { parse } from "yaml";

import { fetchOldElectron, oldElectronVersion } from "../../e2e/electron/old/fetch.ts";
import { findElectron } from "../../scripts/find-electron.ts";
import { measure } from "../measure.ts";
import type { Figure } from "../report.ts";
import { fact } from "./figures.ts";

const checkout = join(import.meta.dirname, "..", "..");

interface Electron {
  /** Its files, as `electron-builder` takes them. */
  readonly folder: string;
  readonly version: string;
  /** What is said of it. */
  readonly name: string;
  readonly isOurs: boolean;
}

/** Packs the desktop for this system with the Electron that is at hand, and adds up the files. */
export const sizeFigures = async (folder: string): Promise<readonly Figure[]> => {
  const electron = await electronFor(join(folder, "electron"));
  measure([process.execPath, join(checkout, "scripts", "build-desktop.ts")], { cwd: checkout });
  const packed = pack(folder, electron);
  const whole = bytesOf(packed) / 1e6;
  const own = bytesOf(join(packed, "resources")) / 1e6;
  const ours = fact(
    "installed: Headrace, DuckDB and PostgreSQL alone",
    own,
    "MB",
    null,
    "as packed, native parts of one system",
  );
  const detail = electron.isOurs
    ? ""
    : `${electron.name}; Headrace's own Electron may take ${(450 - own).toFixed(0)} MB`;
  return bytesOf(electron.folder) === 0
    ? [{ ...ours, detail: `${ours.detail}; ${detail}` }]
    : [fact(`installed, with Electron ${electron.version}`, whole, "MB", 450, detail), ours];
};

const electronFor = async (folder: string): Promise<Electron> => {
  const program = findElectron();
  const manifest = readFileSync(join(checkout, "node_modules", "electron", "package.json"), "utf8");
  const { version } = parse(manifest) as { readonly version: string };
  if (program !== null) return { folder: dirname(program), version, name: "its own", isOurs: true };
  mkdirSync(folder);
  const fetched = await fetchOldElectron();
  if ("reason" in fetched) {
    // Nothing but a name: what is packed beside it is all that is counted.
    writeFileSync(join(folder, "electron"), "");
    return { folder, version, name: `no Electron can be had (${fetched.reason})`, isOurs: false };
  }
  const unpacked = dirname(fetched.program);
  // Without what the package it comes from has added.
  const foreign = /^(?:AppRun|usr|.*\.desktop|.*\.png|\.DirIcon)$/;
  cpSync(unpacked, folder, {
    recursive: true,
    filter: (path) => dirname(path) !== unpacked || !foreign.test(basename(path)),
  });
  renameSync(join(folder, basename(fetched.program)), join(folder, "electron"));
  rmSync(join(folder, "resources"), { recursive: true });
  mkdirSync(join(folder, "resources"));
  return { folder, version: oldElectronVersion, name: "an older Electron, in place of Headrace's own", isOurs: false };
};

/** Has `electron-builder` lay out the installed folder. */
const pack = (folder: string, { folder: dist, version }: Electron): string => {
  const { electronFuses: _fuses, ...config } = parse(
    readFileSync(join(checkout, "electron-builder.yml"), "utf8"),
  ) as Record<string, object>;
  const output = join(folder, "packed");
  // Fuses change bytes of the program and none of its size; an older one has fewer of them.
  const own = {
    ...config,
    electronDist: dist,
    electronVersion: version,
    directories: { ...config["directories"], output },
  };
  const file = join(folder, "electron-builder.json");
  writeFileSync(file, JSON.stringify(own));
  measure([process.execPath, join(checkout, "node_modules", "electron-builder", "cli.js"), "--dir", "--config", file], {
    cwd: checkout,
  });
  const [unpacked = ""] = readdirSync(output).filter((name) => statSync(join(output, name)).isDirectory());
  return join(output, unpacked);
};

const bytesOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
