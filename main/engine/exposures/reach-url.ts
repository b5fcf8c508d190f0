// Looks whether an address answers: one question, to the very address that was found safe, and nothing is followed.

import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP } from "node:net";

/** What came of looking; `not_checked` where this machine has no network. */
export interface Reached {
  readonly state: "reachable" | "unreachable" | "not_checked" | "refused";
  /** In words, for people. */
  readonly detail: string;
}

export interface ReachRequest {
  readonly url: string;
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds; five seconds when left out. */
  readonly patience?: number | undefined;
}

/** Networks that are nobody's on the internet, or this machine's own. */
const inner = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  inner.addSubnet(network, bits, "ipv4");
}
for (const [network, bits] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const) {
  inner.addSubnet(network, bits, "ipv6");
}

/** Whether an address belongs to a network that is not the internet. */
export const isPrivateAddress = (address: string): boolean => {
  const mapped = /^::(?:ffff:(?:0:)?)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPrivateAddress(mapped);
  const family = isIP(address);
  if (family === 6 && /^::ffff:/i.test(address)) return true;
  return family === 0 || inner.check(address, family === 4 ? "ipv4" : "ipv6");
};

const offline = new Set(["EAI_AGAIN", "ENETUNREACH", "ENETDOWN", "EHOSTUNREACH"]);
const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: "no such host",
  ECONNREFUSED: "the host refuses the connection",
  ECONNRESET: "the host broke the connection",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
};

/** Asks an address once. Never throws for what the network does. */
export const reachUrl = async (asked: ReachRequest): Promise<Reached> => {
  const url = new URL(asked.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  try {
    const found = isIP(host) === 0 ? await lookup(host, { all: true }) : [{ address: host, family: isIP(host) }];
    const [first] = found;
    if (first === undefined) return { state: "unreachable", detail: "no such host" };
    const isInner = found.some(({ address }) => isPrivateAddress(address));
    if (isInner && !asked.allowPrivate) {
      return { state: "refused", detail: "it leads into a private network; allow_private: true lets it be asked" };
    }
    return await ask(asked, url, host, first);
  } catch (error) {
    if (asked.signal.aborted) throw error;
    const code = codeOf(error);
    if (offline.has(code)) return { state: "not_checked", detail: "this machine has no network" };
    return { state: "unreachable", detail: words[code] ?? (error instanceof Error ? error.message : String(error)) };
  }
};

const ask = (
  { method, headers, signal, patience = 5000 }: ReachRequest,
  url: URL,
  host: string,
  { address, family }: { readonly address: string; readonly family: number },
): Promise<Reached> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const timed = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const request = send(
      url,
      {
        method,
        headers: { "user-agent": "headrace", accept: "*/*", ...headers },
        agent: false,
        signal: timed,
        // The address that was looked at, and no other that the name may lead to by now.
        lookup: (_name, options, done) =>
          options.all === true ? done(null, [{ address, family }]) : done(null, address, family),
        ...(isIP(host) === 0 ? { servername: host } : {}),
      },
      (response) => {
        response.destroy();
        const status = response.statusCode ?? 0;
        // Whoever asks for a password, or sends elsewhere, is there.
        const isThere = status < 400 || status === 401 || status === 403 || status === 405;
        resolve({ state: isThere ? "reachable" : "unreachable", detail: `it answers ${status}` });
      },
    );
    request.on("error", (error) => {
      if (timed.aborted && !signal.aborted)
        resolve({ state: "unreachable", detail: `no answer in ${patience / 1000} s` });
      else reject(error);
    });
    request.end();
  });
