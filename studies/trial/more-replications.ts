/** What to do about what is undecided at the limit of replications. */

/** An option that limits replications, and its value. */
export interface Limit {
  readonly option: '--most-replications' | '--search-replications';
  readonly most: number;
}

/** The sentence that names the way out, with numbers to begin with: an interval of half the width takes four times as many. */
export function moreReplications(limits: readonly Limit[]): string {
  const options = limits.map(({ option, most }) => `${option} ${4 * most} (now ${most})`);
  return `More replications may settle what is undecided: the same command with ${options.join(' and ')}, and --force.`;
}
