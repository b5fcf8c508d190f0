import { afterAll, beforeAll } from "vitest";

import { openStudio, type Studio } from "../main/studio/index.ts";
import { openTestWindow, type TestWindow } from "./studio-window.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { testDataDir } from "./test-data-dir.ts";

/** The one studio of a test file. */
export interface TestStudio {
  readonly studio: Studio;
  /** Where it keeps what it remembers: a folder of its own. */
  readonly dataDir: string;
  /** A window on the till's project, with more or other files; both go when it is disposed. */
  openWindow(more?: Readonly<Record<string, string>>, trusted?: boolean): Promise<TestWindow>;
}

/** Opens a studio before the file's first test and closes it after the last: `const studio = testStudio();`. */
export const testStudio = (): TestStudio => {
  const opened = new AsyncDisposableStack();
  let dataDir: string | null = null;
  let studio: Studio | null = null;
  beforeAll(async () => {
    dataDir = opened.use(await temporaryFolder()).root;
    studio = opened.use(await openStudio({ dataDir, environment: { ...process.env, HEADRACE_HOME: testDataDir } }));
  });
  afterAll(() => opened.disposeAsync());
  const present = <T>(value: T | null): T => {
    if (value === null) throw new Error("the studio is there for tests and their hooks only");
    return value;
  };
  return {
    get studio() {
      return present(studio);
    },
    get dataDir() {
      return present(dataDir);
    },
    openWindow: (more, trusted) => openTestWindow(present(studio), more, trusted),
  };
};
