// Exposures: a table handed to who uses it, held against its contract first.
export { checkContract } from "./contract.ts";
export { checkUrl, type UrlState } from "./check-url.ts";
export { deliver, deliveryPath } from "./deliver.ts";
export { lastDelivery, rememberDelivery } from "./delivered.ts";
export { exposureError, type ExposureNode } from "./problem.ts";
export { type ExposureSpec, readExposure } from "./spec.ts";
