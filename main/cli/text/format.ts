import { formatSeconds } from "../../../shared/run/index.ts";

export { formatSeconds };

/** `1204331` → `1,204,331`. */
export const formatCount = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");

/** `1` → `1 row`, `2` → `2 rows`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** Time that goes on, steady to look at: `0.3 s`, `12 s`. */
export const formatElapsed = (seconds: number): string =>
  seconds < 10 ? `${(Math.floor(seconds * 10) / 10).toFixed(1)} s` : formatSeconds(Math.floor(seconds));

/** Bytes in decimal units, as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"] as const;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `2024-01-31T10:22:33.000Z` → local `2024-01-31 10:22:33`. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

const names: Readonly<Record<string, string>> = { "\n": "↵", "\r": "␍", "\t": "⇥" };

/** Control characters made visible: data and logs must not move the cursor or change a terminal's settings. */
export const visible = (text: string): string =>
  text.replaceAll(
    // oxlint-disable-next-line no-control-regex
    /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g,
    (character) => names[character] ?? "�",
  );
