import { createServer, type Server } from "node:http";

import { afterAll, describe, expect, it } from "vitest";

import { projectWith, run } from "../../../test-support/projects/exposures.ts";
import { isPrivateAddress } from "../exposures/reach-url.ts";

describe("addresses", () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));

  it("are asked once, never followed, and never inside a private network unless that is allowed", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${String(request.headers["x-key"])}`);
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    process.env["HEADRACE_TEST_TOKEN"] = "s3cret/..";
    const url = `type: dashboard\nurl: http://127.0.0.1:${port}/d/{HEADRACE_TEST_TOKEN}\ncheck: reachable\nparams: {headers: {X-Key: "{HEADRACE_TEST_TOKEN}"}}`;
    await using refused = await projectWith(url);
    expect((await run(refused))?.status).toBe("WARNING");
    expect(asked).toEqual([]);
    await using allowed = await projectWith(`${url}\nallow_private: true`);
    const result = await run(allowed);
    expect(asked).toEqual(["HEAD /d/s3cret%2F.. s3cret/.."]);
    expect(result?.metadata).toMatchObject({ url: { state: "reachable", detail: "it answers 302" } });
    expect(JSON.stringify(await allowed.run())).not.toContain("s3cret");
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "0.0.0.0",
    "100.64.0.1",
    "64:ff9b::a00:1",
  ])("%s is not the internet", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])("%s is", (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});
