import { ProjectError } from "../../../shared/errors/index.ts";
import type { EngineOptions } from "../engine.ts";
import { isInside } from "../files/index.ts";

/** What a project may do that the person does not trust. */
export interface TrustGuard {
  /** Whether anything of the project may be run, imported or connected to. */
  readonly mayAct: () => boolean;
  /** Whether `path` may be read or written: it lies in the project's folder, or the project is trusted. */
  readonly mayFollow: (path: string) => boolean;
  /** Throws `project_untrusted`. */
  readonly refuseUntrusted: () => void;
  /** Throws `project_untrusted` where looking at `path` would lead out of the project's folder. */
  readonly refuseToFollow: (path: string) => void;
}

export const trustGuard = ({ root, isTrusted }: EngineOptions): TrustGuard => {
  const mayAct = (): boolean => isTrusted?.() !== false;
  const mayFollow = (path: string): boolean => mayAct() || isInside(root, path);
  const refuse = (): never => {
    throw new ProjectError("project_untrusted", { params: { folder: root } });
  };
  return {
    mayAct,
    mayFollow,
    refuseUntrusted: () => {
      if (!mayAct()) refuse();
    },
    refuseToFollow: (path) => {
      if (!mayFollow(path)) refuse();
    },
  };
};
