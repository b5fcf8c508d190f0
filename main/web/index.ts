// The studio in a browser tab: the same window over HTTP and one WebSocket, on loopback alone.
export { startWebHost, type WebHost, type WebHostOptions } from "./web-host.ts";
