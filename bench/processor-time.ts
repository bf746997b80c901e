/** Processor time of this process in seconds: a machine that is busy elsewhere does not make it more. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
