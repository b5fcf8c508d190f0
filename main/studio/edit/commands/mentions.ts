/** Where an id stands as a whole in SQL, Python or YAML: not as a part of a longer name. */
export const mentions = (id: string): RegExp =>
  new RegExp(`(?<![\\w.])${id.replaceAll(".", String.raw`\.`)}(?!\\w)`, "g");
