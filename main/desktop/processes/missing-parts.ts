/** What this runtime lacks of what the engine is built on; `null` when everything is there. */
export const missingParts = (): string | null => {
  const { getBuiltinModule } = process as { getBuiltinModule?: (name: string) => unknown };
  if (getBuiltinModule?.("node:sqlite") !== undefined) return null;
  return `Node ${process.versions.node} in it has no node:sqlite`;
};
