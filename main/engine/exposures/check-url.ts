import { env } from "node:process";

import { exposureError, type ExposureNode } from "./problem.ts";
import { type Reached, reachUrl } from "./reach-url.ts";
import type { UrlSpec } from "./spec.ts";
import { filled, headerProblem, tokensOf, urlProblem } from "./url-text.ts";

/** What the environment gives for the names in an address and its headers. Throws `exposure_token_missing`. */
const tokenValues = (node: ExposureNode, { url, headers }: UrlSpec): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  const texts = [["url", url], ...Object.entries(headers).map(([name, value]) => [`params.headers.${name}`, value])];
  for (const [key = "", text = ""] of texts) {
    for (const token of tokensOf(text)) {
      const value = env[token];
      if (value === undefined || value === "") throw exposureError(node, "exposure_token_missing", { key, token });
      values.set(token, value);
    }
  }
  return values;
};

/** What is said of an address; its tokens' values are in no message. */
export interface UrlState {
  readonly url: string;
  readonly check: UrlSpec["check"];
  readonly state: Reached["state"] | "valid" | "none";
  readonly detail: string | null;
}

/** Looks at an exposure's address as far as its file asks. Throws for a malformed one; an unreachable one is told. */
export const checkUrl = async (node: ExposureNode, spec: UrlSpec, signal: AbortSignal): Promise<UrlState> => {
  const { url, check, method, allowPrivate } = spec;
  if (check === "none") return { url, check, state: "none", detail: null };
  if (check === "syntax") return { url, check, state: "valid", detail: null };
  const values = tokenValues(node, spec);
  const whole = filled(url, values, encodeURIComponent);
  const why = urlProblem(whole, check);
  if (why !== null) throw exposureError(node, "exposure_url_invalid", { url, why });
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(spec.headers)) {
    const sent = filled(value, values, (text) => text);
    const problem = headerProblem(sent);
    if (problem !== null) throw exposureError(node, "exposure_header_invalid", { header: name, why: problem });
    headers[name] = sent;
  }
  const { state, detail } = await reachUrl({ url: whole, method, headers, allowPrivate, signal });
  return { url, check, state, detail: hidden(detail, values) };
};

const hidden = (text: string, values: ReadonlyMap<string, string>): string =>
  [...values].reduce((shown, [name, value]) => shown.replaceAll(value, `{${name}}`), text);
