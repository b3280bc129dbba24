import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openScheduled } from '../../sim/engine/media/scheduled.js';
import type { Medium, ScheduledAccess } from '../../sim/media.js';
import { runNetwork } from './media-network.js';
import { type BenchOptions, MediumBench } from './medium-bench.js';

/** Requests at multiples of 10 ms, granted 20 ms later; idle after 10 s, then 100 ms of promotion. */
const CONNECTED: ScheduledAccess = {
  kind: 'scheduled',
  grantDelayS: 0.02,
  grantPeriodS: 0.01,
  promotionS: 0,
  inactivityS: 10,
  pagingS: 0,
};
const CELLULAR: ScheduledAccess = { ...CONNECTED, promotionS: 0.1, pagingS: 0.64 };
const RACH = { preambles: 54, opportunityS: 0.005, attempts: 10, backoffS: 0.02 };

function bench(access: ScheduledAccess, endpoints: number, options: Partial<BenchOptions> = {}): MediumBench {
  const medium: Medium = { name: 'lte', access, frameLoss: 0, residualLoss: 0, hiddenShare: 0 };
  return new MediumBench({ medium, endpoints, open: openScheduled, ...options });
}

function near(value: number, expected: number, within = 1e-9): void {
  assert.ok(Math.abs(value - expected) <= within, `${value} is not within ${within} of ${expected}`);
}

/** When messages offered at these times by endpoint 0 are granted. */
function grantedS(access: ScheduledAccess, offers: readonly (readonly [atS: number, isUp: boolean])[]): number[] {
  const b = bench(access, 1);
  for (const [atS, isUp] of offers) b.send(atS, 0, isUp);
  return b.run().map(({ what, atS }) => {
    assert.is(what, 'granted');
    return atS;
  });
}

const grants = suite('grants');

grants('an endpoint that is always connected waits for the next occasion and the grant, downwards not at all', () => {
  const times = grantedS(CONNECTED, [
    [1.003, true],
    [2.01, true],
    [3.003, false],
  ]);
  near(times[0]!, 1.03);
  near(times[1]!, 2.03);
  near(times[2]!, 3.003);
});

grants(
  'without random access an idle endpoint is promoted first, and is connected until it has been still long enough',
  () => {
    const times = grantedS(CELLULAR, [
      [1.003, true], // promoted at 1.103, granted at 1.13
      [11.12, true], // 9.99 s later
      [21.157, true], // 10.007 s after 11.15
    ]);
    near(times[0]!, 1.13);
    near(times[1]!, 11.14);
    near(times[2]!, 21.28);
  },
);

grants('messages that come while the endpoint is promoted are granted with the first, in their order', () => {
  const b = bench(CELLULAR, 1);
  for (let i = 0; i < 3; i++) b.send(1.003 + 0.04 * i, 0);
  const fates = b.run();
  for (const { atS } of fates) near(atS, 1.13);
  for (let i = 0; i < 3; i++) near(fates[i]!.offeredS, 1.003 + 0.04 * i);
});

grants('where one station speaks for all, they share its connection', () => {
  for (const [oneStation, secondS] of [
    [true, 2.02],
    [false, 2.12],
  ] as const) {
    const b = bench(CELLULAR, 2, { server: { oneStation } });
    b.send(1.003, 0);
    b.send(2, 1);
    near(b.run()[1]!.atS, secondS);
  }
});

grants('casts need neither connection nor grant', () => {
  const b = bench(CELLULAR, 5, { cast: true });
  b.send(1.003, 0, false);
  assert.is(b.run()[0]!.atS, 1.003);
});

grants('paging of idle endpoints is uniform over twice its mean, then comes the promotion', () => {
  const n = 4000;
  const b = bench(CELLULAR, n);
  for (let node = 0; node < n; node++) b.send(1, node, false);
  const waits = b.run().map(({ atS }) => (atS - 1.1) / 1.28);
  assert.ok(waits.every((w) => w >= -1e-9 && w < 1));
  // Kolmogorov-Smirnov at 0.1%: 1.95 / sqrt(n).
  waits.sort((x, y) => x - y);
  assert.ok(waits.every((w, i) => Math.abs(w - (i + 0.5) / n) < 1.95 / Math.sqrt(n) + 0.5 / n));
});

