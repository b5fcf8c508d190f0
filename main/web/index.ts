// The studio in a browser tab: the same window over HTTP and one WebSocket, on loopback alone.
export { type ApiHost, startApiHost } from "./api-host.ts";
export type { ServedApis } from "./served-apis.ts";
export { startWebHost, type WebHost, type WebHostOptions } from "./web-host.ts";
export { usualPort } from "./usual-port.ts";
