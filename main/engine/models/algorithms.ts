import { suggestion } from "../../../shared/graph/index.ts";

export type Task = "classification" | "regression";

/** What an algorithm's name stands for: a class for each task it does, and the package that brings it. */
export interface Algorithm {
  readonly estimators: Readonly<Partial<Record<Task, string>>>;
  readonly package: "scikit-learn" | "xgboost" | "lightgbm";
}

const pair = (module: string, name: string, regressor = name): Algorithm["estimators"] => ({
  classification: `sklearn.${module}.${name}Classifier`,
  regression: `sklearn.${module}.${regressor}Regressor`,
});

/** Short names; each does both tasks where scikit-learn has a class for both. */
const short: Readonly<Record<string, Algorithm["estimators"]>> = {
  random_forest: pair("ensemble", "RandomForest"),
  extra_trees: pair("ensemble", "ExtraTrees"),
  gradient_boosting: pair("ensemble", "GradientBoosting"),
  hist_gradient_boosting: pair("ensemble", "HistGradientBoosting"),
  ada_boost: pair("ensemble", "AdaBoost"),
  bagging: pair("ensemble", "Bagging"),
  decision_tree: pair("tree", "DecisionTree"),
  k_neighbors: pair("neighbors", "KNeighbors"),
  mlp: pair("neural_network", "MLP"),
  sgd: pair("linear_model", "SGD"),
  dummy: pair("dummy", "Dummy"),
  svm: { classification: "sklearn.svm.SVC", regression: "sklearn.svm.SVR" },
  logistic_regression: { classification: "sklearn.linear_model.LogisticRegression" },
  naive_bayes: { classification: "sklearn.naive_bayes.GaussianNB" },
  linear_discriminant: { classification: "sklearn.discriminant_analysis.LinearDiscriminantAnalysis" },
  linear_regression: { regression: "sklearn.linear_model.LinearRegression" },
  ridge: { classification: "sklearn.linear_model.RidgeClassifier", regression: "sklearn.linear_model.Ridge" },
  lasso: { regression: "sklearn.linear_model.Lasso" },
  elastic_net: { regression: "sklearn.linear_model.ElasticNet" },
  huber: { regression: "sklearn.linear_model.HuberRegressor" },
  poisson: { regression: "sklearn.linear_model.PoissonRegressor" },
  quantile_regression: { regression: "sklearn.linear_model.QuantileRegressor" },
};

const synonyms: Readonly<Record<string, string>> = {
  decision_trees: "decision_tree",
  elasticnet: "elastic_net",
  extratrees: "extra_trees",
  forest: "random_forest",
  gbm: "gradient_boosting",
  gaussian_nb: "naive_bayes",
  knn: "k_neighbors",
  lgbm: "lightgbm",
  linear: "linear_regression",
  logistic: "logistic_regression",
  logreg: "logistic_regression",
  ols: "linear_regression",
  svc: "svm",
  xgb: "xgboost",
};

const boosters: Readonly<Record<string, Algorithm>> = {
  xgboost: {
    package: "xgboost",
    estimators: { classification: "xgboost.XGBClassifier", regression: "xgboost.XGBRegressor" },
  },
  lightgbm: {
    package: "lightgbm",
    estimators: { classification: "lightgbm.LGBMClassifier", regression: "lightgbm.LGBMRegressor" },
  },
};

const classNameOf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

const taskOf = (algorithm: Algorithm, path: string): Task =>
  algorithm.estimators.classification === path ? "classification" : "regression";

const byShortName: ReadonlyMap<string, Algorithm> = new Map([
  ...Object.entries(short).map(
    ([name, estimators]) => [name, { estimators, package: "scikit-learn" } as const] as const,
  ),
  ...Object.entries(boosters),
]);

/** Class names do one task each: `RandomForestClassifier`, `XGBRegressor`. */
const byClassName: ReadonlyMap<string, Algorithm> = new Map(
  [...byShortName.values()].flatMap((algorithm) =>
    Object.values(algorithm.estimators).map(
      (path) => [classNameOf(path), { ...algorithm, estimators: { [taskOf(algorithm, path)]: path } }] as const,
    ),
  ),
);

const normal = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");

/** An algorithm by its scikit-learn name or a short one; `null` for a name that is neither. */
export const findAlgorithm = (written: string): Algorithm | null => {
  const name = written.trim().split(".").at(-1) ?? "";
  const known = synonyms[normal(name)] ?? normal(name);
  return byClassName.get(name) ?? byShortName.get(known) ?? null;
};

/** The nearest names, as the next step of an error. */
export const suggestAlgorithm = (written: string): string =>
  suggestion(written, [...byShortName.keys(), ...byClassName.keys()]);

/** Metrics by task, in the order in which tables list them. */
export const metricNames: Readonly<Record<Task, readonly string[]>> = {
  classification: [
    "accuracy",
    "balanced_accuracy",
    "precision",
    "recall",
    "f1",
    "matthews",
    "roc_auc",
    "average_precision",
    "log_loss",
    "brier",
  ],
  regression: ["rmse", "mae", "median_absolute_error", "mape", "max_error", "r2", "explained_variance"],
};

/** Every metric's name. */
export const allMetrics: readonly string[] = [...metricNames.classification, ...metricNames.regression];
