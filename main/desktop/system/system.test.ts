import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { TestDesktop } from "../../../test-support/desktop/desktop.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("secrets", () => {
  it("are kept encrypted, listed by name, told to the engine alone, and forgotten", async () => {
    await desktop.start();
    desktop.engine.spawned(100);
    await desktop.ask("secret.put", { name: "warehouse", value: "tr0ub4dor" });
    expect(await desktop.ask("secret.list", {})).toMatchObject({
      answer: { ok: true, value: { names: ["warehouse"] } },
    });
    desktop.engine.emit("message", { type: "secret", id: 7, name: "warehouse" });
    await vi.waitFor(() => expect(desktop.toldEngine).toContainEqual({ type: "secret", id: 7, value: "tr0ub4dor" }));
    await desktop.ask("secret.put", { name: "warehouse", value: null });
    desktop.engine.emit("message", { type: "secret", id: 8, name: "warehouse" });
    await vi.waitFor(() => expect(desktop.toldEngine).toContainEqual({ type: "secret", id: 8, value: null }));
  });

  it.runIf(process.platform === "linux").each(["basic_text", "unknown"] as const)(
    "are refused where the keychain is %s",
    async (backend) => {
      desktop.standIn.backend = backend;
      await desktop.start();
      const { answer } = await desktop.ask("secret.put", { name: "a", value: "b" });
      expect(answer).toMatchObject({ ok: false, error: { code: "keychain_unavailable" } });
      expect(JSON.stringify(answer)).not.toContain('"b"');
    },
  );
});

describe("updates", () => {
  const feed = "https://updates.test/headrace.json";

  it("are not looked for until somebody switches that on, and never without an address", async () => {
    await desktop.start(feed);
    expect(desktop.standIn.fetched).toEqual([]);
    desktop.standIn.feed = { version: "0.2.0", page: "https://updates.test/download" };
    desktop.standIn.presses.push(0);
    const { answer } = await desktop.ask("updates.set", { isOn: true });
    expect(answer).toEqual({ ok: true, value: { isPossible: true, isOn: true, version: "0.1.0" } });
    await vi.waitFor(() => expect(desktop.standIn.opened).toEqual(["https://updates.test/download"]));
    await desktop.ask("updates.set", { isOn: false });

    using other = new TestDesktop();
    await other.start();
    const { answer: without } = await other.ask("updates.set", { isOn: true });
    expect(without).toMatchObject({ value: { isPossible: false, isOn: false } });
    expect(other.standIn.fetched).toEqual([]);
  });

  it.each([
    { version: "0.1.0", page: "https://a.test/" },
    { version: "9.9.9", page: "file:///etc/passwd" },
    "nonsense",
  ])("are nothing when the feed says %j", async (said) => {
    desktop.standIn.feed = said;
    await desktop.start(feed);
    await desktop.ask("updates.set", { isOn: true });
    await vi.waitFor(() => expect(desktop.standIn.fetched).toEqual([feed]));
    await desktop.ask("updates.set", { isOn: false });
    expect([desktop.standIn.asked, desktop.standIn.opened]).toEqual([[], []]);
  });
});
