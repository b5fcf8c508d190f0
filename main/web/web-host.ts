import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import { WebSocketServer } from "ws";

import { maxFrameBytes, type Port } from "../../shared/api/index.ts";
import { openPageFiles, type PageFiles } from "../studio/page/page-files.ts";
import { type Access, cookieName, judge, type Refusal } from "./guard.ts";
import { listenOnFirst } from "./listen.ts";
import { newSecret } from "./secrets.ts";
import { securityHeaders } from "./security-headers.ts";
import { apiAnswerer, isApiRequest, type ServedApis } from "./served-apis.ts";
import { webSocketPort } from "./websocket-port.ts";

export interface WebHostOptions {
  /** Folder of the built window. */
  readonly renderer: string;
  /** Tried one after the other; 0 takes a free one. */
  readonly ports: readonly number[];
  /** The project's own APIs; none when left out. */
  readonly apis?: ServedApis | undefined;
  /** Called with every window that connects. */
  readonly connect: (port: Port) => void;
}

export interface WebHost extends AsyncDisposable {
  /** The address to open, token included: whoever knows it has this person's rights in the project. */
  readonly url: string;
  readonly port: number;
}

/** The empty icon keeps the browser from asking for one. */
const stepInside =
  '<!doctype html><meta http-equiv="refresh" content="0; url=/"><link rel="icon" href="data:,"><title>Headrace</title>';
const apiPath = "/api";
const maxWindows = 32;
const goingAway = 1001;

/** Serves the window and its contract on loopback alone. Throws `port_taken`, `studio_not_built`. */
export const startWebHost = async (options: WebHostOptions): Promise<WebHost> => {
  const files = openPageFiles(options.renderer);
  const server = createServer();
  const access: Access = { port: await listenOnFirst(server, options.ports), token: newSecret(), session: newSecret() };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  const answerApi = options.apis === undefined ? null : apiAnswerer(options.apis);
  server.on("request", (request, response) => {
    if (answerApi !== null && isApiRequest(request)) void answerApi(request, response, access);
    else void answer(request, response, access, files);
  });
  server.on("upgrade", (request, stream, head) => {
    const refusal = refuseUpgrade(request, access, sockets.clients.size);
    if (refusal !== null) return refuseStream(stream, refusal, access.port);
    return sockets.handleUpgrade(request, stream, head, (socket) => options.connect(webSocketPort(socket)));
  });
  return {
    url: `http://127.0.0.1:${access.port}/?token=${access.token}`,
    port: access.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.close(goingAway);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // A window that does not answer the closing handshake must not keep the process.
      const terminate = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
      }, 300);
      await closed;
      clearTimeout(terminate);
    },
  };
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  files: PageFiles,
): Promise<void> => {
  const { method = "", url = "", headers } = request;
  const verdict = judge({ method, url, headers, upgrade: false }, access);
  const common = securityHeaders(access.port);
  if (verdict.kind === "refuse") {
    const { status, reason } = verdict.refusal;
    response.writeHead(status, { ...common, "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" });
    return void response.end(`${reason}\n`);
  }
  if (verdict.kind === "exchange") {
    const cookie = `${cookieName(access.port)}=${access.session}; HttpOnly; SameSite=Strict; Path=/`;
    const html = "text/html; charset=utf-8";
    response.writeHead(200, { ...common, "cache-control": "no-store", "content-type": html, "set-cookie": cookie });
    // A redirect of a navigation from elsewhere would not carry a strict cookie; a step that this page takes does.
    return void response.end(stepInside);
  }
  const file = await files(verdict.path).catch(() => null);
  if (file === null) {
    response.writeHead(404, { ...common, "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" });
    return void response.end("There is nothing here.\n");
  }
  response.writeHead(200, {
    ...common,
    "cache-control": file.cacheControl,
    "content-length": file.body.byteLength,
    "content-type": file.type,
  });
  return void response.end(method === "HEAD" ? undefined : file.body);
};

const refuseUpgrade = (request: IncomingMessage, access: Access, windows: number): Refusal | null => {
  const { method = "", url = "", headers } = request;
  const verdict = judge({ method, url, headers, upgrade: true }, access);
  if (verdict.kind === "refuse") return verdict.refusal;
  if (verdict.kind !== "serve" || verdict.path !== apiPath) return { status: 404, reason: "There is nothing here." };
  return windows < maxWindows ? null : { status: 503, reason: `More than ${maxWindows} windows are open.` };
};

const refuseStream = (stream: Duplex, { status, reason }: Refusal, port: number): void => {
  const headers = Object.entries({
    ...securityHeaders(port),
    connection: "close",
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(Buffer.byteLength(reason)),
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  stream.on("error", () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines}\r\n${reason}`);
};
