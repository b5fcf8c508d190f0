/** How well a text answers a query whose letters it holds in order; `null` when it does not. Higher is better. */
export const matchScore = (query: string, candidate: string): number | null => {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, "");
  const text = candidate.toLowerCase();
  if (wanted === "") return 0;
  const whole = text.indexOf(query.toLowerCase().trim());
  if (whole >= 0) return 1000 - whole - text.length / 100;
  let score = 0;
  let at = -1;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    const isStart = next === 0 || /[\s._:/-]/.test(text[next - 1] ?? "");
    score += next === at + 1 ? 6 : isStart ? 4 : -Math.min(3, next - at);
    at = next;
  }
  return score - text.length / 100;
};
