import { delimiter, dirname } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

const always = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"];
const windows = ["SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"];
/** Paths of certificate bundles: without them a node behind a company's proxy cannot speak TLS. */
const certificates = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
const threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"];
const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [name, name.toLowerCase()]);

const pick = (environment: Environment, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );

const withoutPassword = (variables: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => !/[^/]*@/.test(value)));

/** What a node's process sees: a list of names, never the whole environment, and no secret among them. */
export const nodeEnvironment = (
  environment: Environment,
  scratch: string,
  interpreter: string,
): Record<string, string> => {
  const picked = pick(environment, [...always, ...certificates, ...threads, ...windows]);
  const path = [dirname(interpreter), picked["PATH"] ?? ""].filter((part) => part !== "").join(delimiter);
  return {
    LANG: "C.UTF-8",
    ...picked,
    ...withoutPassword(pick(environment, proxies)),
    PATH: path,
    HOME: scratch,
    USERPROFILE: scratch,
    TMPDIR: scratch,
    TEMP: scratch,
    TMP: scratch,
  };
};

const toolPlaces = ["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP", "NETRC"];
const forTools = (name: string): boolean => /^(UV|XDG)_/.test(name);

/** What uv sees: where it keeps its files, its own settings, proxies and certificates. */
export const toolEnvironment = (environment: Environment): Record<string, string> =>
  pick(environment, [
    ...always,
    ...windows,
    ...certificates,
    ...proxies,
    ...toolPlaces,
    ...Object.keys(environment).filter(forTools),
  ]);
