// What new nodes say at first: SQL that is valid for the columns of the tables they read.
export * from "./sql-presets.ts";
export * from "./upstream.ts";
