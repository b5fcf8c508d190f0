import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { ProjectError } from "../../../shared/errors/index.ts";
import { projectFiles } from "./find-root.ts";

export interface InitOptions {
  /** The project's name; the folder's when left out. */
  readonly name?: string | undefined;
  /** Without the source, the transform and their data: a project that has no nodes yet. */
  readonly isEmpty?: boolean | undefined;
}

/**
 * Writes a new project that runs as it is: a source, a transform and their data. Writes nothing at all when one of
 * its files is there already. Returns the files written, relative to the root. Throws `project_exists`.
 */
export const initProject = (root: string, options: InitOptions = {}): readonly string[] => {
  const name = options.name ?? basename(root);
  const project = { ".gitignore": starter[".gitignore"], "headrace.yml": projectFile(name) };
  const files: Readonly<Record<string, string>> = options.isEmpty === true ? project : { ...starter, ...project };
  const taken = [...projectFiles, ...Object.keys(files)].find(
    (path) => path !== ".gitignore" && existsSync(join(root, path)),
  );
  if (taken !== undefined) throw new ProjectError("project_exists", { params: { folder: root, file: taken } });
  const written = Object.entries(files).filter(([path]) => path !== ".gitignore" || !existsSync(join(root, path)));
  for (const [path, text] of written) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    // `wx`: a file that appeared meanwhile is not overwritten.
    writeFileSync(join(root, path), text, { flag: "wx" });
  }
  return written.map(([path]) => path).toSorted();
};

const projectFile = (name: string): string => `name: ${JSON.stringify(name)}
version: "0.1.0"
description: ""

# Which profile of profiles.yml is used; without any, the project gets a PostgreSQL server of its own.
# profile: default
`;

const starter = {
  "pipelines/orders.yml": `# A source reads a file or a table as it is.
kind: source
name: orders
description: One row an order.
source: csv
table: data/orders.csv
`,
  "pipelines/daily_sales.yml": `# A transform is one SELECT; ref() names what it reads.
kind: transform
name: daily_sales
description: Orders and revenue a day.
tags: [daily]
transform: |
  SELECT
    order_date,
    count(*) AS orders,
    sum(amount) AS revenue
  FROM ref('source.orders')
  WHERE status = 'paid'
  GROUP BY order_date
  ORDER BY order_date

# Add this to write the result to PostgreSQL as well:
# materializations:
#   - type: postgresql
#     table: analytics.daily_sales
#     mode: upsert_by_key
#     unique_keys: [order_date]
`,
  "data/orders.csv": `order_id,order_date,customer,status,amount
1,2024-03-01,ada,paid,19.90
2,2024-03-01,grace,paid,45.00
3,2024-03-01,alan,refunded,12.50
4,2024-03-02,ada,paid,7.25
5,2024-03-03,barbara,paid,130.00
6,2024-03-03,grace,open,18.00
`,
  "profiles.example.yml": `# Copy this to profiles.yml, which git ignores, and fill it in.
# \${NAME} comes from the environment or from .env; \${secret:name} from the keychain.
profiles:
  default:
    default_connection: warehouse
    connections:
      warehouse:
        type: postgresql
        host: localhost
        port: 5432
        user: \${WAREHOUSE_USER}
        password: \${WAREHOUSE_PASSWORD}
        database: analytics
        sslmode: prefer
        production: false
`,
  ".gitignore": `# Everything that Headrace generates, and what must not be shared.
target/
profiles.yml
.env
`,
} as const;
