import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

import { hostEnvironment } from "./host-environment.ts";
import type { HostProcess, SpawnHost } from "./spawn-host.ts";

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
