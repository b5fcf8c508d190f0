import { distance } from "fastest-levenshtein";

/** The candidate closest to what was written, or `null` when none is close enough to be meant. */
export const nearest = (written: string, candidates: Iterable<string>): string | null => {
  const wanted = written.toLowerCase();
  let best: string | null = null;
  // Two edits are one swapped pair of letters; in very short words that would be any word.
  let bestDistance = written.length < 3 ? 2 : Math.max(2, Math.floor(written.length * 0.4)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) >= bestDistance) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
};

const LISTED = 12;

/** "Did you mean `x`?", else the ones there are (the first dozen), as the next step of an error. */
export const suggestion = (written: string, candidates: Iterable<string>): string => {
  const all = [...candidates];
  const close = nearest(written, all);
  if (close !== null) return `Did you mean ${close}?`;
  if (all.length === 0) return "There are none yet.";
  const more = all.length > LISTED ? `, and ${all.length - LISTED} more` : "";
  return `Use one of: ${all.slice(0, LISTED).join(", ")}${more}.`;
};
