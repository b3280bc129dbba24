import { type SimjsEntity, type SimjsFacility, type SimjsSim, simjs } from './load.js';

/** simjs's clock and event queue, with times that are absolute: adding and subtracting them would round. */
export class Clockwork {
  private readonly sim: SimjsSim;
  private readonly entity: SimjsEntity;
  private facilities = 0;

  constructor() {
    const { Sim, Entity } = simjs();
    this.sim = new Sim();
    // Subclassing is how simjs wants it: an entity must have a method start.
    class Network extends (Entity as new (sim: SimjsSim) => SimjsEntity) {
      start(): void {
        // nothing stands at the beginning: the engine places the first messages
      }
    }
    this.entity = this.sim.addEntity(Network);
  }

  get nowS(): number {
    return this.sim.time();
  }

  /** Calls `action` at `atS` >= now; events of one instant in the order of these calls. */
  at(atS: number, action: () => void): void {
    const { Request } = simjs();
    this.sim.queue.insert(new Request(this.entity, this.nowS, atS).done(action));
  }

  facility(): SimjsFacility {
    const { Facility } = simjs();
    this.facilities++;
    return new Facility(`transmitter ${this.facilities}`);
  }

  /** Queues at a facility for `durationS` of service, then calls `ended`. */
  use(facility: SimjsFacility, durationS: number, ended: () => void): void {
    this.entity.useFacility(facility, durationS).done(ended);
  }

  /** Runs all events before `untilS`. (Sim.simulate would drop the first event behind its end.) */
  runUntil(untilS: number): void {
    const { queue } = this.sim;
    while (queue.data.length > 0 && queue.data[0].deliverAt < untilS) this.sim.step();
  }
}
