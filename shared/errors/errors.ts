// Every error a person can meet: a stable code, a sentence, the place, the next step.

import { catalogue, type ErrorCode } from "./catalogue.ts";
import type { CatalogueEntry } from "./entry.ts";

export type { ErrorCode } from "./catalogue.ts";

/** A place in a project file; line and column are 1-based, file is relative to the project root with `/`. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type ErrorParams = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface ErrorDetails {
  readonly node?: string | undefined;
  readonly location?: SourceLocation | undefined;
  readonly params?: ErrorParams | undefined;
  /** Replaces the catalogue's next step where the caller knows a better one. */
  readonly next?: string | undefined;
  /** The whole sentence, when another process has filled it in already. */
  readonly message?: string | undefined;
}

/** An error as data: what crosses processes, is written to the journal and printed by `--json`. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly message: string;
  readonly next: string;
  readonly node: string | null;
  readonly location: SourceLocation | null;
  readonly params: ErrorParams;
  readonly cause: string | null;
}

const fill = (template: string, params: ErrorParams): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "object" ? value.join(", ") : String(value);
  });

/** The window knows its own errors only; the sentences of all others come with them. */
const unknownEntry: CatalogueEntry = { message: "Something failed", next: "Reload the window.", exit: 1 };
const entryOf = (code: ErrorCode): CatalogueEntry =>
  (catalogue as Readonly<Partial<Record<ErrorCode, CatalogueEntry>>>)[code] ?? unknownEntry;

/** The base of everything thrown on purpose. `message` is complete without a stack trace. */
export class HeadraceError extends Error {
  readonly code: ErrorCode;
  readonly node: string | null;
  readonly location: SourceLocation | null;
  readonly params: ErrorParams;
  readonly next: string;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    const params = details.params ?? {};
    const entry = entryOf(code);
    super(details.message ?? fill(entry.message, params), options);
    this.name = new.target.name;
    this.code = code;
    this.node = details.node ?? null;
    this.location = details.location ?? null;
    this.params = params;
    this.next = details.next ?? fill(entry.next, params);
  }
}

/** The project or the call is wrong; nothing was run (exit code 2). */
export class ProjectError extends HeadraceError {}

/** The person cancelled (exit code 130). */
export class CancelledError extends HeadraceError {
  constructor(options?: ErrorOptions) {
    super("cancelled", {}, options);
  }
}

/** Ours to repair: an invariant did not hold. */
export class BugError extends HeadraceError {
  constructor(what: string, options?: ErrorOptions) {
    super("internal_error", { params: { what } }, options);
  }
}

/** Base of what an executor throws. */
export class ExecutorError extends HeadraceError {}
/** No executor for this node's kind. */
export class ExecutorNotFoundError extends ExecutorError {}
/** The node's definition is wrong; found before anything ran. */
export class ExecutorValidationError extends ExecutorError {}
/** The node ran and failed; `cause` keeps the underlying error. */
export class ExecutorExecutionError extends ExecutorError {}

const classes = {
  HeadraceError,
  ProjectError,
  ExecutorError,
  ExecutorNotFoundError,
  ExecutorValidationError,
  ExecutorExecutionError,
} as const;

/** Wraps whatever was thrown: a HeadraceError stays, anything else becomes `internal_error`. */
export function toHeadraceError(thrown: unknown): HeadraceError {
  if (thrown instanceof HeadraceError) return thrown;
  if (thrown instanceof Error && thrown.name === "AbortError") return new CancelledError({ cause: thrown });
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return new BugError(what, { cause: thrown });
}

const causeText = (cause: unknown): string | null => {
  if (cause instanceof Error) return cause.message;
  return typeof cause === "string" ? cause : null;
};

export function toErrorData(thrown: unknown): ErrorData & { readonly class: string } {
  const error = toHeadraceError(thrown);
  const cause = error.cause;
  return {
    class: error.name,
    code: error.code,
    message: error.message,
    next: error.next,
    node: error.node,
    location: error.location,
    params: error.params,
    cause: causeText(cause),
  };
}

/** The inverse of `toErrorData`: the same class, code, sentences, parameters and cause on this side of the process boundary. */
export function fromErrorData(data: ErrorData & { readonly class?: string }): HeadraceError {
  const options = data.cause === null ? undefined : { cause: new Error(data.cause) };
  if (data.code === "cancelled") return new CancelledError(options);
  const details = {
    node: data.node ?? undefined,
    location: data.location ?? undefined,
    params: data.params,
    next: data.next,
    message: data.message,
  };
  const known = Object.entries(classes).find(([name]) => name === data.class)?.[1] ?? HeadraceError;
  return new known(data.code, details, options);
}

/** The process exit code that an error asks for when it ends a command. */
export const exitCodeOf = (error: HeadraceError): number => entryOf(error.code).exit;
