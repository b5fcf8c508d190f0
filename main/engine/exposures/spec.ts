// What an exposure's file asks for, checked as far as it can be without looking at any table.

import { extname } from "node:path";

import type { ExecutorValidationError } from "../../../shared/errors/index.ts";
import { suggestion, tablesRead } from "../../../shared/graph/index.ts";
import type { Contract, ExposureFormat } from "../../../shared/graph/kinds/exposure.ts";
import { exposureError, type ExposureNode } from "./problem.ts";
import { checkHeaders, checkUrlText, hasScheme } from "./url-text.ts";

/** A file, or a folder of partitions, that an exposure writes. */
export interface FileSpec {
  /** Relative to the project. */
  readonly path: string;
  readonly format: ExposureFormat;
  /** `null` is the format's own. */
  readonly compression: string | null;
  readonly partitionBy: readonly string[];
}

/** An address that an exposure is used at. Tokens are still names: their values never reach a plan. */
export interface UrlSpec {
  readonly url: string;
  readonly check: "none" | "syntax" | "reachable";
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  readonly allowPrivate: boolean;
}

/** JSON-safe: it is the node's plan. */
export interface ExposureSpec {
  readonly type: ExposureNode["config"]["type"];
  readonly uses: readonly string[] | null;
  readonly contract: Contract | null;
  /** Relative; its keys are joined with `contract`. */
  readonly contractFile: string | null;
  readonly file: FileSpec | null;
  readonly url: UrlSpec | null;
}

/** The whole specification. Throws ExecutorValidationErrors that name the key to change. */
export const readExposure = (node: ExposureNode): ExposureSpec => {
  const { config } = node;
  checkInputs(node);
  checkParams(node);
  if (config.type === "database" && config.materializations.length === 0) {
    throw exposureError(node, "exposure_target_missing");
  }
  const { file: contractFile = null, ...contract } = config.contract ?? {};
  return {
    type: config.type,
    uses: config.uses ?? null,
    contract: Object.keys(contract).length === 0 ? null : contract,
    contractFile,
    file: readFile(node),
    url: readUrl(node),
  };
};

const checkInputs = (node: ExposureNode): void => {
  const inputs = tablesRead(node);
  if (inputs.length === 0) throw exposureError(node, "exposure_no_input");
  if (inputs.length === 1 || onlyReads(node)) return;
  throw exposureError(node, "exposure_inputs_several", { inputs, count: inputs.length });
};

const readers: ReadonlySet<string> = new Set(["dashboard", "report", "notebook", "ml", "application"]);

/** Whether the exposure only says who reads its inputs, and hands nothing out itself: then they may be several. */
const onlyReads = ({ config }: ExposureNode): boolean =>
  readers.has(config.type) &&
  config.contract === undefined &&
  config.uses === undefined &&
  config.params["path"] === undefined &&
  config.materializations.length === 0;

const paramNames = ["path", "compression", "partition_by", "method", "headers", "refresh_interval", "format"];

const checkParams = (node: ExposureNode): void => {
  const unknown = Object.keys(node.config.params).find((name) => !paramNames.includes(name));
  if (unknown === undefined) return;
  const why = `an exposure has no such parameter. ${suggestion(unknown, paramNames)}`.trim();
  throw exposureError(node, "exposure_option_refused", { option: `params.${unknown}`, why });
};

const refuse = (node: ExposureNode, option: string, why: string): ExecutorValidationError =>
  exposureError(node, "exposure_option_refused", { option, why });

const textParam = (node: ExposureNode, name: string): string | null => {
  const value = node.config.params[name];
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value !== "") return value;
  throw refuse(node, `params.${name}`, "it must be a text");
};

/** For a file an address without a scheme is its path. */
const readFile = (node: ExposureNode): FileSpec | null => {
  const { type, url } = node.config;
  const isPath = type === "file" && url !== undefined && !hasScheme(url);
  const path = textParam(node, "path") ?? (isPath ? url : null);
  if (path === null) {
    if (type === "file") throw exposureError(node, "exposure_path_missing");
    return null;
  }
  const format = formatOf(node, path);
  return { path, format, compression: compressionOf(node, format), partitionBy: partitionsOf(node, format) };
};

const exposureFormats: readonly ExposureFormat[] = ["csv", "parquet", "json", "jsonl", "xlsx", "arrow"];
const otherNames: Readonly<Record<string, ExposureFormat>> = { ndjson: "jsonl", feather: "arrow", pq: "parquet" };

const formatOf = (node: ExposureNode, path: string): ExposureFormat => {
  if (node.config.format !== undefined) return node.config.format;
  const ending = extname(path.replace(/\.(?:gz|zst)$/i, ""))
    .slice(1)
    .toLowerCase();
  const known = exposureFormats.find((format) => format === ending) ?? otherNames[ending];
  if (known === undefined) throw exposureError(node, "exposure_format_missing", { path });
  return known;
};

const compressions: Readonly<Record<ExposureFormat, readonly string[]>> = {
  csv: ["none", "gzip", "zstd"],
  json: ["none", "gzip", "zstd"],
  jsonl: ["none", "gzip", "zstd"],
  parquet: ["none", "snappy", "gzip", "zstd", "lz4"],
  xlsx: ["none"],
  arrow: ["none"],
};

const compressionOf = (node: ExposureNode, format: ExposureFormat): string | null => {
  const given = textParam(node, "compression");
  if (given === null) return null;
  const wanted = given.toLowerCase();
  const known = compressions[format];
  if (known.includes(wanted)) return wanted;
  throw refuse(node, `params.compression: ${given}`, `${format} is written with ${known.join(", ")}`);
};

const partitionsOf = (node: ExposureNode, format: ExposureFormat): readonly string[] => {
  const given = node.config.params["partition_by"];
  if (given === undefined || given === null) return [];
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length === 0 || !list.every((name): name is string => typeof name === "string" && name !== "")) {
    throw refuse(node, "params.partition_by", "it must be a column or a list of columns");
  }
  if (format === "xlsx" || format === "arrow") throw refuse(node, "params.partition_by", `${format} is one file`);
  return list;
};

const readUrl = (node: ExposureNode): UrlSpec | null => {
  const { url, check = "syntax", type, allow_private: allowPrivate = false } = node.config;
  const isPath = url !== undefined && type === "file" && !hasScheme(url);
  if (url === undefined || isPath) {
    if (check === "reachable") throw refuse(node, "check: reachable", "there is no url to look at");
    return null;
  }
  const method = (textParam(node, "method") ?? "HEAD").toUpperCase();
  if (method !== "GET" && method !== "HEAD") {
    throw refuse(
      node,
      `params.method: ${method}`,
      "looking whether an address answers must change nothing: GET or HEAD",
    );
  }
  const headers = headersOf(node);
  if (check !== "none") checkUrlText(node, url, check);
  return { url, check, method, headers, allowPrivate };
};

const headersOf = (node: ExposureNode): Readonly<Record<string, string>> => {
  const given = node.config.params["headers"];
  if (given === undefined || given === null) return {};
  if (typeof given !== "object" || Array.isArray(given))
    throw refuse(node, "params.headers", "it must be a map of names and values");
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]: [string, unknown]) => {
      if (typeof value === "string" || typeof value === "number") return [name, String(value)];
      throw exposureError(node, "exposure_header_invalid", { header: name, why: "its value must be a text" });
    }),
  );
  checkHeaders(node, headers);
  return headers;
};
