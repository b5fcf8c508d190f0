// `headrace features …`, one file a command.
export { getOnline } from "./get-online.ts";
export { listGroups } from "./list.ts";
export { showGroup } from "./show.ts";
export { trainingSet } from "./training-set.ts";
export { compareVersions, listVersions } from "./versions.ts";
