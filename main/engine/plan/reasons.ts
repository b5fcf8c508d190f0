import type { Reason } from "../../../shared/run/index.ts";
import type { FingerprintParts } from "../state/index.ts";

export const reason = (kind: Reason["kind"], text: string, subject: string | null = null): Reason => ({
  kind,
  text,
  subject,
});

type Packages = Readonly<Record<string, string>>;

const describeEnvironment = (before: Packages | undefined, after: Packages | undefined): string => {
  if (before === undefined || after === undefined) return "environment changed";
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  const changes = names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      if (before[name] === undefined) return `${name} ${after[name]} added`;
      if (after[name] === undefined) return `${name} ${before[name]} removed`;
      return `${name} ${before[name]} → ${after[name]}`;
    });
  if (changes.length === 0) return "environment changed: another Python";
  const shown = changes.slice(0, 3).join(", ");
  return `environment changed: ${shown}${changes.length > 3 ? ` and ${changes.length - 3} more` : ""}`;
};

const externalReasons = (before: FingerprintParts["external"], after: FingerprintParts["external"]): Reason[] => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => {
      if (before[name] === undefined) return reason("file_changed", `${name} is new`, name);
      if (after[name] === undefined) return reason("file_changed", `${name} is gone`, name);
      return reason("file_changed", `${name} changed`, name);
    });
};

const upstreamReasons = (before: FingerprintParts, after: FingerprintParts): Reason[] => {
  if (before.inputs.join("\n") !== after.inputs.join("\n")) {
    const sameSet = before.inputs.toSorted().join("\n") === after.inputs.toSorted().join("\n");
    return [reason("inputs_changed", sameSet ? "inputs reordered" : "inputs changed")];
  }
  return after.inputs
    .filter((_id, index) => before.upstream[index] !== after.upstream[index])
    .map((id) => reason("upstream_changed", `${id} changed`, id));
};

/** What differs between two sets of parts, in the words a plan uses. `upstream` is left out when `null`. */
export const compareParts = (
  before: FingerprintParts,
  after: Omit<FingerprintParts, "upstream"> & { readonly upstream: readonly string[] | null },
  language: "sql" | "python" | null,
  packages: { readonly before: Packages | undefined; readonly after: Packages | undefined },
): readonly Reason[] => {
  const found: Reason[] = [];
  if (before.code !== after.code) {
    found.push(
      language === "python" ? reason("python_changed", "Python changed") : reason("sql_changed", "SQL changed"),
    );
  }
  if (before.config !== after.config) found.push(reason("config_changed", "settings changed"));
  if (before.params !== after.params) found.push(reason("parameter_changed", "parameters changed"));
  if (before.environment !== after.environment) {
    found.push(reason("environment_changed", describeEnvironment(packages.before, packages.after)));
  }
  if (before.engine !== after.engine) {
    found.push(reason("engine_changed", `engine changed: ${before.engine} → ${after.engine}`));
  }
  if (before.interval !== after.interval) found.push(reason("parameter_changed", "logical date changed"));
  found.push(...externalReasons(before.external, after.external));
  found.push(...upstreamReasons(before, { ...after, upstream: after.upstream ?? before.upstream }));
  return found;
};
