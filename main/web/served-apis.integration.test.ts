import { request as httpRequest } from "node:http";

import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryFolder } from "../../test-support/temporary-folder.ts";
import { temporaryProject, type TemporaryProject } from "../../test-support/temporary-project.ts";
import { type ApiHost, startApiHost, startWebHost } from "./index.ts";

const files = {
  "pipelines/orders.yml": `kind: transform
name: orders
transform: |
  select i as id, 9007199254740993 + i as big, (i * 1.25)::decimal(18,2) as amount,
    case when i % 2 = 0 then 'even' else 'it''s "odd"' end as note,
    timestamptz '2024-01-01 00:00:00+00' + to_days(i::int) as sold, [i, i + 1] as list
  from range(2500) r(i)
`,
  "pipelines/api.yml": `kind: exposure
name: orders
description: What the till says
type: api
inputs: [transform.orders]
---
kind: exposure
name: hidden
type: dashboard
inputs: [transform.orders]
`,
};

let project: TemporaryProject;
let host: ApiHost;
beforeAll(async () => {
  project = await temporaryProject(files);
  await project.run();
  host = await startApiHost({ port: 0, apis: (await project.engine()).apis });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
  readonly text: string;
}

/** A request with exactly these headers, which `fetch` would not send. */
const ask = (
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
  key = host.token,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(host.origin);
    const all = { ...(key === "" ? {} : { authorization: `Bearer ${key}` }), ...headers };
    const request = httpRequest({ host: "127.0.0.1", port: url.port, path, method, headers: all }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
      });
    });
    request.on("error", reject);
    request.end();
  });

const rows = async (query: string): Promise<unknown> => JSON.parse((await ask(`/exposures/orders?${query}`)).text);

describe("an exposure of type api", () => {
  it("is listed, and read with columns, filters, order and limits, values exact", async () => {
    const list = JSON.parse((await ask("/exposures")).text) as { name: string; path: string }[];
    expect(list).toMatchObject([{ name: "orders", path: "/exposures/orders", description: "What the till says" }]);
    expect(await rows("columns=id,amount&id=lt.3&order=id.desc")).toEqual([
      { id: 2, amount: 2.5 },
      { id: 1, amount: 1.25 },
      { id: 0, amount: 0 },
    ]);
    expect((await ask("/exposures/orders?id=7&columns=big,sold,list")).text).toBe(
      '[{"big":9007199254741000,"sold":"2024-01-08T00:00:00.000000Z","list":[7,8]}]\n',
    );
    expect(await rows("columns=id&id=in.(3,1)&order=id")).toEqual([{ id: 1 }, { id: 3 }]);
    expect(await rows("columns=id&note=like.it%25&id=lte.1")).toEqual([{ id: 1 }]);
    const first = await ask("/exposures/orders");
    expect([first.headers["headrace-rows"], first.headers["headrace-more"]]).toEqual(["1000", "true"]);
    const last = await ask("/exposures/orders?offset=2499&limit=5");
    expect([last.headers["headrace-rows"], last.headers["headrace-more"]]).toEqual(["1", "false"]);
  });

  it("comes as CSV, lines or Arrow, by ending or by Accept", async () => {
    expect((await ask("/exposures/orders.csv?columns=id,note&id=lt.2&order=id")).text).toBe(
      'id,note\n0,even\n1,"it\'s ""odd"""\n',
    );
    expect((await ask("/exposures/orders?id=1&columns=id", { accept: "application/x-ndjson" })).text).toBe(
      '{"id":1}\n',
    );
    const arrow = await ask("/exposures/orders?id=5", { accept: "application/vnd.apache.arrow.stream" });
    const table = tableFromIPC(arrow.bytes);
    expect(table.getChild("big")?.get(0)).toBe(9007199254740998n);
    expect(table.numRows).toBe(1);
  });

  it("is not sent again to who has it", async () => {
    const { headers } = await ask("/exposures/orders?limit=1");
    const again = await ask("/exposures/orders?limit=1", { "if-none-match": String(headers["etag"]) });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await ask("/exposures/orders?limit=2", { "if-none-match": String(headers["etag"]) })).status).toBe(200);
    expect((await ask("/exposures/orders", {}, "HEAD")).text).toBe("");
  });

  it("takes SQL for what it is: a value, or no column", async () => {
    for (const query of [
      "id=1;drop table x",
      "id=eq.1 or 1=1",
      "columns=id from (select 1)--",
      "order=id;select 1",
      "columns=*",
      "id)=1",
      "limit=1;2",
      "limit=-1",
      "limit=100001",
      "offset=1e9",
      "id=in.()",
      "id=is.maybe",
      "nothing=1",
      "limit=1&limit=2",
      `id=in.(${"1,".repeat(200)}1)`,
    ]) {
      const answer = await ask(`/exposures/orders?${encodeURI(query)}`);
      expect([query, answer.status, answer.headers["content-type"]]).toEqual([
        query,
        400,
        "application/json; charset=utf-8",
      ]);
    }
    expect(await rows(`columns=id&note=${encodeURIComponent("' or 1=1 --")}`)).toEqual([]);
  });

  it("answers only to its key, its own address and its own page, and only reads", async () => {
    expect((await ask("/exposures/orders", {}, "GET", "")).status).toBe(401);
    expect((await ask("/exposures/orders", {}, "GET", `${host.token}x`)).status).toBe(401);
    expect((await ask("/exposures/orders", { host: "evil.example" })).status).toBe(421);
    expect((await ask("/exposures/orders", { origin: "https://evil.example" })).status).toBe(403);
    expect((await ask("/exposures/orders", { "sec-fetch-site": "cross-site" })).status).toBe(403);
    for (const method of ["POST", "PUT", "DELETE", "PATCH"])
      expect((await ask("/exposures/orders", {}, method)).status).toBe(405);
  });

  it("says what is not there", async () => {
    expect(await ask("/exposures/order")).toMatchObject({
      status: 404,
      text: expect.stringContaining("Did you mean orders?"),
    });
    expect((await ask("/exposures/hidden")).status).toBe(404);
    expect((await ask("/exposures/..%2f..%2fetc%2fpasswd")).status).toBe(404);
    expect((await ask("/exposures/%ff")).status).toBe(404);
  });
});

it("the studio's host serves them to its own page and to who has its key", async () => {
  await using renderer = await temporaryFolder({ "index.html": "<!doctype html>" });
  const { apis } = await project.engine();
  await using studio = await startWebHost({ renderer: renderer.root, ports: [0], apis, connect: () => undefined });
  const url = new URL(studio.url);
  const page = await fetch(url);
  const [cookie = ""] = (page.headers.get("set-cookie") ?? "").split(";");
  const rowsFor = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await fetch(`${url.origin}/exposures/orders.csv?columns=id&id=3`, { headers });
    return response.ok ? response.text() : response.status;
  };
  expect(await rowsFor({ cookie })).toBe("id\n3\n");
  expect(await rowsFor({ authorization: `Bearer ${url.searchParams.get("token") ?? ""}` })).toBe("id\n3\n");
  expect(await rowsFor({})).toBe(401);
});
