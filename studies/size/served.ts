/** How many endpoints a gateway serves somewhere: the smaller of what its capacity allows and what it reaches. */

export interface Served {
  /** Endpoints of a gateway that were found to pass. */
  readonly found: number;
  /** No larger number was tried, so that `found` is no capacity. */
  readonly isMost: boolean;
  readonly withinReach: number;
  /** The reach at this place bounded the search (`--at`): the step found is the largest within it. */
  readonly isBound: boolean;
}

/** The smaller number, and what decides it. */
export function servedText({ found, isMost, withinReach, isBound }: Served): string {
  if (withinReach < found || (isMost && isBound)) return `${Math.min(found, withinReach)}, decided by reach`;
  return `${found}, ${isMost ? 'the most that were tried' : 'decided by capacity'}`;
}
