import { securityPolicy } from "../studio/page/security-policy.ts";

/** Headers of every answer. */
export const securityHeaders = (port: number): Readonly<Record<string, string>> => ({
  "content-security-policy": securityPolicy([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
});
