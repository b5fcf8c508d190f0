import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createClient, portPair, type StudioClient } from "../../shared/api/index.ts";
import { temporaryFolder, type TemporaryFolder } from "../../test-support/temporary-folder.ts";
import { testDataDir } from "../../test-support/temporary-project.ts";
import { openStudio, type Studio } from "./index.ts";

let folder: TemporaryFolder;
let studio: Studio;
beforeAll(async () => {
  folder = await temporaryFolder({ "one/headrace.yml": "name: one\n", "two/.hidden/x": "", "plain/sub/x": "" });
  const environment = { ...process.env, HEADRACE_HOME: testDataDir };
  studio = await openStudio({ dataDir: folder.path("data dir"), environment });
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const openWindow = (root: string | null): StudioClient => {
  const [near, far] = portPair();
  studio.connect(far, root);
  return createClient(near);
};

describe("a window without a project", () => {
  it("says so for everything that needs one, and still has settings", async () => {
    const client = openWindow(null);
    await expect(client.call("project.get", {})).rejects.toMatchObject({ code: "project_not_open" });
    await expect(client.call("run.start", {})).rejects.toMatchObject({ code: "project_not_open" });
    expect(await client.call("settings.get", {})).toEqual({ person: {}, project: {} });
  });

  it("lists folders and says which are projects", async () => {
    const client = openWindow(null);
    expect(await client.call("folders.list", { folder: folder.root })).toMatchObject({
      isProject: false,
      folders: expect.arrayContaining([
        { name: "one", isProject: true },
        { name: "plain", isProject: false },
      ]) as unknown,
    });
    expect((await client.call("folders.list", { folder: folder.path("two") })).folders).toEqual([]);
    for (const wrong of [folder.path("none"), "relative", folder.path("one/headrace.yml")]) {
      await expect(client.call("folders.list", { folder: wrong })).rejects.toMatchObject({ code: "folder_unreadable" });
    }
  });

  it("opens, makes and remembers projects, the newest first", async () => {
    const client = openWindow(null);
    await expect(client.call("project.open", { folder: folder.path("plain") })).rejects.toMatchObject({
      code: "project_not_found",
    });
    expect((await client.call("project.open", { folder: folder.path("one") })).info.name).toBe("one");
    const made = await client.call("project.create", { folder: folder.path("new") });
    expect(made.nodes.map(({ id }) => id)).toContain("transform.daily_sales");
    await expect(client.call("project.create", { folder: folder.path("one") })).rejects.toMatchObject({
      code: "project_exists",
    });
    const { recent } = await openWindow(null).call("start.get", {});
    expect(recent.map(({ root }) => root)).toEqual([folder.path("new"), folder.path("one")]);
  });
});

describe("a file that is brought in", () => {
  const bytes = new TextEncoder().encode("id,name\n1,é\n");

  const send = async (client: StudioClient, name: string, parts: readonly Uint8Array[]): Promise<string | null> => {
    const size = parts.reduce((sum, part) => sum + part.byteLength, 0);
    let upload: string | null = null;
    let file: string | null = null;
    let offset = 0;
    for (const part of parts) {
      const answer: { readonly upload: string; readonly file: string | null } = await client.upload(
        "file.upload",
        { upload, name, offset, size },
        part,
      );
      upload = answer.upload;
      file = answer.file;
      offset += part.byteLength;
    }
    return file;
  };

  it("lands whole in data/ and never on another file", async () => {
    const client = openWindow(folder.path("one"));
    expect(await send(client, "orders.csv", [bytes.slice(0, 4), bytes.slice(4)])).toBe("data/orders.csv");
    expect(await folder.read("one/data/orders.csv")).toBe("id,name\n1,é\n");
    expect(await send(client, "orders.csv", [bytes])).toBe("data/orders-2.csv");
    expect(await send(client, "empty.csv", [new Uint8Array()])).toBe("data/empty.csv");
  });

  it.each([
    ["../../etc/passwd", "data/passwd"],
    ["C:\\Users\\me\\März (1).csv", "data/März (1).csv"],
    [".bashrc", "data/bashrc"],
    ["...", "data/file"],
    ["a\u0000b/c\nd.csv", "data/c_d.csv"],
    [`${"x".repeat(250)}.csv`, `data/${"x".repeat(100)}.csv`],
  ])("gets a plain name: %j", async (name, expected) => {
    expect(await send(openWindow(folder.path("one")), name, [bytes])).toBe(expected);
  });

  it("is copied by its path in the desktop, and stays where it is when that is in the project", async () => {
    const client = openWindow(folder.path("one"));
    const adopt = async (path: string): Promise<string> => (await client.call("file.adopt", { path })).file;
    await folder.write({ "elsewhere/levels.csv": "id\n1\n", "one/data/own.csv": "id\n2\n" });
    expect(await adopt(folder.path("elsewhere/levels.csv"))).toBe("data/levels.csv");
    expect(await folder.read("one/data/levels.csv")).toBe("id\n1\n");
    expect(await adopt(folder.path("elsewhere/levels.csv"))).toBe("data/levels-2.csv");
    expect(await adopt(folder.path("one/data/own.csv"))).toBe("data/own.csv");
    for (const path of [folder.path("nowhere.csv"), folder.path("one"), "data/own.csv"]) {
      await expect(adopt(path)).rejects.toMatchObject({ code: "file_not_adopted" });
    }
  });

  it("leaves nothing when it is not wanted any more; a file that was there before stays", async () => {
    const client = openWindow(folder.path("one"));
    const begun = { upload: null, name: "unwanted.csv", offset: 0, size: bytes.byteLength };
    const half = await client.upload("file.upload", begun, bytes.slice(0, 4));
    await client.call("file.abandon", { upload: half.upload });
    const rest = { ...begun, upload: half.upload, offset: 4 };
    await expect(client.upload("file.upload", rest, bytes.slice(4))).rejects.toMatchObject({
      code: "upload_out_of_order",
    });
    expect(await readdir(folder.path("one/target/uploads"))).toEqual([]);

    const whole = await client.upload("file.upload", begun, bytes);
    expect(whole.file).toBe("data/unwanted.csv");
    await folder.write({ "elsewhere/kept.csv": "id\n1\n" });
    const path = folder.path("elsewhere/kept.csv");
    const copied = await client.call("file.adopt", { path });
    expect(copied.file).toBe("data/kept.csv");
    for (const upload of [whole.upload, copied.upload ?? "", "none"]) await client.call("file.abandon", { upload });
    await expect(folder.read("one/data/unwanted.csv")).rejects.toThrow("ENOENT");
    await expect(folder.read("one/data/kept.csv")).rejects.toThrow("ENOENT");
    expect(await folder.read("elsewhere/kept.csv")).toBe("id\n1\n");
  });

  it("is refused out of order and leaves nothing", async () => {
    const client = openWindow(folder.path("one"));
    const begun = { upload: null, name: "late.csv", offset: 0, size: 12 };
    const { upload } = await client.upload("file.upload", begun, bytes.slice(0, 4));
    const refused = { code: "upload_out_of_order" };
    for (const [offset, part] of [
      [0, bytes.slice(0, 4)],
      [8, bytes.slice(8)],
      [4, bytes],
    ] as const) {
      await expect(client.upload("file.upload", { ...begun, upload, offset }, part)).rejects.toMatchObject(refused);
    }
    await expect(client.upload("file.upload", { ...begun, upload: "none" }, bytes)).rejects.toMatchObject(refused);
    await expect(folder.read("one/data/late.csv")).rejects.toThrow("ENOENT");
  });
});

it("a project is closed with its last window, and not with an earlier one", async () => {
  const root = join(folder.root, "one");
  const [one, other] = [openWindow(root), openWindow(root)];
  await Promise.all([one.call("project.get", {}), other.call("project.get", {})]);
  one.close();
  expect((await other.call("project.get", {})).info.name).toBe("one");
  other.close();
});
