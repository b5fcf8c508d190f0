/** `2026-11-21 21:27:04` on this machine's clock: it reads as the tables' own times do. */
export const dayAndTime = (time: string | number): string => new Date(time).toLocaleString("sv-SE");

/** `21:27:04` of today, otherwise with its day. */
export const recentTime = (time: string | number): string => {
  const whole = dayAndTime(time);
  return whole.startsWith(dayAndTime(Date.now()).slice(0, 10)) ? whole.slice(11) : whole;
};
