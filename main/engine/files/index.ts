// Files that are never half written: atomic replacement, stamps, hashes, links and the project lock.
export { replaceFile } from "./replace-file.ts";
export { stampOf, type FileStamp } from "./file-stamp.ts";
export { hashFile, hashText, stableHash } from "./hash.ts";
export { isInside } from "./is-inside.ts";
export { linkFile } from "./link-file.ts";
export { makeTarget } from "./make-target.ts";
export { acquireProjectLock, type ProjectLock } from "./project-lock.ts";
export { packageRoot } from "./package-root.ts";
export { decodeLines, encodeLine } from "./checked-lines.ts";
