// What commands, panels and scripts ask about models; loaded when asked for, so that starting stays cheap.
export { modelBody, packageSets } from "./environment.ts";
export { readModel } from "./read-model.ts";
export { readReport, type ModelReport } from "./report.ts";
export {
  findVersion,
  type ModelVersion,
  promoteVersion,
  readRegistry,
  type Registry,
  versionFolder,
} from "./versions.ts";