grants('an endpoint that has sent lately is not paged, and its inactivity begins anew with what it is sent', () => {
  const times = grantedS(CELLULAR, [
    [1.003, true],
    [10, false],
    [19.5, false],
  ]);
  near(times[1]!, 10);
  near(times[2]!, 19.5);
});

grants('whatever connects an endpoint first serves what waits for it in both directions', () => {
  const b = bench({ ...CELLULAR, pagingS: 1000 }, 1);
  b.send(1, 0, false);
  b.send(2.003, 0);
  const [down, up] = b.run(10);
  near(down!.atS, 2.103);
  near(up!.atS, 2.13);
  assert.is(b.run().length, 2); // the paging that is moot now
});

grants('an outage of the base station leaves everybody idle', () => {
  const b = bench(CELLULAR, 1, { outages: [{ server: 'X', fromS: 3, toS: 4 }] });
  b.send(1.003, 0);
  b.send(3.5, 0);
  b.send(4.5, 0);
  b.send(4.6, 0);
  const times = b.run().map(({ atS }) => atS);
  near(times[1]!, 4.12); // promoted at 4.1
  near(times[2]!, 4.52);
  near(times[3]!, 4.62);
  const c = bench(CELLULAR, 1, { outages: [{ server: 'X', fromS: 3, toS: 4 }] });
  c.send(1.003, 0);
  c.send(4.5, 0);
  near(c.run()[1]!.atS, 4.62);
});

grants('a message whose endpoint has no power when its grant comes is lost; a full buffer drops', () => {
  const b = bench(CONNECTED, 2, {
    outages: [{ nodes: [0, 1], fromS: 1.01, toS: 5 }],
    server: { bufferMessages: 1 },
  });
  b.send(1.003, 0);
  b.send(1.003, 1);
  b.send(1.004, 1);
  b.run(1.02);
  assert.equal(b.held(), { waiting: 2, others: 0 });
  near(b.unfinishedWorkS, 2 * 0.1);
  assert.equal(
    b.run().map(({ what, node }) => `${node} ${what}`),
    ['1 dropped', '0 lost', '1 granted'],
  );
  near(b.waitedS, 2 * 100 * 0.027, 1e-6);
});

grants.run();

const access = suite('random access');
const CONTENDED: ScheduledAccess = { ...CELLULAR, randomAccess: RACH };

access('alone, an endpoint has access at the first opportunity after its message', () => {
  const b = bench(CONTENDED, 1);
  b.send(1.0012, 0);
  near(b.run()[0]!.atS, 1.13); // opportunity 1.005, connected 1.105, request 1.11, grant 1.13
  assert.is(b.stats.collisions[0], 0);
});

for (const [n, preambles] of [
  [2, 54],
  [20, 54],
  [100, 54],
  [10, 12],
] as const) {
  access(`of ${n} requests at once over ${preambles} preambles, 1 - (1 - 1/P)^(n - 1) collide`, () => {
    const once = { ...CONTENDED, randomAccess: { ...RACH, preambles, attempts: 1 } };
    const b = bench(once, n);
    const storms = Math.ceil(20_000 / n);
    for (let i = 0; i < storms; i++) for (let node = 0; node < n; node++) b.send(20 * i + 0.001, node);
    const lost = b.run().filter(({ what }) => what === 'lost').length;
    const p = 1 - (1 - 1 / preambles) ** (n - 1);
    // Within a storm collisions are dependent: deviations of up to twice the binomial ones.
    near(lost / (n * storms), p, 8 * Math.sqrt((p * (1 - p)) / (n * storms)));
    assert.is(b.stats.collisions[0], lost);
  });
}

access('after as many attempts as are allowed what the endpoint has is lost', () => {
  const hopeless = { ...CONTENDED, randomAccess: { ...RACH, preambles: 1, attempts: 4, backoffS: 0 } };
  const b = bench(hopeless, 2);
  for (let i = 0; i < 4; i++) b.send(1.001, i % 2);
  const fates = b.run();
  assert.is(fates.length, 4);
  for (const { what, atS } of fates) {
    assert.is(what, 'lost');
    near(atS, 1.005 + 3 * 0.005);
  }
  assert.equal([b.stats.collisions[0], b.stats.retries[0]], [8, 6]);
});

