// Which kinds of node may read which, and what a new transform says before it reads anything.

/** The SQL of a transform that reads nothing yet; its first connection replaces it. */
export const emptyTransform = "select 1 as id\n";

/** SQL that hands one input on as it is. */
export const selectAll = (from: string): string => `select *\nfrom ref('${from}')\n`;

/** Why a node of one kind cannot read one of the other, in words that complete a sentence; `null` when it can. */
export const whyNot = (from: string, to: string): string | null => {
  if (to === "source") return "a source reads files or a server, not other nodes";
  if (from === "exposure") return "an exposure hands results out and has no table to read";
  return null;
};
