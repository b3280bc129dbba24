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

/** Erlang's loss formula, by its recursion. O(servers) */
function erlangB(servers: number, load: number): number {
  let b = 1;
  for (let n = 1; n <= servers; n++) b = 1 / (1 + n / (load * b));
  return b;
}

/**
 * nD/D/1: n devices of one period, at phases of their own, on one link: mean wait, in services.
 * E[W] = (n − 1)ρ / (2n·B(n − 2, n/ρ)), B Erlang's loss formula.
 * Source: Tran-Gia and Hossfeld, Performance Modeling and Analysis of Communication Networks (2021), section 7.3.
 */
export function ndd1Wait(devices: number, load: number): number {
  return ((devices - 1) * load) / (2 * devices * erlangB(devices - 2, devices / load));
}

/** nD/D/1: P(wait <= t), t in services. Same source. O(devices) */
export function ndd1WaitCdf(devices: number, load: number, t: number): number {
  const periodS = devices / load;
  let beyond = 0;
  let choose = 1; // of n − 1 other devices, k
  for (let k = 0; k < devices; k++) {
    const share = (k - t) / periodS;
    if (k >= Math.ceil(t)) {
      beyond +=
        choose * share ** k * (1 - share) ** (devices - 1 - k) * ((periodS - (devices - 1) + t) / (periodS - k + t));
    }
    choose *= (devices - 1 - k) / (k + 1);
  }
  return 1 - beyond;
}

/**
 * A server that is given a Poisson number of messages, `load` times `services` in the mean, at every multiple of a period
 * of `services` services of one length: mean wait, in services: what is left of earlier periods, and those before it in
 * its own. The chain of what is left, by iteration until it stands still. O(steps x most²).
 */
export function batchWait(load: number, services: number): number {
  const meanBatch = load * services;
  const most = Math.ceil((60 * services) / (1 - load) / 4);
  const batch: number[] = [];
  let term = Math.exp(-meanBatch);
  for (let n = 0; n < 12 * services + 20; n++) {
    batch.push(term);
    term *= meanBatch / (n + 1);
  }
  let left = new Float64Array(most);
  left[0] = 1;
  for (let step = 0; step < 3000; step++) {
    const next = new Float64Array(most);
    for (let v = 0; v < most; v++) {
      if (left[v]! < 1e-16) continue;
      for (let n = 0; n < batch.length; n++) {
        const to = Math.min(most - 1, Math.max(0, v + n - services));
        next[to]! += left[v]! * batch[n]!;
      }
    }
    const moved = next.reduce((sum, p, v) => sum + Math.abs(p - left[v]!), 0);
    left = next;
    if (moved < 1e-13) break;
  }
  // Those before a message in its own batch: E[X(X − 1)] / (2E[X]) = meanBatch / 2 for a Poisson number.
  return left.reduce((sum, p, v) => sum + p * v, 0) + meanBatch / 2;
}
