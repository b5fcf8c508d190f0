// The desktop's two seams: window ↔ shell, and main process ↔ engine process.
export * from "./bridge.ts";
export * from "./engine-messages.ts";
export * from "./shell.ts";
