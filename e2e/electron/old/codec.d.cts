/** A value of structured cloning as JSON data. */
export function pack(value: unknown): unknown;
/** The inverse of `pack`. */
export function unpack(packed: unknown): unknown;