access('what waits downwards when random access has failed is paged for', () => {
  const hopeless = { ...CONTENDED, randomAccess: { ...RACH, preambles: 1, attempts: 1 } };
  const b = bench(hopeless, 2);
  for (const node of [0, 1]) b.send(1.001, node);
  b.send(1.002, 0, false);
  const fates = b.run();
  assert.equal(
    fates.map(({ what }) => what),
    ['lost', 'lost', 'granted'],
  );
  assert.ok(fates[2]!.atS >= 1.105 && fates[2]!.atS < 1.105 + 1.28);
});

access('where nothing lasts every message contends', () => {
  const gprs = { ...CONNECTED, inactivityS: 0, randomAccess: { ...RACH, preambles: 1 } };
  const b = bench(gprs, 2);
  b.send(1.001, 0);
  b.send(2.001, 0);
  b.send(2.001, 1);
  const [first, ...others] = b.run();
  near(first!.atS, 1.03);
  assert.ok(b.stats.collisions[0]! >= 2);
  for (const { atS } of others) assert.ok(atS > 2.03);
});

/**
 * Slotted ALOHA over P preambles with backoff, as a recursion of means (3GPP TR 37.868 and its analyses, e.g. Wei, Bianchi,
 * Cheng, IEEE Trans. Wireless Communications 14 (2015) 1940): n_i new or repeated requests at opportunity i leave
 * n_i e^(-n_i / P) successes; the others spread evenly over the opportunities of their backoff window.
 * @returns share of the requests that get access
 */
function drift(n: number, arrivals: number, { preambles, attempts, opportunityS, backoffS }: typeof RACH): number {
  const window = Math.round(backoffS / opportunityS);
  const due: number[][] = []; // [opportunity][attempt]
  const at = (i: number) => (due[i] ??= new Array<number>(attempts).fill(0));
  for (let i = 0; i < arrivals; i++) at(i)[0] = n / arrivals;
  let through = 0;
  for (let i = 0; i < due.length; i++) {
    const total = at(i).reduce((a, b) => a + b, 0);
    const success = Math.exp(-total / preambles);
    for (const [k, requests] of [...at(i).entries()]) {
      through += requests * success;
      if (k + 1 === attempts || requests < 1e-9) continue;
      for (let w = 1; w <= window; w++) at(i + w)[k + 1]! += (requests * (1 - success)) / window;
    }
  }
  return through / n;
}

access(
  'a storm spread over two seconds gets as much access as the drift of means says, with and without overload',
  () => {
    for (const n of [3000, 9000, 12_000]) {
      const b = bench(CONTENDED, n);
      const arrivals = 400;
      for (let node = 0; node < n; node++) b.send(0.0025 + (node % arrivals) * RACH.opportunityS, node);
      const granted = b.run().filter(({ what }) => what === 'granted').length;
      const share = drift(n, arrivals, RACH);
      near(granted / n, share, 0.05 * share);
      assert.is(granted + b.fates.filter(({ what }) => what === 'lost').length, n);
    }
  },
);

access('a storm of 100,000 costs an event per opportunity, not per request', () => {
  const n = 100_000;
  const b = bench({ ...CONTENDED, randomAccess: { ...RACH, backoffS: 5 } }, n);
  for (let node = 0; node < n; node++) b.send(1, node);
  assert.is(b.run().length, n);
  const opportunities = (10 * 5) / RACH.opportunityS;
  assert.ok(b.wakes < 2 * opportunities, `${b.wakes} wakes`); // connecting and grants stand between
});

access.run();

const network = suite('scheduled in a network');

network('a network with random access, loss and outages keeps its books, and the cut does not matter', () => {
  const framing = { frames: 2, fullB: 80, fullS: 0.05, lastB: 40, lastS: 0.03 };
  const medium: Medium = {
    name: 'lte',
    access: { ...CELLULAR, randomAccess: { ...RACH, preambles: 2, opportunityS: 0.5, backoffS: 2 } },
    frameLoss: 0.1,
    residualLoss: 0.01,
    hiddenShare: 0,
    arq: { retries: 3, timeoutS: 0.05 },
  };
  const { links } = runNetwork(medium, framing, 15);
  for (let dap = 0; dap < 3; dap++) {
    assert.ok(links.collisions[dap]! > 0);
    assert.ok(links.frames[dap]! > 1.9 * (links.messages[dap]! - links.lostMessages[dap]!));
  }
});

network.run();
