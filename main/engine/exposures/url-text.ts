// Addresses and headers as texts: what is wrong with them before anything is asked.

import { exposureError, type ExposureNode } from "./problem.ts";

/** Whether an address says how it is reached: `https:`, not `C:\` and not a path. */
export const hasScheme = (url: string): boolean => /^[a-z][a-z0-9+.-]+:/i.test(url);

const token = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Names of the variables that a text asks of the environment. */
export const tokensOf = (text: string): readonly string[] => [...text.matchAll(token)].map((match) => match[1] ?? "");

/** The text with every `{NAME}` filled; `encode` keeps a value from being more than a value. */
export const filled = (text: string, values: ReadonlyMap<string, string>, encode: (value: string) => string): string =>
  text.replaceAll(token, (_, name: string) => encode(values.get(name) ?? ""));

/** What is wrong with an address, in words; `null` for nothing. */
export const urlProblem = (url: string, check: "syntax" | "reachable"): string | null => {
  if (/[\s\p{Cc}]/u.test(url)) return "it has white space or control characters in it";
  if (!hasScheme(url)) return "it does not begin with a scheme such as https://";
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return "it cannot be read as an address";
  }
  const isWeb = parsed.protocol === "http:" || parsed.protocol === "https:";
  if (isWeb && parsed.hostname === "") return "it names no host";
  if (parsed.password !== "" || parsed.username !== "")
    return "it holds a user or a password; use a header with {TOKEN}";
  if (check === "reachable" && !isWeb) return "only http and https addresses can be looked at";
  return null;
};

/** Throws `exposure_url_invalid`; tokens stand for plain words here. */
export const checkUrlText = (node: ExposureNode, url: string, check: "syntax" | "reachable"): void => {
  const why = urlProblem(url.replaceAll(token, "x"), check);
  if (why !== null) throw exposureError(node, "exposure_url_invalid", { url, why });
};

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What the connection itself says. */
const ownHeaders = new Set(["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer"]);

/** What is wrong with a header's value; `null` for nothing. */
export const headerProblem = (value: string): string | null =>
  /[^\t\u0020-\u007e\u0080-\u00ff]/u.test(value)
    ? "its value has a line break or characters that headers cannot hold"
    : null;

/** Throws `exposure_header_invalid`. */
export const checkHeaders = (node: ExposureNode, headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) {
    const isOwn = ownHeaders.has(name.toLowerCase());
    const why = headerName.test(name)
      ? isOwn
        ? "the connection sets it itself"
        : headerProblem(value)
      : "its name has characters that headers cannot hold";
    if (why !== null) throw exposureError(node, "exposure_header_invalid", { header: JSON.stringify(name), why });
  }
};
