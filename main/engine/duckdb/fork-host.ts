import { fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import type { HostProcess, SpawnHost } from "./spawn-host.ts";

// Only what DuckDB needs to find its way around: no credential of the person's shell reaches a host.
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "LD_LIBRARY_PATH", "LANG"] as const;

const hostEnvironment = (): NodeJS.ProcessEnv => {
  const environment = Object.fromEntries(
    passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  // Where this process keeps compiled code, a host may keep its own: that halves what it takes to start.
  const compiled = getCompileCacheDir();
  return compiled === undefined ? environment : { ...environment, NODE_COMPILE_CACHE: dirname(compiled) };
};

// Node prints the error's own line in the middle of its report.
const reasonIn = (complaint: string): string => {
  const line = /^\[?(\w*Error\b[^\n]*?)\]?(?: \{)?$/m.exec(complaint)?.[1];
  return line === undefined ? "" : `: ${line}`;
};

/** Starts a host with the Node that runs this process. */
export const forkHost: SpawnHost = (entry, { args }): HostProcess => {
  const child = fork(fileURLToPath(entry), args, {
    execPath: process.execPath,
    execArgv: [],
    env: hostEnvironment(),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaint = (complaint + text).slice(-2000)));
  return {
    pid: child.pid ?? -1,
    // A message to a host that is already gone is answered by its exit, not by an error here.
    send: (message) => void (child.connected && child.send(message as object, () => {})),
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => {
      let told = false;
      const tell = (how: string) => {
        if (told) return;
        told = true;
        listener(how);
      };
      child.once("close", (code, signal) => tell(signal ?? [`exit code ${code}`, reasonIn(complaint)].join("")));
      child.once("error", (error) => tell(error.message));
    },
    kill: () => void child.kill("SIGKILL"),
  };
};
