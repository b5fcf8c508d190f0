/** Adds what the work took: the host's peak memory in MB and its CPU seconds meanwhile. */
export const measured = async <T extends object>(
  work: () => Promise<T>,
): Promise<T & { readonly memoryMb: number; readonly cpuSeconds: number }> => {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { ...value, memoryMb: Math.round(process.resourceUsage().maxRSS / 1024), cpuSeconds: (user + system) / 1e6 };
};
