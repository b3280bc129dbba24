/**
 * `ami-day-simjs.js DAPS HOURS`: AMI day written straight on simjs as its manual teaches, without fanplan: an entity with a timer
 * for each meter; a message uses a facility for each link, waits for the delay, uses the next. Only messages and their mean
 * latencies are counted.
 */
import { simjs } from '../../sim/simjs/load.js';

const DAY_S = 86_400;
const RESIDENTIAL = { each: 900, readsPerDay: 6, bytes: 2460 } as const;
const COMMERCIAL = { each: 100, readsPerDay: 24, bytes: 1660 } as const;
const COMMANDS_PER_DAY = 0.025;
const COMMAND_BYTES = 85;
const ANSWER_BYTES = 160;
const LINKS = {
  nanUp: { rateBps: 100e3, delayS: 0.005 },
  wanUp: { rateBps: 1e6, delayS: 0.02 },
  wanDown: { rateBps: 1e6, delayS: 0.02 },
  nanDown: { rateBps: 100e3, delayS: 0.005 },
} as const;
const UP = ['nanUp', 'wanUp'] as const;
const DOWN = ['wanDown', 'nanDown'] as const;
type Flow = 'reads' | 'commands' | 'answers';

const [daps, hours] = [Number(process.argv[2]), Number(process.argv[3])];
const { Sim, Entity, Facility, Random } = simjs();
const random = new Random(20_260_715);
let messages = 0;
let hops = 0;
const latencies: Record<Flow, { count: number; sumS: number }> = {
  reads: { count: 0, sumS: 0 },
  commands: { count: 0, sumS: 0 },
  answers: { count: 0, sumS: 0 },
};

/** simjs makes entities itself and hands on nothing: who the next one is. */
let next: { dap: number; meters: typeof RESIDENTIAL | typeof COMMERCIAL };
const facilities = Array.from({ length: daps }, (_, dap) =>
  Object.fromEntries(Object.keys(LINKS).map((link) => [link, new Facility(`${link} ${dap}`)])),
);

class Meter extends Entity {
  private readonly own = next;

  start(): void {
    const { readsPerDay, bytes } = this.own.meters;
    const perDay = readsPerDay + COMMANDS_PER_DAY;
    this.setTimer(random.exponential(perDay / DAY_S)).done(() => {
      if (random.random() * perDay < readsPerDay) this.send(UP, bytes, 'reads', () => {});
      else this.send(DOWN, COMMAND_BYTES, 'commands', () => this.send(UP, ANSWER_BYTES, 'answers', () => {}));
      this.start();
    });
  }

  private send(links: typeof UP | typeof DOWN, bytes: number, flow: Flow, delivered: () => void): void {
    const createdS = this.time();
    messages++;
    const cross = (nth: number): void => {
      if (nth === links.length) {
        latencies[flow].count++;
        latencies[flow].sumS += this.time() - createdS;
        delivered();
        return;
      }
      hops++;
      const { rateBps, delayS } = LINKS[links[nth]!];
      this.useFacility(facilities[this.own.dap]![links[nth]!]!, (8 * bytes) / rateBps).done(() => {
        this.setTimer(delayS).done(() => cross(nth + 1));
      });
    };
    cross(0);
  }
}

const sim = new Sim();
for (let dap = 0; dap < daps; dap++) {
  for (const meters of [RESIDENTIAL, COMMERCIAL]) {
    for (let nth = 0; nth < meters.each; nth++) {
      next = { dap, meters };
      sim.addEntity(Meter);
    }
  }
}
const startedMs = performance.now();
sim.simulate(hours * 3600);
const wallS = (performance.now() - startedMs) / 1000;
const latencyMs = Object.fromEntries(
  Object.entries(latencies).map(([flow, { count, sumS }]) => [flow, (1000 * sumS) / count]),
);
console.log(JSON.stringify({ messages, hops, events: 0, wallS, latencyMs }));
