import type { ElectronApi } from "../electron-api.ts";
import { openPageFiles } from "../../studio/page/page-files.ts";
import { securityPolicy } from "../../studio/page/security-policy.ts";
import { origin, scheme } from "./page-origin.ts";

/** To be called before Electron is ready. */
export const registerScheme = (protocol: ElectronApi["protocol"]): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);

const headers = {
  "content-security-policy": securityPolicy(),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
} as const;

const refuse = (status: number): Response => new Response(null, { status, headers });

/** Serves the built window, and nothing else, under the app's own scheme. Throws `studio_not_built`. */
export const servePage = (protocol: ElectronApi["protocol"], folder: string): void => {
  const files = openPageFiles(folder);
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (request.method !== "GET" || `${scheme}://${host}` !== origin) return refuse(403);
    const file = await files(pathname).catch(() => null);
    if (file === null) return refuse(404);
    return new Response(new Uint8Array(file.body), {
      headers: { ...headers, "content-type": file.type, "cache-control": file.cacheControl },
    });
  });
};
