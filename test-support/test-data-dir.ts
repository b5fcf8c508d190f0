import { tmpdir } from "node:os";
import { join } from "node:path";

/** Environments and servers that all tests of one user share, so that each is built once a machine. */
export const testDataDir = join(tmpdir(), `headrace-test-data-${process.getuid?.() ?? "user"}`);
