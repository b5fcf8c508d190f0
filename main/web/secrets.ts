import { randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits as text that needs no escaping in a URL or a cookie. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** Whether both are the same text, in a time that does not tell how much of it was right. */
export const sameSecret = (given: string | null | undefined, secret: string): boolean => {
  const left = Buffer.from(given ?? "");
  const right = Buffer.from(secret);
  return left.length === right.length && timingSafeEqual(left, right);
};

/** The value of one cookie of a `Cookie` header; `null` when it is not there, or there twice. */
export const cookieValue = (header: string | undefined, name: string): string | null => {
  const values = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? null) : null;
};
