#!/usr/bin/env node
// The first file that runs, on whatever Node there is: plain JavaScript that old versions can read. It makes sure of
// Node 24, starts again with the one that npm installed where need be, then hands over to the program.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const needed = 24;
const here = dirname(fileURLToPath(import.meta.url));

/** The interpreter inside the platform's package of Node, or null where it is not installed. */
function installedNode() {
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  try {
    const folder = dirname(module.createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, "bin", windows ? "node.exe" : "node");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

function startAgain(binary) {
  const child = spawn(binary, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // The terminal sends Ctrl-C to both; this one only waits for the other's answer.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`Headrace could not start ${binary}: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

/** `--script file` runs a script of the checkout instead of the command line. */
function entry() {
  if (process.argv[2] === "--script") {
    const [script] = process.argv.splice(2, 2).slice(1);
    return pathToFileURL(join(process.cwd(), script ?? ""));
  }
  const bundled = join(here, "main.mjs");
  return pathToFileURL(existsSync(bundled) ? bundled : join(here, "main.ts"));
}

const major = Number(process.versions.node.split(".")[0]);
if (major >= needed) {
  module.enableCompileCache();
  await import(entry().href);
} else {
  const binary = installedNode();
  if (binary !== null) startAgain(binary);
  else {
    console.error(
      `Headrace needs Node ${needed} or newer and this is Node ${process.versions.node}: ` +
        `install Node ${needed} (https://nodejs.org), or reinstall Headrace without --omit=optional.`,
    );
    process.exitCode = 2;
  }
}
