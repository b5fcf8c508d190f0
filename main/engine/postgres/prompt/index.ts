// A prompt for SQL, for machines without psql.
export { runPrompt, type PromptOptions } from "./run-prompt.ts";
