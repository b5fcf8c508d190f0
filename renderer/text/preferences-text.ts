// What the settings page and the status bar's figures say.

export const preferencesText = {
  title: "Settings",
  show: "Settings",
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  motion: "Motion",
  motions: { system: "As the system", less: "Reduced" },
  font: "Font of editors and code",
  fontHint: "A font of this machine; empty takes the one that comes with the theme.",
  workers: "Nodes at a time in a run",
  workersHint: "Empty takes the machine's cores, at most four.",
  keys: "Keys",
  keysButton: "Show and change keys",
  telemetry: "Telemetry",
  telemetryWords: "None. Headrace sends nothing anywhere; there is nothing to switch off.",
  trusted: "Trusted projects",
  noTrusted: "No folder is trusted yet.",
  revoke: "Stop trusting",
  revokeOf: (folder: string) => `Stop trusting: ${folder}`,
  secrets: "Secrets",
  noSecrets: "No secret is kept yet: a connection's form keeps them.",
  forget: "Forget",
  forgetOf: (name: string) => `Forget: secret ${name}`,
  memory: (megabytes: string, hosts: number) =>
    `engine ${megabytes}${hosts === 0 ? "" : ` · ${hosts} ${hosts === 1 ? "host" : "hosts"}`}`,
  memoryWords: "Memory of the engine and its DuckDB processes",
} as const;
