/** What this process has cost the processor so far, in milliseconds. A limit on it holds on a busy machine, too. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
