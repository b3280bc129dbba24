/** Getting a grant of a base station; see ScheduledAccess of media.ts. */
export interface GrantParameters {
  readonly grantDelayS: number;
  readonly grantPeriodS: number;
  readonly promotionS: number;
  readonly inactivityS: number;
  readonly pagingS: number;
  readonly randomAccess?: RandomAccess;
}

export interface RandomAccess {
  readonly preambles: number;
  readonly opportunityS: number;
  readonly attempts: number;
  readonly backoffS: number;
}

export interface Grant {
  readonly meanS: number;
  readonly varS2: number;
  /** Share of requests that never get a preamble of their own. */
  readonly lost: number;
  readonly outside: string;
}

/**
 * Time before a message up may queue for its transmission: the wait for the next multiple of the grant period, uniform,
 * and the time from request to grant; of an endpoint that is idle before that random access and the promotion.
 * @param idle          share of messages that find their endpoint idle, see `idleShare`
 * @param requestsPerS  of idle endpoints of the cell, per second
 */
export function grantUp(parameters: GrantParameters, idle: number, requestsPerS: number): Grant {
  const { grantDelayS, grantPeriodS, promotionS, randomAccess } = parameters;
  const access = randomAccess === undefined ? NO_CONTENTION : contend(randomAccess, requestsPerS);
  const extraS = promotionS + access.meanS;
  return {
    meanS: grantDelayS + grantPeriodS / 2 + idle * extraS,
    varS2: grantPeriodS ** 2 / 12 + idle * access.varS2 + idle * (1 - idle) * extraS * extraS,
    lost: idle * access.lost,
    outside: access.outside,
  };
}

/** Time before a message down may queue: paging of an idle endpoint, uniform over [0, 2 · pagingS), and its promotion. */
export function grantDown({ pagingS, promotionS }: GrantParameters, idle: number): Grant {
  const extraS = pagingS + promotionS;
  const varS2 = (idle * pagingS * pagingS) / 3 + idle * (1 - idle) * extraS * extraS;
  return { meanS: idle * extraS, varS2, lost: 0, outside: '' };
}

/** P(an endpoint has been still for `inactivityS`) with Poisson messages of `perS`: e^(−λ·t). O(1). */
export function idleShare(perS: number, inactivityS: number): number {
  return inactivityS === Infinity ? 0 : Math.exp(-perS * inactivityS);
}

/** P(collision) of one of `requests` that choose among `preambles`: 1 − (1 − 1/P)^(n−1). Source: 3GPP TR 37.868. O(1). */
export function preambleCollision(requests: number, preambles: number): number {
  return 1 - (1 - 1 / preambles) ** Math.max(0, requests - 1);
}

const NO_CONTENTION: Grant = { meanS: 0, varS2: 0, lost: 0, outside: '' };
const MOST_PER_PREAMBLE = 1;
const STEPS = 200;

/**
 * Slotted ALOHA over P preambles: with on average n requests per opportunity, repetitions included, one collides with
 * 1 − e^(−n/P), the mean field of `preambleCollision`. Holds to n = P, the peak of its throughput; else `outside`.
 */
function contend({ preambles, opportunityS, attempts, backoffS }: RandomAccess, requestsPerS: number): Grant {
  let [perOpportunity, collides] = [requestsPerS * opportunityS, 0];
  for (let step = 0; step < STEPS; step++) {
    collides = 1 - Math.exp(-perOpportunity / preambles);
    const next = requestsPerS * opportunityS * ((1 - collides ** attempts) / (1 - collides));
    if (Math.abs(next - perOpportunity) <= 1e-12 * next) break;
    perOpportunity = next;
    if (perOpportunity > preambles) break;
  }
  const lost = collides ** attempts;
  let [mean, meanSq, weight] = [0, 0, 1 - collides];
  for (let failures = 0; failures < attempts; failures++, weight *= collides) {
    mean += (weight * failures) / (1 - lost);
    meanSq += (weight * failures * failures) / (1 - lost);
  }
  const againS = backoffS / 2 + opportunityS / 2;
  const againVarS2 = backoffS ** 2 / 12;
  return {
    meanS: opportunityS / 2 + mean * againS,
    varS2: opportunityS ** 2 / 12 + mean * againVarS2 + (meanSq - mean * mean) * againS * againS,
    lost,
    outside:
      perOpportunity / preambles <= MOST_PER_PREAMBLE
        ? ''
        : `random access has ${perOpportunity.toFixed(1)} requests per opportunity for ${preambles} preambles`,
  };
}
