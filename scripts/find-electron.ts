import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../node_modules/electron/", import.meta.url));

/** The Electron that npm's package stands for, where its binary is there. Asking the package itself would download it. */
export const findElectron = (): string | null => {
  const override = env["ELECTRON_OVERRIDE_DIST_PATH"];
  const listed = join(folder, "path.txt");
  if (!existsSync(listed) && override === undefined) return null;
  const usual = process.platform === "win32" ? "electron.exe" : "electron";
  const name = existsSync(listed) ? readFileSync(listed, "utf8") : usual;
  const program = join(override ?? join(folder, "dist"), name);
  return existsSync(program) ? program : null;
};
