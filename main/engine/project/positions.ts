// Looks places up in YAML files, only when an error needs one.

import type { SourceLocation } from "../../../shared/errors/index.ts";
import type { YamlDocument, YamlPath } from "../../../shared/yaml/index.ts";
import type { ProjectFiles } from "./project-files.ts";

/** Answers where a path of a document stands; a file is parsed once, and only when asked about. */
export class Positions {
  readonly #files: ProjectFiles;
  readonly #documents = new Map<string, Promise<readonly YamlDocument[]>>();

  constructor(files: ProjectFiles) {
    this.#files = files;
  }

  async locate(
    place: { readonly file: string; readonly document: number; readonly path: YamlPath },
    what: "key" | "value",
    otherwise: SourceLocation,
  ): Promise<SourceLocation> {
    const document = (await this.#open(place.file))[place.document];
    if (document === undefined) return otherwise;
    return { file: place.file, ...document.positionOf(place.path, what) };
  }

  #open(file: string): Promise<readonly YamlDocument[]> {
    let documents = this.#documents.get(file);
    if (documents === undefined) {
      documents = this.#parse(file);
      this.#documents.set(file, documents);
    }
    return documents;
  }

  async #parse(file: string): Promise<readonly YamlDocument[]> {
    if (!/\.ya?ml$/i.test(file)) return [];
    const { parseYamlDocuments } = await import("../../../shared/yaml/index.ts");
    try {
      return parseYamlDocuments(this.#files.text(file));
    } catch {
      // The file changed or went away meanwhile; the caller knows an older place.
      return [];
    }
  }
}
