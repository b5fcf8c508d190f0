// Prints, as its last line, what the smoke test needs as JSON: the older Electron and the desktop built for it, or the
// reason why there is none.

import { buildForOldElectron } from "./build.ts";
import { fetchOldElectron } from "./fetch.ts";

const fetched = await fetchOldElectron();
console.log(JSON.stringify("reason" in fetched ? fetched : { ...fetched, app: await buildForOldElectron() }));
