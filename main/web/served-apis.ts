// Exposures of type `api` over HTTP: GET and nothing else, behind the same guard as the window.

import type { IncomingMessage, ServerResponse } from "node:http";

import { toErrorData, toHeadraceError } from "../../shared/errors/index.ts";
import { type Access, judgeApi } from "./guard.ts";
import { securityHeaders } from "./security-headers.ts";

type Format = "json" | "jsonl" | "csv" | "arrow";

/** Where the rows come from: the engine, as far as a server needs it. */
export interface ServedApis {
  list(): Promise<readonly { readonly name: string }[]>;
  read(
    request: {
      readonly name: string;
      readonly query: string;
      readonly format: Format;
      readonly known: readonly string[];
    },
    signal: AbortSignal,
  ): Promise<{
    readonly tag: string;
    readonly body: string | Uint8Array | null;
    readonly rows: number;
    readonly more: boolean;
  }>;
}

/** Below this path stand the APIs. */
const apisPath = "/exposures";

const types: Readonly<Record<Format, string>> = {
  json: "application/json; charset=utf-8",
  jsonl: "application/x-ndjson; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  arrow: "application/vnd.apache.arrow.stream",
};
const accepted: readonly (readonly [RegExp, Format])[] = [
  [/application\/vnd\.apache\.arrow/i, "arrow"],
  [/text\/csv/i, "csv"],
  [/application\/(?:x-)?ndjson|application\/jsonl/i, "jsonl"],
];

/** Questions that are answered at a time; others are told to come again. */
const mostAtOnce = 8;
const patience = 60_000;

/** Whether a request is about an API. */
export const isApiRequest = ({ url = "" }: IncomingMessage): boolean => /^\/exposures(?:[/?.]|$)/.test(url);

/** Answers requests about APIs, a few at a time. */
export const apiAnswerer = (apis: ServedApis) => {
  let open = 0;
  return async (request: IncomingMessage, response: ServerResponse, access: Access): Promise<void> => {
    const common = {
      ...securityHeaders(access.port),
      "cache-control": "private, no-cache",
      vary: "accept, authorization, cookie",
    };
    const send = (status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>>): void => {
      response.writeHead(status, { ...common, ...headers, "content-length": String(Buffer.byteLength(body)) });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const refuse = (status: number, code: string, message: string, next: string, headers = {}): void =>
      send(status, `${JSON.stringify({ error: { code, message, next } })}\n`, {
        "content-type": types.json,
        ...headers,
      });

    const { method = "", url = "", headers } = request;
    const verdict = judgeApi({ method, url, headers, upgrade: false }, access);
    if (verdict.kind === "refuse") {
      const { status, reason } = verdict.refusal;
      const more = status === 401 ? { "www-authenticate": "Bearer" } : status === 405 ? { allow: "GET, HEAD" } : {};
      return refuse(status, "refused", reason, "", more);
    }
    if (verdict.kind === "exchange") return refuse(404, "refused", "There is nothing here.", "");
    if (open >= mostAtOnce)
      return refuse(503, "busy", `More than ${mostAtOnce} questions at once.`, "Ask again.", { "retry-after": "1" });
    open++;
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    try {
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patience)]);
      await answer({ path: verdict.path, query: url.split("?")[1] ?? "", headers }, apis, signal, send);
    } catch (thrown) {
      const { code, message, next } = toErrorData(toHeadraceError(thrown));
      if (!response.headersSent) refuse(statusOf(code), code, message, next);
    } finally {
      open--;
    }
  };
};

const statusOf = (code: string): number => {
  if (code === "exposure_unknown") return 404;
  if (code === "exposure_query_invalid") return 400;
  return code === "output_missing" || code === "output_changed" ? 409 : 500;
};

interface Asked {
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage["headers"];
}

const answer = async (
  { path, query, headers }: Asked,
  apis: ServedApis,
  signal: AbortSignal,
  send: (status: number, body: string | Uint8Array, headers: Readonly<Record<string, string>>) => void,
): Promise<void> => {
  const name = decoded(path.slice(apisPath.length).replace(/^\//, ""));
  if (name === "") {
    const list = (await apis.list()).map((api) => ({ ...api, path: `${apisPath}/${api.name}` }));
    return send(200, `${JSON.stringify(list)}\n`, { "content-type": types.json });
  }
  const ending = /\.(json|jsonl|csv|arrow)$/.exec(name)?.[1] as Format | undefined;
  const format = ending ?? accepted.find(([type]) => type.test(headers.accept ?? ""))?.[1] ?? "json";
  const known = (headers["if-none-match"] ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""));
  const plain = ending === undefined ? name : name.slice(0, -ending.length - 1);
  const { tag, body, rows, more } = await apis.read({ name: plain, query, format, known }, signal);
  const shared = { etag: `"${tag}"`, "headrace-rows": String(rows), "headrace-more": String(more) };
  if (body === null) return send(304, "", { etag: `"${tag}"` });
  return send(200, body, { ...shared, "content-type": types[format], "content-disposition": "inline" });
};

/** A part of a path in plain text; one that is wrongly encoded names nothing. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
