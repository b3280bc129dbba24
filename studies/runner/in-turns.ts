/**
 * Runs tasks in their order, so many at a time, and returns what they give in the same order. The first that throws is
 * thrown, once those under way are over; no further one is begun.
 */
export async function inTurns<T>(tasks: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  let begun = 0;
  let fault: { readonly error: unknown } | undefined;
  const turn = async () => {
    while (begun < tasks.length && fault === undefined) {
      const own = begun++;
      try {
        results[own] = await tasks[own]!();
      } catch (error) {
        fault ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(atOnce, tasks.length)) }, turn));
  if (fault !== undefined) throw fault.error;
  return results;
}
