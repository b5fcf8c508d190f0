// What commands, panels and scripts ask about models; loaded when asked for, so that starting stays cheap.
export { modelBody, packageSets } from "./environment.ts";
export { environmentBodies } from "./environment-bodies.ts";
export { listModels, promoteModel, showModel, type ModelListing, type ShownVersion } from "./look.ts";
export type { ModelVersion } from "./versions.ts";
