import type { CatalogueEntry } from "./entry.ts";

export const modelErrors = {
  model_algorithm_missing: {
    message: "{node} does not say how it learns",
    next: "Add `algorithm: random_forest` (or logistic_regression, gradient_boosting, linear_regression, …).",
    exit: 2,
  },
  model_algorithm_unknown: {
    message: "{node}: {algorithm} is not an algorithm",
    next: "{suggestion}",
    exit: 2,
  },
  model_algorithm_task: {
    message: "{node}: {algorithm} does not do {task}",
    next: "Choose another algorithm, or change `task`.",
    exit: 2,
  },
  model_spelled_twice: {
    message: "{node} says {what} twice: {first} and {second}",
    next: "They are two spellings of one key: keep one.",
    exit: 2,
  },
  model_target_missing: {
    message: "{node} does not say what it predicts",
    next: "Add `target: <column>`.",
    exit: 2,
  },
  model_target_not_found: {
    message: "{node}: the target {target} is in none of the inputs searched: {searched}",
    next: "{remedy}",
    exit: 2,
  },
  model_target_empty: {
    message: "{node}: the target {target} has no value in any of the {rows} rows of {source}",
    next: "Check the node that makes it; a join on the wrong key gives only NULLs.",
    exit: 1,
  },
  model_target_type: {
    message: "{node}: the target {target} of {source} is of type {type}, which cannot be predicted",
    next: "Cast it to a number, text or boolean.",
    exit: 2,
  },
  model_target_not_number: {
    message: "{node}: the target {target} of {source} is of type {type}, and {algorithm} predicts numbers",
    next: "Cast {target} to a number, or choose a classifier such as logistic_regression.",
    exit: 2,
  },
  model_target_continuous: {
    message: "{node}: the target {target} of {source} has fractions, and {algorithm} predicts classes",
    next: "Set `task: regression` with an algorithm that predicts numbers, or make classes of it in SQL.",
    exit: 2,
  },
  model_one_class: {
    message: "{node}: the target {target} of {source} is {value} in all {rows} rows",
    next: "There is nothing to tell apart: add rows of another class, or correct what makes {target}.",
    exit: 1,
  },
  model_many_classes: {
    message: "{node}: the target {target} of {source} has {count} classes, more than {most}",
    next: "A target with so many values is usually a number (`task: regression`) or an id.",
    exit: 1,
  },
  model_train_one_class: {
    message: "{node}: the {rows} training rows of the {split} split all have {target} = {value}",
    next: "Move the split with `split: {kind: time, at: …}` or `test_size`, or choose `split: {kind: stratified}`.",
    exit: 1,
  },
  model_no_rows: {
    message: "{node}: {source} has no rows to learn from",
    next: "Run the nodes before it and look at their rows; a filter may let none through.",
    exit: 1,
  },
  model_no_features: {
    message: "{node}: {source} has no column to learn from (looked at: {columns})",
    next: "Add columns of numbers, text, booleans or times that have values, or take some out of `exclude`.",
    exit: 2,
  },
  model_input_missing: {
    message: "{node} has no rows to learn from: it reads no node",
    next: "Add `labels: {ref: kind.name, target: <column>, timestamp: <column>}`, or `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
  model_inputs_several: {
    message: "{node} reads {inputs}, and nothing says how they become one table",
    next: "Add `labels: {ref, target, timestamp}` to join feature groups to labels, or `transform:`, one SELECT that joins them.",
    exit: 2,
  },
  model_feature_not_group: {
    message: "{node}: {feature} is not a feature group, so it cannot be joined to the rows of {spine}",
    next: "Name feature groups, or join it in `transform:`.",
    exit: 2,
  },
  model_label_time_missing: {
    message: "{node}: {groups} change with time, and nothing says when the rows of {spine} look at them",
    next: "Add `{key}: <column>` with the time of each row.",
    exit: 2,
  },
  model_group_repeats: {
    message: "{node}: {group} has {count} rows for {keys} = {value} and no event_time to choose one",
    next: "Add `event_time` to {group}, or leave one row for each of its join keys.",
    exit: 1,
  },
  model_column_missing: {
    message: "{node}: {source} has no column {column}, which {key} names",
    next: "{suggestion}",
    exit: 2,
  },
  model_time_type: {
    message: "{node}: {column} of {source} is of type {type}, and a time split needs a date or timestamp",
    next: "Name another column in `{key}`, or cast it.",
    exit: 2,
  },
  model_time_empty: {
    message: "{node}: no row of {source} with a target has a {column}",
    next: "Name another time column, or choose `split: {kind: random}`.",
    exit: 1,
  },
  model_split_column: {
    message: "{node}: `split: {kind: {kind}}` does not say by which column",
    next: "Add `column` to `split`.",
    exit: 2,
  },
  model_split_empty: {
    message: "{node}: the {split} split of {rows} rows leaves none to {side}",
    next: "Add rows, or change `split` (`test_size`, `at`, `kind`).",
    exit: 1,
  },
  model_split_at: {
    message: "{node}: `split.at` is {at}, which is not a moment",
    next: "Write a date or a moment such as 2024-06-30 or 2024-06-30 12:00:00.",
    exit: 2,
  },
  model_metric_unknown: {
    message: "{node}: {metric} is not a metric",
    next: "{suggestion}",
    exit: 2,
  },
  model_promotion_invalid: {
    message: "{node}: `promote_if` cannot be read: {detail}",
    next: "Write a comparison such as `roc_auc > promoted.roc_auc`, joined by and, or; or better, always, never.",
    exit: 2,
  },
  model_pickle_refused: {
    message: "{node} asks for a pickle, which runs code when it is opened",
    next: "Leave `artifact` out (skops is safe), choose `format: onnx`, or add `allow_pickle: true`.",
    exit: 2,
  },
  model_onnx_refused: {
    message: "{node}: {algorithm} cannot be written as ONNX: {text}",
    next: "Leave `artifact` out, or choose another algorithm.",
    exit: 1,
  },
  model_hyperparameter_unknown: {
    message: "{node}: {algorithm} has no hyperparameter {name}",
    next: "Use one that it has: {known}.",
    exit: 2,
  },
  model_training_refused: {
    message: "{node}: {algorithm} refused to learn: {text}",
    next: "Change the hyperparameter or the rows it speaks of.",
    exit: 1,
  },
  model_output_unknown: {
    message: "{node}: `output_columns` names {column}, which is not there",
    next: "Name columns that are there: {known}.",
    exit: 2,
  },
  model_column_taken: {
    message: "{node}: its rows have a column {column}, the name of a column of predictions",
    next: "List the columns to keep in `output_columns`, without {column}.",
    exit: 2,
  },
  model_columns_missing: {
    message: "{node}: {source} lacks {columns}, which version {version} of the model was trained on",
    next: "Add them to {source}, or list the feature groups that have them in `inputs` with `timestamp`.",
    exit: 2,
  },
  model_column_type: {
    message: "{node}: {column} of {source} is {type}, and version {version} was trained on {wanted}",
    next: "Cast {column} in {source}, or train the model anew on the new type.",
    exit: 2,
  },
  model_artifact_untrusted: {
    message: "{node}: the artifact of version {version} holds types that no model here is made of: {types}",
    next: "Do not use it: it was not written by Headrace. Train again with `headrace run --full`.",
    exit: 1,
  },
  model_artifact_damaged: {
    message: "{node}: the artifact of version {version} cannot be read: {text}",
    next: "Train again with `headrace run --full`.",
    exit: 1,
  },
  model_out_of_memory: {
    message: "{node} ran out of memory (limit: {memory})",
    next: "Raise `resources.memory`, or use fewer rows and columns.",
    exit: 1,
  },
  model_killed: {
    message: "The process of {node} was killed from outside; it had used {memory} of memory",
    next: "Usually the machine ran out of memory: use fewer rows and columns, or run with `--max-workers 1`.",
    exit: 1,
  },
  model_failed: {
    message: "{node} stopped with {exception}: {text}",
    next: "Change the algorithm, its hyperparameters or the columns that the message names.",
    exit: 1,
  },
  model_version_unknown: {
    message: "{model} has no version {version}",
    next: "{suggestion}",
    exit: 2,
  },
  model_version_gone: {
    message: "The files of version {version} of {model} are gone",
    next: "Train it again with `headrace run --full --nodes {model}`.",
    exit: 1,
  },
  model_not_trained: {
    message: "{model} has no {which} version yet",
    next: "Run it with `headrace run --full --nodes {model}`, or promote one with `headrace models promote`.",
    exit: 1,
  },
  model_not_found: {
    message: "There is no model {model}",
    next: "{suggestion}",
    exit: 2,
  },
  model_registry_damaged: {
    message: "The list of versions {path} cannot be read: {text}",
    next: "Restore it, or delete it and train again with `headrace run --full`.",
    exit: 1,
  },
  predict_not_a_model: {
    message: "{node}: {model} is not a model",
    next: "{suggestion}",
    exit: 2,
  },
  predict_input_missing: {
    message: "{node} has nothing to predict for: it reads only {model}",
    next: "Add `inputs: [{ref: kind.name}]`.",
    exit: 2,
  },
} as const satisfies Record<string, CatalogueEntry>;
