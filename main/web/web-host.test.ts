import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";

import { createClient, encodeFrame, serve, type StudioHandlers } from "../../shared/api/index.ts";
import { temporaryFolder, type TemporaryFolder } from "../../test-support/temporary-folder.ts";
import { startWebHost, type WebHost } from "./index.ts";
import { webSocketPort } from "./websocket-port.ts";

// The transport is what is tried here: two handlers that need no engine stand for all.
const handlers = {
  "run.cancel": async ({ runId }: { runId: string }) => {
    if (runId === "none") throw new RangeError("no such run");
    return {};
  },
  "preview.page": async () => ({
    head: { columns: [], offset: 0, rows: 3, totalRows: 3, cut: [] },
    bytes: Uint8Array.of(1, 2, 3),
  }),
} as unknown as StudioHandlers<null>;

let folder: TemporaryFolder;
let host: WebHost;
let origin = "";
let cookie = "";
let windows = 0;

beforeAll(async () => {
  folder = await temporaryFolder({
    "secret.txt": "outside",
    "renderer/index.html": "<!doctype html><title>window</title>",
    "renderer/assets/app-1a2b.js": "1",
    "renderer/odd.exe": "x",
  });
  host = await startWebHost({
    renderer: join(folder.root, "renderer"),
    ports: [0],
    connect(port) {
      windows++;
      serve(port, handlers, null);
    },
  });
  origin = `http://127.0.0.1:${host.port}`;
  const { headers } = await ask({ path: new URL(host.url).pathname + new URL(host.url).search });
  cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

interface Ask {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const ask = ({ path = "/", method = "GET", headers = {} }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: host.port, path, method, headers }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });

/** 101 when the upgrade was granted, else the status it was refused with. */
const upgrade = ({ path = "/api", headers = {} }: Ask): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on("open", () => {
      socket.close();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", reject);
  });

const good = () => ({ cookie, origin, host: `127.0.0.1:${host.port}` });

describe("a request that our own page did not make", () => {
  const cases: [string, Record<string, string>, number][] = [
    ["of another origin", { origin: "http://evil.example" }, 403],
    ["of another port's page", { origin: "http://127.0.0.1:1" }, 403],
    ["of a page without origin (a sandboxed frame)", { origin: "null" }, 403],
    ["of https where we are http", { origin: "https://127.0.0.1" }, 403],
    ["of a rebound name", { host: "evil.example", origin: "http://evil.example" }, 421],
    ["of a rebound name with our port", { host: "evil.example:PORT", origin: "http://evil.example:PORT" }, 421],
    ["without our port in Host", { host: "127.0.0.1", origin: "http://127.0.0.1" }, 421],
    ["to every address", { host: "0.0.0.0:PORT", origin: "http://0.0.0.0:PORT" }, 421],
    ["from another site", { "sec-fetch-site": "cross-site" }, 403],
    ["from another port of this machine", { "sec-fetch-site": "same-site" }, 403],
    [
      "navigating from another site",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      403,
    ],
    ["with a form's content type", { "content-type": "text/plain" }, 415],
    ["without a cookie", { cookie: "" }, 401],
    ["with a wrong cookie", { cookie: "headrace_PORT=AAAA" }, 401],
    ["with the cookie twice", { cookie: "COOKIE; COOKIE" }, 401],
    ["with the cookie of another port", { cookie: "headrace_1=x" }, 401],
    ["with the token for a cookie", { cookie: "headrace_PORT=TOKEN" }, 401],
  ];
  const fill = (headers: Record<string, string>): Record<string, string> => {
    const token = new URL(host.url).searchParams.get("token") ?? "";
    const put = (text: string): string =>
      text.replaceAll("PORT", String(host.port)).replaceAll("COOKIE", cookie).replaceAll("TOKEN", token);
    return { ...good(), ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, put(value)])) };
  };

  it.each(cases)("%s is refused over HTTP", async (_what, headers, status) => {
    const answer = await ask({ headers: fill(headers) });
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain("window");
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it.each(cases)("%s is refused over WebSocket", async (_what, headers, status) => {
    const before = windows;
    expect(await upgrade({ headers: fill(headers) })).toBe(status);
    expect(windows).toBe(before);
  });

  it("cannot write", async () => {
    expect((await ask({ method: "POST", headers: good() })).status).toBe(415);
    expect((await ask({ method: "POST", headers: { ...good(), "content-type": "application/json" } })).status).toBe(
      405,
    );
    expect((await ask({ method: "OPTIONS", headers: { origin: "http://evil.example" } })).status).toBe(403);
  });

  it("cannot upgrade without an origin or elsewhere than the API", async () => {
    const { origin: _origin, ...withoutOrigin } = good();
    expect(await upgrade({ headers: withoutOrigin })).toBe(403);
    expect(await upgrade({ path: "/", headers: good() })).toBe(404);
    expect(await upgrade({ path: `/?token=${new URL(host.url).searchParams.get("token")}`, headers: { origin } })).toBe(
      401,
    );
  });
});

