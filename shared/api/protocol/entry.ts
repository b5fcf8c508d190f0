// The four shapes that a line of the contract can have.

import type { z } from "zod";

/** One question, one answer. */
export interface CallEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly shape: "call";
  readonly input: I;
  readonly output: O;
}

/** One question, many answers, until either side ends it. */
export interface StreamEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly shape: "stream";
  readonly input: I;
  readonly output: O;
}

/** One question, an answer and bytes beside it that are never turned into text. */
export interface BinaryEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly shape: "binary";
  readonly input: I;
  readonly output: O;
}

/** One question with bytes beside it, one answer. */
export interface UploadEntry<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly shape: "upload";
  readonly input: I;
  readonly output: O;
}

export type Entry = CallEntry | StreamEntry | BinaryEntry | UploadEntry;
export type ContractShape = Readonly<Record<string, Entry>>;

export const call = <I extends z.ZodType, O extends z.ZodType>(entry: {
  readonly input: I;
  readonly output: O;
}): CallEntry<I, O> => ({ shape: "call", ...entry });

export const stream = <I extends z.ZodType, O extends z.ZodType>(entry: {
  readonly input: I;
  readonly event: O;
}): StreamEntry<I, O> => ({ shape: "stream", input: entry.input, output: entry.event });

export const binary = <I extends z.ZodType, O extends z.ZodType>(entry: {
  readonly input: I;
  readonly head: O;
}): BinaryEntry<I, O> => ({ shape: "binary", input: entry.input, output: entry.head });

export const upload = <I extends z.ZodType, O extends z.ZodType>(entry: {
  readonly input: I;
  readonly output: O;
}): UploadEntry<I, O> => ({ shape: "upload", ...entry });

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

type NamesOf<C extends ContractShape, S extends Entry["shape"]> = {
  [K in keyof C]: C[K]["shape"] extends S ? K : never;
}[keyof C] &
  string;
export type CallName<C extends ContractShape> = NamesOf<C, "call">;
export type StreamName<C extends ContractShape> = NamesOf<C, "stream">;
export type BinaryName<C extends ContractShape> = NamesOf<C, "binary">;

export type UploadName<C extends ContractShape> = NamesOf<C, "upload">;

/** What a caller writes, before defaults are filled in. */
export type InputOf<C extends ContractShape, N extends keyof C> = z.input<C[N]["input"]>;
/** What a handler receives. */
export type ParsedInputOf<C extends ContractShape, N extends keyof C> = z.output<C[N]["input"]>;
/** What a handler answers; it may hand over data that nobody is to change. */
export type AnswerOf<C extends ContractShape, N extends keyof C> = DeepReadonly<z.input<C[N]["output"]>>;
/** What a caller receives. */
export type OutputOf<C extends ContractShape, N extends keyof C> = z.output<C[N]["output"]>;

/** An answer with bytes beside it. */
export interface BinaryAnswer<H> {
  readonly head: H;
  readonly bytes: Uint8Array;
}

interface HandlerShapes<I, O, Context> {
  readonly call: (input: I, context: Context, signal: AbortSignal) => Promise<O>;
  readonly stream: (input: I, context: Context, signal: AbortSignal) => AsyncIterable<O>;
  readonly binary: (input: I, context: Context, signal: AbortSignal) => Promise<BinaryAnswer<O>>;
  readonly upload: (input: I, context: Context, signal: AbortSignal, bytes: Uint8Array) => Promise<O>;
}

/** One handler a line of the contract; `Context` is what the host gives each of them. */
export type Handlers<C extends ContractShape, Context> = {
  readonly [N in keyof C]: HandlerShapes<ParsedInputOf<C, N>, AnswerOf<C, N>, Context>[C[N]["shape"]];
};
