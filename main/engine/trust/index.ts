// Which project folders the person trusts: kept with their own data, never in a project.
export { isTrusted, listTrusted, refuseTrust, trustFolder, type TrustedFolder } from "./trusted-folders.ts";
