/** Rows of an answer that are kept: a query may give more than anyone will look at. */
export const answerRows = 1_000_000;
/** Rows of a source that are shown before it was run. */
export const headRows = 1000;
/** Seconds that a server has for them: nobody asked it for more than a look. */
export const headSeconds = 5;
/** Rows of each input that a draft is made from. */
export const draftRows = 100_000;
