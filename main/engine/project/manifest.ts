// target/manifest.json: the project's graph for other tools, and what lets an unchanged project load without reading it.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { NodeId, PipelineNode } from "../../../shared/graph/index.ts";
import { makeTarget } from "../files/make-target.ts";
import { replaceFile } from "../files/replace-file.ts";
import type { Broken, FileContent, NamedInput, NodeDraft } from "./draft.ts";
import type { ProfileSummary } from "./profile/open-profile.ts";
import type { FileRecord } from "./project-files.ts";
import type { Problem, ProjectSettings } from "./project.ts";

/** Raised whenever the file's shape, or what loading makes of the same files, changes. */
export const manifestVersion = 2;

/** A draft as stored: most of it is the node itself. */
export interface StoredDraft {
  readonly id: NodeId;
  readonly document: number;
  readonly renamed: NodeDraft["renamed"];
  readonly named: readonly NamedInput[];
  /** Tables that the SQL names, with offsets: `[name, offset]`. */
  readonly references: readonly (readonly [string, number | null])[];
  /** The whole draft, where it is not simply the node. */
  readonly draft: NodeDraft | null;
}

export interface StoredContent extends Omit<FileContent, "drafts"> {
  readonly drafts: readonly StoredDraft[];
}

/** `project`, `nodes`, `problems` and `broken` are for everyone; `loaded` is Headrace's own and may change. */
export interface Manifest {
  readonly manifest_version: number;
  readonly generator: { readonly name: "headrace"; readonly version: string };
  readonly project: ProjectSettings;
  /** In dependency order. */
  readonly nodes: Readonly<Record<NodeId, PipelineNode>>;
  readonly problems: readonly Problem[];
  readonly broken: readonly Broken[];
  readonly loaded: LoadedFrom;
}

/** What the graph was made from. */
export interface LoadedFrom {
  /** Whether files could be imported to read computed decorators. */
  readonly imports: boolean;
  readonly settingsFile: string;
  readonly settingsProblems: readonly Problem[];
  /** Every file of the pipeline folders, and links that lead out of them. */
  readonly listing: string;
  readonly common: readonly string[];
  readonly files: Readonly<Record<string, FileRecord>>;
  /** Python module names by folder. */
  readonly folders: Readonly<Record<string, string>>;
  readonly profile: ProfileSummary;
  readonly contents: Readonly<Record<string, StoredContent>>;
}

const pathOf = (root: string): string => join(root, "target", "manifest.json");

const sealLength = 64;
const prefix = '{"seal":"';

const sealOf = (text: string, key: Buffer): string => createHmac("sha256", key).update(text).digest("hex");

/**
 * The manifest that this user's Headrace wrote here, or `null`: one that is missing, damaged, edited by hand, from
 * another version or from another machine is as good as none.
 */
export const readManifest = (root: string, key: Buffer, version: string): Manifest | null => {
  try {
    const text = readFileSync(pathOf(root), "utf8");
    if (!text.startsWith(prefix)) return null;
    const seal = Buffer.from(text.slice(prefix.length, prefix.length + sealLength));
    const body = text.slice(prefix.length + sealLength);
    const expected = Buffer.from(sealOf(body, key));
    if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) return null;
    const manifest = JSON.parse(text) as Manifest;
    const isOurs = manifest.manifest_version === manifestVersion && manifest.generator.version === version;
    return isOurs ? manifest : null;
  } catch {
    return null;
  }
};

/** Replaces the manifest in one step. A project that cannot be written to is loaded all the same. */
export const writeManifest = async (root: string, manifest: Manifest, key: Buffer): Promise<void> => {
  const body = `",${JSON.stringify(manifest).slice(1)}\n`;
  try {
    makeTarget(join(root, "target"));
    await replaceFile(pathOf(root), prefix + sealOf(body, key) + body);
  } catch {
    // The cache is a convenience; whatever is wrong with the folder is told by the first command that needs it.
  }
};

const keyFile = "manifest.key";

/**
 * The user's own key, made on first use: a manifest that came with a project is never believed. Where it cannot be
 * kept, a key of this process alone, so that nothing is reused.
 */
export const manifestKey = (dataDir: string): Buffer => {
  const path = join(dataDir, keyFile);
  try {
    if (existsSync(path)) {
      const key = readFileSync(path);
      if (key.length === 32) return key;
    }
    const key = randomBytes(32);
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, key, { mode: 0o600, flag: existsSync(path) ? "w" : "wx" });
    return key;
  } catch {
    return existsSync(path) ? readOr(path, randomBytes(32)) : randomBytes(32);
  }
};

const readOr = (path: string, otherwise: Buffer): Buffer => {
  try {
    const key = readFileSync(path);
    return key.length === 32 ? key : otherwise;
  } catch {
    return otherwise;
  }
};
