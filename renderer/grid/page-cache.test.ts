import { describe, expect, it, vi } from "vitest";

import { PageCache, type Piece, type PieceWanted } from "./page-cache.ts";

interface Asked {
  readonly wanted: PieceWanted;
  readonly signal: AbortSignal;
  readonly answer: (piece: Piece) => void;
  readonly fail: (error: Error) => void;
}

const open = (most = 4, ahead = 0) => {
  const asked: Asked[] = [];
  const changed = vi.fn<() => void>();
  const cache = new PageCache({
    rows: 5000,
    columns: 30,
    pageRows: 100,
    pageColumns: 16,
    ahead,
    most,
    changed,
    load: (wanted, signal) =>
      new Promise((answer, fail) => {
        asked.push({ wanted, signal, answer, fail });
      }),
  });
  const piece = ({ offset, limit, columns }: PieceWanted): Piece => ({
    rows: limit,
    cell: (row, column) => ({ text: `${offset + row}:${columns[column]}`, length: null }),
  });
  const answerAll = async (): Promise<void> => {
    for (const { wanted, answer } of asked.splice(0)) answer(piece(wanted));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { cache, asked, changed, answerAll };
};

describe("a cache of pages", () => {
  it("asks for what is looked at, by rows and columns, and then knows it", async () => {
    const { cache, asked, changed, answerAll } = open();
    cache.look({ from: 150, before: 210, columns: [0, 17] });
    expect(cache.cell(150, 0)).toBeNull();
    expect(asked.map(({ wanted: { offset, limit, columns } }) => [offset, limit, columns[0], columns.length])).toEqual([
      [100, 200, 0, 16],
      [100, 200, 16, 14],
    ]);
    expect(cache.isWaiting).toBe(true);
    await answerAll();
    expect(changed).toHaveBeenCalledTimes(2);
    expect([cache.cell(150, 0)?.text, cache.cell(209, 17)?.text]).toEqual(["150:0", "209:17"]);
    expect(cache.isWaiting).toBe(false);
  });

  it("calls off what was overtaken, and keeps what was used last", async () => {
    const { cache, asked, answerAll } = open(2);
    cache.look({ from: 0, before: 10, columns: [0] });
    const [first] = asked;
    cache.look({ from: 1000, before: 1010, columns: [0] });
    expect(first?.signal.aborted).toBe(true);
    await answerAll();
    expect([cache.cell(0, 0), cache.cell(1000, 0)?.text]).toEqual([null, "1000:0"]);
    for (const from of [2000, 1000, 3000]) {
      cache.look({ from, before: from + 1, columns: [0] });
      await answerAll();
    }
    expect([cache.cell(1000, 0)?.text, cache.cell(2000, 0), cache.cell(3000, 0)?.text]).toEqual([
      "1000:0",
      null,
      "3000:0",
    ]);
  });

  it("reads ahead the way one goes, once what is looked at is there", async () => {
    const { cache, asked, answerAll } = open(20, 3);
    const stretches = () => asked.map(({ wanted: { offset, limit } }) => [offset, limit]);
    cache.look({ from: 1050, before: 1080, columns: [0] });
    expect(stretches()).toEqual([[1000, 100]]);
    await answerAll();
    expect(cache.isWaiting).toBe(false);
    expect(stretches()).toEqual([[1100, 300]]);
    const [ahead] = asked;
    // Where it is read already nothing is asked for twice; elsewhere it is called off.
    cache.look({ from: 1180, before: 1210, columns: [0] });
    expect(stretches()).toEqual([[1100, 300]]);
    cache.look({ from: 950, before: 980, columns: [0] });
    expect(ahead?.signal.aborted).toBe(true);
    asked.shift();
    expect(stretches()).toEqual([[900, 100]]);
    await answerAll();
    expect(stretches()).toEqual([[600, 300]]);
    await answerAll();
    expect(cache.cell(650, 0)?.text).toBe("650:0");
    cache.look({ from: 4950, before: 5000, columns: [0] });
    await answerAll();
    expect(stretches()).toEqual([]);
  });

  it("tells of a failure while it is looked at, and tries again when asked to", async () => {
    const { cache, asked, answerAll } = open();
    cache.look({ from: 0, before: 1, columns: [0] });
    asked.splice(0)[0]?.fail(new Error("gone"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(cache.failure).toMatchObject({ message: "gone" });
    cache.retry();
    await answerAll();
    expect([cache.failure, cache.cell(0, 0)?.text]).toEqual([null, "0:0"]);
  });
});
