import { findProjectRoot } from "../engine/index.ts";
import type { StudioHandlers } from "../../shared/api/index.ts";
import type { StudioWindow } from "./studio.ts";

/** Opening a project and seeing what changes in it. */
export const projectHandlers = {
  "project.open": ({ folder }, window) => window.open(findProjectRoot(folder)).view(),
  "project.get": (_input, window) => window.session.view(),
  "project.changed": ({ revision }, window, signal) => window.session.changes(revision, signal),
} satisfies Partial<StudioHandlers<StudioWindow>>;
