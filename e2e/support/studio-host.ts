import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { testDataDir } from "../../test-support/test-data-dir.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const entry = join(checkout, "main/cli/main.ts");

/** A copy of an example, or files of one's own, in a folder that goes with the test. */
export interface TestProject extends AsyncDisposable {
  /** Absolute. */
  readonly root: string;
  read(file: string): Promise<string>;
  write(file: string, content: string): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

const command = (root: string, args: readonly string[], environment: Environment = {}): ChildProcess =>
  spawn(process.execPath, [entry, ...args], {
    cwd: root,
    env: { ...process.env, HEADRACE_HOME: testDataDir, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once("exit", (code) => resolve(code));
  });

const projectIn = (root: string): TestProject => ({
  root,
  read: (file) => readFile(join(root, file), "utf8"),
  async write(file, content) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), content);
  },
  async [Symbol.asyncDispose]() {
    // A run may have started the project's own PostgreSQL.
    if (existsSync(root)) await ended(command(root, ["db", "stop"]));
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** Copies `examples/<name>`, without what runs of it left behind. */
export const exampleProject = async (name: string): Promise<TestProject> => {
  const root = await mkdtemp(join(tmpdir(), `headrace-e2e-${name}-`));
  const original = join(checkout, "examples", name);
  const generated = join(original, "target");
  await cp(original, root, {
    recursive: true,
    filter: (path) => path !== generated && !path.startsWith(generated + sep),
  });
  return projectIn(root);
};

/** A project of these files. */
export const ownProject = async (files: Readonly<Record<string, string>>): Promise<TestProject> => {
  const project = projectIn(await mkdtemp(join(tmpdir(), "headrace-e2e-own-")));
  for (const [file, content] of Object.entries(files)) await project.write(file, content);
  return project;
};

/** `headrace studio` on a project, as a process of its own. */
export interface StudioHost extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** What is done meanwhile happens before the engine sees any of it, however slow the machine is. */
  whileAsleep(act: () => Promise<void>): Promise<void>;
}

/** Starts the studio in a folder, which is trusted unless the test is about that, and waits for its address. */
export const startStudio = async (
  root: string,
  environment: Environment = {},
  { trusted = true } = {},
): Promise<StudioHost> => {
  const child = command(root, ["studio", "--no-open", ...(trusted ? ["--trust"] : [])], environment);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer): void => {
      output += String(data);
      const [found] = /http:\/\/\S+/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", () => reject(new Error(`the studio ended before it said its address:\n${output}`)));
  });
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended(child);
  };
  const whileAsleep = async (act: () => Promise<void>): Promise<void> => {
    child.kill("SIGSTOP");
    try {
      await act();
    } finally {
      child.kill("SIGCONT");
    }
  };
  const kill = (): Promise<void> => stop("SIGKILL");
  return { url, process: child, kill, whileAsleep, [Symbol.asyncDispose]: () => stop("SIGTERM") };
};
