import { matchScore } from "../../commands/match.ts";
import type { Template } from "./templates.ts";

export interface Ranking {
  /** How many tables the new node is to read. */
  readonly tables: number;
  /** Ids of templates used before, the last one first. */
  readonly recent: readonly string[];
}

/** How well a template goes with what is selected: one that can read it first, one that cannot last. */
const fit = ({ reads }: Template, tables: number): number => {
  if (tables === 0) return reads === 0 ? 30 : 0;
  if (reads === 0) return -30;
  return reads === "many" ? (tables > 2 ? 40 : 20) : reads === Math.min(2, tables) ? 30 : 20;
};

const recency = (id: string, recent: readonly string[]): number => {
  const at = recent.indexOf(id);
  return at < 0 ? 0 : 9 - Math.min(8, at);
};

/** The templates that answer a query, best first: by the words, then by what they would read, then by recency. */
export const rankTemplates = (all: readonly Template[], query: string, ranking: Ranking): readonly Template[] =>
  all
    .flatMap((template, at) => {
      const label = matchScore(query, template.label);
      const words = matchScore(query, `${template.label} ${template.search}`);
      if (label === null && words === null) return [];
      // The very name is meant, whatever else would go with the selection.
      const isName = template.label.toLowerCase() === query.trim().toLowerCase();
      const score = Math.max(label ?? -1e6, (words ?? -1e6) - 200) + (isName ? 100 : 0);
      return [{ template, at, score, bonus: fit(template, ranking.tables) + recency(template.id, ranking.recent) }];
    })
    .toSorted((a, b) => b.score + b.bonus - (a.score + a.bonus) || a.at - b.at)
    .map(({ template }) => template);
