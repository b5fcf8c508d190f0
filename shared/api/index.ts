// The studio API: the contract, and the two ends that speak it over any port.

import { contract, type Contract } from "./contract.ts";
import { connectContract, type Client } from "./protocol/client.ts";
import type { Handlers } from "./protocol/entry.ts";
import type { Port } from "./protocol/port.ts";
import { serveContract } from "./protocol/server.ts";

export type { BinaryAnswer, Handlers } from "./protocol/entry.ts";
export type { Subscription } from "./protocol/client.ts";
export { type Envelope, type Port, portPair } from "./protocol/port.ts";
export { messagePort, type RawPort } from "./protocol/message-port.ts";
export { decodeFrame, encodeFrame, maxFrameBytes } from "./protocol/frame.ts";
export { rebuildError } from "./protocol/messages.ts";
export type { Contract } from "./contract.ts";
export * from "./views/canvas-view.ts";
export * from "./views/connection-view.ts";
export * from "./views/describe-view.ts";
export * from "./views/draft-view.ts";
export * from "./views/edit-view.ts";
export * from "./views/model-view.ts";
export * from "./views/insight-view.ts";
export * from "./views/lineage-view.ts";
export * from "./views/page-view.ts";
export * from "./views/project-view.ts";
export * from "./views/run-view.ts";
export * from "./views/start-view.ts";
export * from "./views/table-view.ts";
export * from "./views/target-view.ts";

/** The studio as a window calls it. */
export type StudioClient = Client<Contract>;
/** One handler for every entry of the contract. */
export type StudioHandlers<Context> = Handlers<Contract, Context>;

/** The window's end of the contract. */
export const createClient = (port: Port): StudioClient => connectContract(contract, port);

/** The host's end of the contract: answers one window until its port closes. */
export const serve = <Context>(port: Port, handlers: StudioHandlers<Context>, context: Context): void =>
  serveContract(contract, port, handlers, context);