describe("the printed address", () => {
  const path = (): string => new URL(host.url).pathname + new URL(host.url).search;

  it("gives a strict cookie and no trace of the token", async () => {
    const answer = await ask({ path: path() });
    expect(answer.status).toBe(200);
    expect(String(answer.headers["set-cookie"])).toMatch(
      /^headrace_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect(answer.headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    const token = new URL(host.url).searchParams.get("token") ?? "?";
    expect(JSON.stringify(answer)).not.toContain(token);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
  });

  it("may be opened from a launch file, as a whole window only", async () => {
    const navigation = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await ask({ path: path(), headers: navigation })).status).toBe(200);
    expect((await ask({ path: path(), headers: { ...navigation, "sec-fetch-dest": "iframe" } })).status).toBe(403);
    expect((await ask({ path: path(), headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
  });

  it.each(["/?token=", "/?token=AAAA", "/?token=a&token=b", "/assets/app-1a2b.js?token=TOKEN"])(
    "is the whole of it: %s is refused",
    async (wrong) => {
      const token = new URL(host.url).searchParams.get("token") ?? "";
      expect((await ask({ path: wrong.replace("TOKEN", token) })).status).toBe(401);
    },
  );
});

describe("files", () => {
  it("are served with a policy that lets nothing else in", async () => {
    const page = await ask({ headers: good() });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining("window") as string });
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self';");
    expect(page.headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    const script = await ask({ path: "/assets/app-1a2b.js", headers: good() });
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect((await ask({ method: "HEAD", path: "/assets/app-1a2b.js", headers: good() })).body).toBe("");
  });

  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets/%2e%2e%5c%2e%2e%5csecret.txt",
    "/%00",
    "/%ff",
    "//etc/passwd",
    "/etc/passwd",
    "/assets",
    "/assets/",
    "/odd.exe",
    "/__proto__",
  ])("outside the window's folder are not there: %s", async (path) => {
    const answer = await ask({ path, headers: good() });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain("outside");
  });

  it("are not a proxy's", async () => {
    const socket = connect(host.port, "127.0.0.1");
    const reply = new Promise<string>((resolve) => socket.on("data", (data) => resolve(String(data))));
    socket.write(`GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n\r\n`);
    expect(await reply).toContain("400 Bad Request");
    socket.destroy();
  });
});

describe("the API over the socket", () => {
  const open = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api`, { headers: good() });
    await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
    return socket;
  };
  const closing = (socket: WebSocket): Promise<number> =>
    new Promise((resolve) => socket.on("close", (code) => resolve(code)));

  it("answers calls with data, bytes and errors", async () => {
    const client = createClient(webSocketPort(await open()));
    expect(await client.call("run.cancel", { runId: "a" })).toEqual({});
    const page = await client.fetch("preview.page", { node: "source.a" });
    expect([page.head.rows, ...page.bytes]).toEqual([3, 1, 2, 3]);
    await expect(client.call("run.cancel", { runId: "none" })).rejects.toMatchObject({ code: "internal_error" });
    client.close();
  });

  it.each([
    ["text", "hello"],
    ["bytes that are no frame", Buffer.alloc(64)],
    ["half a frame", Buffer.from(encodeFrame({ message: { kind: "cancel", id: 1 }, attachments: [] }).slice(0, 24))],
  ])("hangs up on %s and goes on serving others", async (_what, data) => {
    const socket = await open();
    const closed = closing(socket);
    socket.send(data);
    expect(await closed).toBe(1003);
    expect(await upgrade({ headers: good() })).toBe(101);
  });

  it("tells a window whose host ends", async () => {
    const other = await startWebHost({
      renderer: join(folder.root, "renderer"),
      ports: [0],
      connect: (port) => serve(port, handlers, null),
    });
    const key = await fetch(other.url).then((answer) => answer.headers.get("set-cookie")?.split(";")[0] ?? "");
    const url = `ws://127.0.0.1:${other.port}/api`;
    const socket = new WebSocket(url, { headers: { cookie: key, origin: `http://127.0.0.1:${other.port}` } });
    await new Promise((resolve) => socket.on("open", resolve));
    const client = createClient(webSocketPort(socket));
    await other[Symbol.asyncDispose]();
    await expect(client.call("run.cancel", { runId: "a" })).rejects.toMatchObject({ code: "host_gone" });
  });
});

it("names the port that is taken, and the build that is missing", async () => {
  const options = { renderer: join(folder.root, "renderer"), connect: () => undefined };
  await expect(startWebHost({ ...options, ports: [host.port] })).rejects.toMatchObject({ code: "port_taken" });
  await expect(startWebHost({ ...options, renderer: join(folder.root, "no"), ports: [0] })).rejects.toMatchObject({
    code: "studio_not_built",
  });
});
