/**
 * Media: how a transmitter gets to send and what may happen to what it sends. Plain numbers, filled from the technology
 * library; the words are those of topologies/technology-types.ts. Units end the names.
 */

export interface Medium {
  /** Technology, e.g. `wi-sun-fsk-150`; for results. */
  readonly name: string;
  readonly access: Access;
  /** Share of frames lost per attempt by noise and fades, collisions not included. */
  readonly frameLoss: number;
  /** Share of messages lost although their frames are repeated. */
  readonly residualLoss: number;
  /** Repetition of lost frames; undefined: a lost frame is not sent again, and its message is lost. */
  readonly arq?: Arq;
  /**
   * Contention: share of pairs of endpoints that do not hear each other, of those in the same place of a mesh; over one hop
   * the gateway hears all and all hear it.
   */
  readonly hiddenShare: number;
}

export interface Arq {
  /** After the first attempt. */
  readonly retries: number;
  /** From the end of a frame to its repetition, when no acknowledgement came. */
  readonly timeoutS: number;
  /**
   * CSMA: a further wait before each repetition, uniform over [0, backoffS); 0 when absent, as in IEEE 802.15.4, where two
   * who do not hear each other then mostly collide until both give up, if their frames are longer than their backoffs;
   * docs/technologies.md says how many.
   */
  readonly backoffS?: number;
}

export type Access =
  | DedicatedAccess
  | HalfDuplexAccess
  | ScheduledAccess
  | PolledAccess
  | AlohaAccess
  | CsmaAccess
  | DcfAccess
  | MeshAccess;

/** Whoever has a frame sends it; each server is a medium of its own. */
export interface DedicatedAccess {
  readonly kind: 'dedicated';
}

/** Two ends take turns. */
export interface HalfDuplexAccess {
  readonly kind: 'half-duplex';
  /** Between a frame of one link of the server and the next of another. */
  readonly turnaroundS: number;
}

/**
 * A base station grants the medium. A message asks for a grant, then queues for the server. An endpoint that has been
 * still for `inactivityS` is idle: its request takes `promotionS` more and, where preambles are given, contends with
 * those of other idle endpoints attempt by attempt; a message down to it waits for paging.
 */
export interface ScheduledAccess {
  readonly kind: 'scheduled';
  /** Mean from request to grant; the request waits for the next multiple of `grantPeriodS` after it. */
  readonly grantDelayS: number;
  readonly grantPeriodS: number;
  readonly promotionS: number; // 0 without randomAccess: always connected
  readonly inactivityS: number;
  readonly pagingS: number; // mean; uniform over [0, 2 * mean)
  /** Requests of idle endpoints: slotted ALOHA over so many preambles at each opportunity. Absent: no contention. */
  readonly randomAccess?: {
    readonly preambles: number;
    readonly opportunityS: number;
    readonly attempts: number;
    readonly backoffS: number;
  };
}

/** A master asks one endpoint after the other, in the order of their numbers; what it has to send itself goes between two polls. */
export interface PolledAccess {
  readonly kind: 'polled';
  /** Airtime of a poll, key-up of the master included. */
  readonly pollS: number;
  /** From the end of a poll to the start of the answer; key-up of the endpoint included. */
  readonly turnaroundS: number;
  /** Airtime of `nothing to send`. */
  readonly emptyS: number;
  /** From the end of a poll that got lost to giving up. */
  readonly timeoutS: number;
  /** Repetitions of a poll that got lost, before the master goes on to the next endpoint. */
  readonly retries: number;
}

/** Sends without listening, `copies` times within `spreadS`. slotS > 0: at the start of slots. */
export interface AlohaAccess {
  readonly kind: 'aloha';
  readonly slotS: number;
  readonly copies: number;
  readonly spreadS: number;
}

/** Unslotted CSMA/CA of IEEE 802.15.4. */
export interface CsmaAccess {
  readonly kind: 'csma-802.15.4';
  readonly leastExponent: number;
  readonly mostExponent: number;
  /** Assessments that may find the channel busy before the attempt fails; a failed attempt counts as one of the ARQ's. */
  readonly backoffs: number;
  readonly unitBackoffS: number;
  readonly ccaS: number;
  readonly turnaroundS: number;
}

/** Distributed coordination function of IEEE 802.11, basic access. */
export interface DcfAccess {
  readonly kind: 'dcf-802.11';
  readonly slotS: number;
  readonly sifsS: number;
  readonly difsS: number;
  readonly leastWindow: number;
  readonly mostWindow: number;
}

/**
 * Endpoints relay. Endpoint n of an area stands in ring 1 .. most of its mesh, in one of `sectors` sectors; a message of
 * ring r takes r hops, each by the access of `hop`.
 */
export interface MeshAccess {
  readonly kind: 'mesh';
  readonly hop: CsmaAccess | PolledAccess | DcfAccess | AlohaAccess;
  /** Share of the endpoints in ring i + 1; adds up to 1. */
  readonly ringShares: readonly number[];
  /** Places far enough apart for frames at one time, but for the endpoints of ring 1, who all stand around the gateway. */
  readonly sectors: number;
  /** Processing in a relay, seconds per hop beyond the first. */
  readonly relayS: number;
}
