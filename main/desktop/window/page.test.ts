import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { TestDesktop } from "../../../test-support/desktop/desktop.ts";
import { refusable } from "../../../test-support/desktop/electron-stand-in.ts";

let desktop: TestDesktop;
beforeEach(() => (desktop = new TestDesktop()));
afterEach(() => desktop[Symbol.dispose]());

describe("the page", () => {
  const ask = async (address: string, method = "GET"): Promise<Response> =>
    desktop.standIn.handler!(new Request(address, { method }));

  it("is served with a policy that lets nothing else in", async () => {
    await desktop.start();
    const answer = await ask("app://headrace/");
    expect(await answer.text()).toContain("Headrace");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self';");
    expect((await ask("app://headrace/assets/app.js")).status).toBe(200);
  });

  it.each([
    ["app://other/", 403],
    ["app://headrace/..%2fsecret.txt", 404],
    ["app://headrace/%2e%2e/secret.txt", 404],
    ["app://headrace/assets", 404],
    ["app://headrace/nothing.js", 404],
  ])("has nothing at %s", async (address, status) => {
    await desktop.start();
    const answer = await ask(address);
    expect([answer.status, await answer.text()]).toEqual([status, ""]);
  });

  it.each([
    "https://evil.test/",
    "file:///etc/passwd",
    "app://headrace.evil/",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("does not go to %s", async (url) => {
    await desktop.start();
    const { webContents } = desktop.window;
    desktop.standIn.appEvents.emit("web-contents-created", {}, webContents);
    for (const name of ["will-navigate", "will-frame-navigate"]) {
      const event = { ...refusable(), url };
      const refusal = vi.spyOn(event, "preventDefault");
      webContents.emit(name, event);
      expect(refusal).toHaveBeenCalledOnce();
    }
    expect(webContents.opener?.({ url } as never)).toEqual({ action: "deny" });
    expect(desktop.standIn.opened).toEqual(url.startsWith("https:") ? [url] : []);
  });

  it("is given no permission but to copy, and no network", async () => {
    await desktop.start();
    const { asked, checked, request } = desktop.standIn.permission;
    const decide = (permission: string, requestingUrl: string): boolean => {
      const answer = vi.fn<(granted: boolean) => void>();
      asked?.({} as never, permission as never, answer, { requestingUrl } as never);
      const [granted] = answer.mock.calls[0] ?? [];
      expect(checked?.(null, permission as never, requestingUrl, {} as never)).toBe(granted);
      return granted === true;
    };
    const ours = "app://headrace/";
    for (const permission of ["media", "geolocation", "notifications", "clipboard-read", "hid", "openExternal"]) {
      expect(decide(permission, ours)).toBe(false);
    }
    expect(decide("clipboard-sanitized-write", ours)).toBe(true);
    expect(decide("clipboard-sanitized-write", "https://evil.test/")).toBe(false);
    const reaches = (url: string): boolean => {
      let cancelled = true;
      request?.({ url }, ({ cancel = false }) => (cancelled = cancel));
      return !cancelled;
    };
    expect(["https://evil.test/", "http://127.0.0.1/", "ws://x/", "file:///etc/passwd"].filter(reaches)).toEqual([]);
    expect([ours, "blob:app://headrace/1", "data:,x"].every(reaches)).toBe(true);
  });

  it.each([
    ["another page", { url: "https://evil.test/" }],
    ["a frame", { parent: {} as never }],
    ["a look-alike", { url: "app://headrace.evil/" }],
  ])("is the only one that is answered: not %s", async (_what, frame) => {
    await desktop.start();
    const { answer, posted } = await desktop.ask("engine.connect", {}, frame);
    expect(answer).toMatchObject({ ok: false, error: { code: "shell_bad_input" } });
    expect(posted).toEqual([]);
    expect(desktop.engine.posted).toEqual([]);
  });

  it.each([
    ["shell.run", {}],
    ["constructor", {}],
    ["window.edited", { isEdited: "yes" }],
    ["secret.get", { name: "a" }],
  ])("gets a sentence for a call that there is not: %s", async (name, input) => {
    await desktop.start();
    const { answer } = await desktop.ask(name, input);
    expect(answer).toMatchObject({ ok: false, error: { code: "shell_bad_input" } });
  });
});
