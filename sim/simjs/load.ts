/** simjs 2.0.3 under Node: it exports nothing unless a `window` exists when it loads, so it is given one of its own here. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** As much of simjs as is used; see its manual, simjs.com/docs. */
export interface SimjsLibrary {
  readonly Sim: new () => SimjsSim;
  readonly Entity: new (sim: SimjsSim, name?: string) => SimjsEntity;
  readonly Facility: new (name: string) => SimjsFacility;
  readonly Request: new (entity: SimjsEntity, scheduledAt: number, deliverAt: number) => SimjsRequest;
  readonly Random: new (seed: number) => SimjsRandom;
}
export interface SimjsSim {
  readonly queue: {
    /** A binary heap: the first is the next event. */
    readonly data: readonly { readonly deliverAt: number }[];
    insert(request: SimjsRequest): void;
  };
  time(): number;
  /** Runs the next event. */
  step(): boolean;
  /** Runs all events until then. */
  simulate(untilTime: number): void;
  addEntity(entity: new (sim: SimjsSim, name?: string) => SimjsEntity): SimjsEntity;
}
export interface SimjsEntity {
  /** Waits for its turn, then for `duration`. */
  useFacility(facility: SimjsFacility, duration: number): SimjsRequest;
  setTimer(duration: number): SimjsRequest;
  time(): number;
}
export interface SimjsRandom {
  random(): number;
  exponential(rate: number): number;
}
/** A server with a queue: first come, first served. */
export interface SimjsFacility {
  readonly name: string;
}
export interface SimjsRequest {
  done(callback: () => void): SimjsRequest;
}

let library: SimjsLibrary | undefined;

/** The library, read and evaluated once. */
export function simjs(): SimjsLibrary {
  if (library === undefined) {
    const source = readFileSync(createRequire(import.meta.url).resolve('simjs'), 'utf8');
    const window: { Sim?: SimjsLibrary } = {};
    new Function('window', source)(window);
    if (window.Sim === undefined) throw new Error('simjs defined nothing');
    library = window.Sim;
  }
  return library;
}
