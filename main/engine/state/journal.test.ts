import { appendFile, readFile, truncate } from "node:fs/promises";
import { expect, it } from "vitest";

import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import type { RunEvent } from "../../../shared/run/index.ts";
import { openJournal, readJournal } from "./journal.ts";

const started = (attempt: number): RunEvent => ({
  type: "started",
  node: "transform.a",
  time: "2026-01-31T00:00:00Z",
  attempt,
});

it("keeps events in their order, and says that it is whole", async () => {
  await using folder = await temporaryFolder();
  const path = folder.path("run.jsonl");
  {
    await using journal = openJournal(path);
    for (let attempt = 1; attempt <= 50; attempt++) {
      journal.append(started(attempt));
      if (attempt % 20 === 0) await journal.flushed();
    }
  }
  const { entries, whole } = readJournal(path);
  expect(whole).toBe(true);
  expect(entries.map(({ event }) => (event.type === "started" ? event.attempt : 0))).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 1),
  );
});

it("has on disk what was flushed", async () => {
  await using folder = await temporaryFolder();
  await using journal = openJournal(folder.path("run.jsonl"));
  journal.append(started(1));
  await journal.flushed();
  expect(await readFile(folder.path("run.jsonl"), "utf8")).toContain('"attempt":1');
});

it("is never opened over another run's", async () => {
  await using folder = await temporaryFolder({ "run.jsonl": "taken" });
  expect(() => openJournal(folder.path("run.jsonl"))).toThrow(/EEXIST/);
});

it("gives the whole prefix of a file that was cut or written on", async () => {
  await using folder = await temporaryFolder();
  const path = folder.path("run.jsonl");
  {
    await using journal = openJournal(path);
    journal.append(started(1));
    journal.append(started(2));
  }
  await appendFile(path, "not a line of ours\n");
  expect(readJournal(path)).toMatchObject({ entries: [{ seq: 0 }, { seq: 1 }], whole: false });
  const { length } = await readFile(path);
  await truncate(path, length - 25);
  expect(readJournal(path)).toMatchObject({ entries: [{ seq: 0 }], whole: false });
});
