// Who may speak to the loopback host. One list of checks for HTTP requests and WebSocket upgrades alike: any program of
// this machine and any web page can reach the port, so each request has to show that our own page made it.

import type { IncomingHttpHeaders } from "node:http";

import { cookieValue, sameSecret } from "./secrets.ts";

export interface Access {
  readonly port: number;
  /** Given once in the address that is printed. */
  readonly token: string;
  /** What the token is exchanged for. */
  readonly session: string;
}

export interface Asked {
  readonly method: string;
  /** As in the request line. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly upgrade: boolean;
}

export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export type Verdict =
  | { readonly kind: "refuse"; readonly refusal: Refusal }
  /** The token was right: hand out the cookie. */
  | { readonly kind: "exchange" }
  | { readonly kind: "serve"; readonly path: string };

/** Cookies do not know ports, so that two studios at once need two names. */
export const cookieName = (port: number): string => `headrace_${port}`;

const refuse = (status: number, reason: string): Verdict => ({ kind: "refuse", refusal: { status, reason } });

/** What to do with a request. Pure. */
export const judge = (asked: Asked, access: Access): Verdict => {
  const { headers, method } = asked;
  const hosts = [`127.0.0.1:${access.port}`, `localhost:${access.port}`];
  const { host } = headers;
  // A name that was made to point here after its page was loaded (DNS rebinding) shows in Host.
  if (host === undefined || !hosts.includes(host)) return refuse(421, "This host answers to its own address only.");
  const url = parseUrl(asked.url, host);
  if (url === null) return refuse(400, "The address cannot be read.");

  const { origin } = headers;
  if (origin === undefined ? asked.upgrade : origin !== `http://${host}`) {
    return refuse(403, "Pages of another origin are refused.");
  }
  if (method !== "GET" && method !== "HEAD") {
    if (!isJson(headers["content-type"])) return refuse(415, "Only application/json is read.");
  } else if (headers["content-type"] !== undefined && !isJson(headers["content-type"])) {
    return refuse(415, "Only application/json is read.");
  }

  const tokens = url.searchParams.getAll("token");
  const isExchange = !asked.upgrade && method === "GET" && url.pathname === "/" && tokens.length > 0;
  const site = headers["sec-fetch-site"];
  // The printed address may be opened from elsewhere (a launch file, a terminal in a web page), by the whole window only.
  const isNavigation = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  const isOurs = site === undefined || site === "same-origin" || site === "none";
  if (!isOurs && !(isExchange && isNavigation)) return refuse(403, "Requests of another site are refused.");

  if (isExchange) {
    const [token] = tokens;
    if (tokens.length === 1 && sameSecret(token, access.token)) return { kind: "exchange" };
    return refuse(401, "This address is not valid any more. Open the one that `headrace studio` printed last.");
  }
  if (!sameSecret(cookieValue(headers.cookie, cookieName(access.port)), access.session)) {
    return refuse(401, "Open the address that `headrace studio` printed: it holds the key to this page.");
  }
  if (method !== "GET" && method !== "HEAD") return refuse(405, "There is nothing to write to here.");
  return { kind: "serve", path: url.pathname };
};

/** The same for an API: programs show the token itself, a page of ours its cookie. Pure. */
export const judgeApi = (asked: Asked, access: Access): Verdict => {
  const { authorization, ...rest } = asked.headers;
  const given = /^Bearer ([^\s,]+)$/i.exec(authorization ?? "")?.[1];
  if (asked.method !== "GET" && asked.method !== "HEAD") return refuse(405, "An API is only read.");
  if (given === undefined) {
    const verdict = judge({ ...asked, headers: rest }, access);
    const isKeyMissing = verdict.kind === "refuse" && verdict.refusal.status === 401;
    return isKeyMissing ? refuse(401, "Send the printed key as `Authorization: Bearer …`.") : verdict;
  }
  if (!sameSecret(given, access.token)) return refuse(401, "This key is not valid any more.");
  // Whoever knows the key still has to be a program of this machine, or our own page.
  const cookie = `${cookieName(access.port)}=${access.session}`;
  return judge({ ...asked, headers: { ...rest, cookie } }, access);
};

const isJson = (type: string | undefined): boolean => /^application\/json(?:\s*;.*)?$/i.test(type ?? "");

const parseUrl = (url: string, host: string): URL | null => {
  // An absolute form (`GET http://elsewhere/`) is for proxies.
  if (!url.startsWith("/")) return null;
  try {
    const parsed = new URL(`http://${host}${url}`);
    return parsed.host === host ? parsed : null;
  } catch {
    return null;
  }
};
