// The modules that run as processes of their own. A bundle must emit each of them beside itself under these names.

/** Names of the host entries, without extension. */
export const hostEntryNames = { sql: "sql-host-process", connector: "connector-host-process" } as const;

export type HostRole = keyof typeof hostEntryNames;

/** The entry of a host: the TypeScript file in a checkout, the emitted module beside the bundle, and in its format, otherwise. */
export const hostEntry = (role: HostRole, base: string = import.meta.url): URL => {
  const extension = /\.[cm]?[jt]s$/.exec(base)?.[0] ?? ".mjs";
  return new URL(`./${hostEntryNames[role]}${extension}`, base);
};
