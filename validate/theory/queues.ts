/** Exact results of queueing theory, written from the books and not from sim/queueing. Unit of time: the caller's. */

/** Quantile of an increasing distribution function, by halving to 1e-12 of the range. @param most beyond the quantile */
export function quantileOf(cdf: (x: number) => number, q: number, most: number): number {
  let [low, high] = [0, most];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < q) low = middle;
    else high = middle;
  }
  return high;
}

/** M/M/1: time in system is exponential with rate μ − λ (Kleinrock, Queueing Systems I (1975), section 3.2 and problem 5.13). */
export function mm1SojournQuantile(load: number, serviceS: number, q: number): number {
  return (-Math.log(1 - q) * serviceS) / (1 - load);
}

/**
 * M/D/1: P(wait <= x), x in services of length 1. For k − 1 <= x < k,
 * P = e^(−λ(k − x)) Σ_(j=0)^(k−1) Q_(k−j−1) (λ(k − x))^j / j!, with Q_n the probability of at most n waiting: terms of one
 * sign, where Erlang's own formula cancels. O(x²) for the queue lengths of each call.
 * Source: G. J. Franx, A simple solution for the M/D/c waiting time distribution, Oper. Res. Letters 29 (2001) 221-229.
 */
export function md1WaitCdf(load: number, x: number): number {
  if (x < 0) return 0;
  const k = Math.floor(x) + 1;
  const inSystem = md1QueueLengths(load, k + 1);
  const atMostWaiting: number[] = []; // n waiting: n + 1 in the system
  let sum = inSystem[0]!;
  for (let n = 0; n < k; n++) {
    sum += inSystem[n + 1]!;
    atMostWaiting.push(sum);
  }
  const arrivals = load * (k - x);
  let [term, total] = [Math.exp(-arrivals), 0];
  for (let j = 0; j < k; j++) {
    total += term * atMostWaiting[k - j - 1]!;
    term *= arrivals / (j + 1);
  }
  return total;
}

/**
 * M/D/1: probabilities of 0 .. most in the system, by the balance across each level of the chain at departures: from
 * i to above j go more than j − i + 1 arrivals in a service, back comes none. Terms of one sign. O(most²).
 */
function md1QueueLengths(load: number, most: number): number[] {
  const beyond: number[] = []; // probability of more than n arrivals in a service
  let [term, sum] = [Math.exp(-load), 0];
  const none = term;
  for (let n = 0; n <= most + 1; n++) {
    sum += term;
    beyond.push(Math.max(0, 1 - sum));
    term *= load / (n + 1);
  }
  const p = [1 - load];
  for (let j = 0; j < most; j++) {
    let up = p[0]! * beyond[j]!;
    for (let i = 1; i <= j; i++) up += p[i]! * beyond[j - i + 1]!;
    p.push(up / none);
  }
  return p;
}

/** M/G/1: mean wait λE[S²] / (2(1 − ρ)) (Pollaczek-Khinchine; Kleinrock I, equation 5.121). */
export function mg1WaitS(
  rows: readonly { readonly perS: number; readonly serviceS: number; readonly squareS2: number }[],
): number {
  const load = rows.reduce((sum, row) => sum + row.perS * row.serviceS, 0);
  return rows.reduce((sum, row) => sum + row.perS * row.squareS2, 0) / (2 * (1 - load));
}

/** M/M/1/K: share of arrivals that find K in the system, (1 − ρ)ρ^K / (1 − ρ^(K+1)) (Kleinrock I, section 3.6). */
export function mm1kLoss(load: number, places: number): number {
  return ((1 - load) * load ** places) / (1 - load ** (places + 1));
}

/**
 * M/G/1 with non-preemptive priorities: W_k = W_0 / ((1 − σ_(k−1))(1 − σ_k)), W_0 = ΣλE[S²]/2, σ_k the load of classes
 * 0 .. k (A. Cobham, Priority assignment in waiting line problems, Oper. Res. 2 (1954) 70-76).
 */
export function cobhamWaitsS(
  classes: readonly { readonly perS: number; readonly serviceS: number; readonly squareS2: number }[],
): number[] {
  const residualS = classes.reduce((sum, row) => sum + row.perS * row.squareS2, 0) / 2;
  let above = 0;
  return classes.map(({ perS, serviceS }) => {
    const with_ = above + perS * serviceS;
    const waitS = residualS / ((1 - above) * (1 - with_));
    above = with_;
    return waitS;
  });
}

/** Sum of two independent exponentials of one rate: 1 − (1 + rx)e^(−rx). */
export function erlang2Cdf(rate: number, x: number): number {
  return 1 - (1 + rate * x) * Math.exp(-rate * x);
}
