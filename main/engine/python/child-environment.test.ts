import { expect, it } from "vitest";

import { nodeEnvironment, toolEnvironment } from "./child-environment.ts";

const environment = {
  PATH: "/bin",
  HOME: "/home/ann",
  PGPASSWORD: "secret",
  PGPASSFILE: "/home/ann/.pgpass",
  GITHUB_TOKEN: "secret",
  UV_CACHE_DIR: "/cache",
  SSL_CERT_FILE: "/certs.pem",
  HTTPS_PROXY: "http://ann:secret@proxy:1",
  no_proxy: "localhost",
  PYTHONPATH: "/x",
  LD_PRELOAD: "/x.so",
};

it("gives a node nothing that is not on the list, and no password", () => {
  expect(nodeEnvironment(environment, "/scratch", "/envs/a/bin/python")).toEqual({
    PATH: "/envs/a/bin:/bin",
    LANG: "C.UTF-8",
    HOME: "/scratch",
    USERPROFILE: "/scratch",
    TMPDIR: "/scratch",
    TEMP: "/scratch",
    TMP: "/scratch",
    SSL_CERT_FILE: "/certs.pem",
    no_proxy: "localhost",
  });
});

it("gives uv its own settings, proxies and places, and no secret of others", () => {
  expect(toolEnvironment(environment)).toEqual({
    PATH: "/bin",
    HOME: "/home/ann",
    UV_CACHE_DIR: "/cache",
    SSL_CERT_FILE: "/certs.pem",
    HTTPS_PROXY: "http://ann:secret@proxy:1",
    no_proxy: "localhost",
  });
});
