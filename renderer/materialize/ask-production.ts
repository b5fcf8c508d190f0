import { createStore } from "zustand/vanilla";

import { toHeadraceError } from "../../shared/errors/index.ts";

/** What has to be answered before a filled production table is replaced. */
export interface ProductionQuestion {
  readonly tables: readonly string[];
  readonly answer: (confirmed: boolean) => void;
}

export const productionQuestion = createStore<{ readonly asked: ProductionQuestion | null }>(() => ({ asked: null }));

const ask = (tables: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const answer = (confirmed: boolean): void => {
      productionQuestion.setState({ asked: null });
      resolve(confirmed);
    };
    productionQuestion.setState({ asked: { tables, answer } });
  });

/** Does what may replace production tables; the person names them first, or it is left. `null`: it was left. */
export const withConfirmation = async <T>(work: (confirm: string[]) => Promise<T>): Promise<T | null> => {
  try {
    return await work([]);
  } catch (thrown) {
    const { code, params } = toHeadraceError(thrown);
    const { tables } = params;
    if (code !== "production_unconfirmed" || typeof tables !== "object") throw thrown;
    return (await ask(tables)) ? work([...tables]) : null;
  }
};
