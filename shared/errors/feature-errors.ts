import type { CatalogueEntry } from "./entry.ts";

export const featureErrors = {
  feature_keys_missing: {
    message: "{node} does not say whose features these are: it has neither entity nor join_keys",
    next: "Add `entity: customer` (its rows then join on customer_id), or `join_keys: [<column>]`.",
    exit: 2,
  },
  feature_keys_differ: {
    message: "{node} names its join keys twice: {first} in join_keys and {second} in entity",
    next: "They are two spellings of one key: keep one.",
    exit: 2,
  },
  feature_input_missing: {
    message: "{node} has no rows: it reads no node",
    next: "Add `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
  feature_inputs_several: {
    message: "{node} reads {inputs}, and nothing says how they become one table",
    next: "Add `transform:` to {node}, one SELECT that joins them, or leave one input.",
    exit: 2,
  },
  feature_name_twice: {
    message: "{node} would have two columns called {column}: {first} and {second}",
    next: "Leave one of them out, or give the feature another name.",
    exit: 2,
  },
  feature_dtype_unknown: {
    message: "{node}: {dtype} of {column} is not a type",
    next: "{suggestion}",
    exit: 2,
  },
  feature_default_invalid: {
    message: "{node}: the default of {column} is {value}, which is not {wanted}",
    next: "Write a text, a number, true or false that fits the feature's dtype.",
    exit: 2,
  },
  feature_store_format: {
    message: "{node}: materialization.offline.format is {format}, which is not a format of the offline store",
    next: "Leave it out, or write `format: parquet`.",
    exit: 2,
  },
  feature_online_store: {
    message: "{node}: materialization.online.store is {store}, which is not a store that features are served from",
    next: "Leave `store` out for a SQLite file, or write one of {stores}.",
    exit: 2,
  },
  feature_version_invalid: {
    message: "{node}: {version} cannot be a version",
    next: "Write a number, or letters, digits, dots, dashes and underscores.",
    exit: 2,
  },
  feature_partitions_many: {
    message: "{node} would be kept in more than {most} partitions by {columns}",
    next: "Name columns with fewer values in materialization.offline.partition_by.",
    exit: 1,
  },
  feature_column_missing: {
    message: "{node} names {column} as {role}, but {source} has no such column",
    next: "{remedy}",
    exit: 1,
  },
  feature_type_wrong: {
    message: "{node}: {column} ({role}) is {type} in {source}, but {wanted} is wanted",
    next: "{remedy}",
    exit: 1,
  },
  feature_expression_invalid: {
    message: "{node}: the on-demand feature {column} cannot be computed from `{expression}`: {detail}",
    next: "Write one SQL expression over the group's features and the columns of the rows that ask.",
    exit: 1,
  },
  feature_group_not_found: {
    message: "There is no feature group {group}",
    next: "{suggestion}",
    exit: 2,
  },
  feature_keys_given: {
    message: "{group} is read by {keys}, but the number of values given is {given}",
    next: "Give one value for each join key, in this order.",
    exit: 2,
  },
  feature_version_breaks: {
    message: "{node}: version {version} is in its stores with another shape: {changes}",
    next: "Readers of version {version} would break: give the group a new `version`, or take the change back.",
    exit: 1,
  },
  feature_version_unknown: {
    message: "{group} has no version {version}",
    next: "`headrace features versions` lists those that were computed: {versions}.",
    exit: 2,
  },
  feature_request_missing: {
    message: "{group}: the on-demand feature {column} could not be computed: {detail}",
    next: "Give the values that it needs from the asking row: --with <column>=<value>.",
    exit: 2,
  },
  feature_request_unreadable: {
    message: "--with {entry} cannot be read",
    next: "Write a column and its value: --with amount=12.50.",
    exit: 2,
  },
  feature_time_missing: {
    message: "{group} has no event time, so it is the same at every moment",
    next: "Name its time column in `event_time`.",
    exit: 2,
  },
  feature_store_unopened: {
    message: "{node}: its online store {file} could not be opened: {detail}",
    next: "End what has the file open, or remove the file: the next full run makes it anew.",
    exit: 1,
  },
  feature_not_online: {
    message: "{group} is not in the online store",
    next: "Add `materialization: {online: {enabled: true}}` to it and run it.",
    exit: 2,
  },
  feature_role_unreadable: {
    message: "--role {entry} cannot be read",
    next: "Write a role's name, then for each join key the spine's column: --role from=airport:origin.",
    exit: 2,
  },
  training_set_with_sql: {
    message: "{node} has both point_in_time and SQL or Python of its own",
    next: "Keep point_in_time here, and move the rest to a transform that reads {node}.",
    exit: 2,
  },
  training_set_not_a_group: {
    message: "{node} takes features from {feature}, which is not a feature group of this project",
    next: "{suggestion}",
    exit: 2,
  },
  training_set_feature_unknown: {
    message: "{node} takes {feature}, but {group} has no feature {column}",
    next: "{suggestion}",
    exit: 2,
  },
  training_set_event_time_missing: {
    message: "{node} reads {group} as it was at a point in time, but {group} does not say when its rows happened",
    next: "Add `event_time: <column>` to {group}.",
    exit: 2,
  },
  training_set_role_unused: {
    message: "{node}: the role {role} names {keys}, which is not all of the join keys of any group in features",
    next: "Write for each join key the spine's column: `roles: {{role}: {<join key>: <column>}}`. Join keys: {known}.",
    exit: 2,
  },
  training_set_column_missing: {
    message: "{node} needs the column {column} ({role}), which its spine {spine} does not have",
    next: "{remedy}",
    exit: 1,
  },
  training_set_time_type: {
    message: "{node}: {column}, the timestamp of the spine {spine}, is {type}, but a date or a timestamp is wanted",
    next: "Cast it where it is made: `{column}::timestamp as {column}`.",
    exit: 1,
  },
  training_set_keys_differ: {
    message: "{node}: {column} of {spine} is {type}, but {key} of {group} is {other_type}, so no row would be found",
    next: "Cast one of them to the other's type.",
    exit: 1,
  },
  training_set_names_collide: {
    message: "{node} would have two columns called {column}: {first} and {second}",
    next: "Add `full_names: true` to point_in_time (columns are then <group>__<feature>), or take one of them only.",
    exit: 1,
  },
} as const satisfies Record<string, CatalogueEntry>;
