/** Link technologies as plain numbers, with what stands behind each. Units end the names: Bps bit/s, S s, B bytes, M m. */
import type { Figures } from './figures/shape.js';

export interface Technology {
  /** `wi-sun-fsk-150` */
  readonly name: string;
  readonly title: string;
  /** Networks of networks.yaml that it suits. */
  readonly networks: readonly string[];
  /** Half: both directions share one medium. */
  readonly duplex: 'half' | 'full';
  /** `up`: from the field towards the utility. */
  readonly rates: { readonly up: Rate; readonly down: Rate };
  readonly framing: Framing;
  readonly access: Access;
  readonly delay: Delay;
  readonly loss: Loss;
  /** Absent: a lost frame is not sent again by the link. */
  readonly arq?: Arq;
  /** Endpoints that one gateway (collector, base station, concentrator, master) serves. */
  readonly endpoints: { readonly least: number; readonly typical: number; readonly most: number };
  /** Distance of one hop. */
  readonly reach: { readonly urbanM: number; readonly suburbanM: number; readonly ruralM: number };
  readonly cost: Cost;
  /** Share of time in which a link is up. */
  readonly availability: number;
  /** What the entry leaves out, and which way that errs. */
  readonly leavesOut: string;
  /** Value as written and source of every number above, by its path, e.g. `framing.headerB`. */
  readonly figures: Figures;
}

export interface Rate {
  /** Rate at which a frame's bits stand on the medium, channel coding taken off. */
  readonly phyBps: number;
  /**
   * What frames get of `phyBps` on average, where the link's own scheduling and the mix of signal qualities take the
   * rest (cellular, satellite); without contention between endpoints. Absent: `phyBps`.
   */
  readonly effectiveBps?: number;
  /** A frame is padded to whole blocks of so many bits: OFDM symbol, radio block, ATM cell. Absent: 1. */
  readonly blockBits?: number;
}

/** A frame on the medium: preamble, header, payload, trailer; then a gap. */
export interface Framing {
  /** Largest network-layer packet that the link takes. */
  readonly mtuB: number;
  /** Largest payload of one frame; longer packets are segmented by the link. */
  readonly payloadB: number;
  /** Header and trailer of a frame, link security and check sequence included. */
  readonly headerB: number;
  /** Shorter payloads are padded to this. */
  readonly minPayloadB?: number;
  /** Before the header: preamble, start delimiter and PHY header, sent at the rate of the frame. */
  readonly preambleB?: number;
  /** The same where it has a duration of its own; both may stand. */
  readonly preambleTimeS?: number;
  /** Behind the last bit of a frame, before padding to blocks. */
  readonly tailBits?: number;
  /** Silence that must follow a frame: bytes at the rate of the frame, or a time. */
  readonly gapB?: number;
  readonly gapTimeS?: number;
}

export interface Delay {
  /** One way, of a link that is idle and connected: without queueing, medium access, airtime and processing. */
  readonly oneWayS: number;
  /** On top of `oneWayS`, where distance matters. */
  readonly propagationSPerM?: number;
  /** In the receiver (relay or end), per frame. */
  readonly processingS: number;
}

export interface Loss {
  /** Share of frames lost per attempt, collisions not included. */
  readonly frame: number;
  /** Share of packets lost although frames are repeated: fades, route changes, handovers. */
  readonly residual: number;
}

/** Repetition of lost frames by the link. */
export interface Arq {
  /** After the first attempt. */
  readonly retries: number;
  /** From the end of a frame to its repetition. */
  readonly timeoutS: number;
  /** From the end of a frame to its acknowledgement. Absent: not on the medium of the data. */
  readonly turnaroundS?: number;
  /** Acknowledgement frame with header and trailer, without preamble. Absent: none, or of `ackTimeS`. */
  readonly ackB?: number;
  /** Duration of the acknowledgement where it is not sent as a frame at the link's rate. */
  readonly ackTimeS?: number;
  /** CSMA/CA of 802.15.4: a further wait before each repetition, uniform from 0 to this. Absent: none. */
  readonly backoffS?: number;
}

/** Rough, for comparing profiles. */
export interface Cost {
  /** Of a link or of the medium that a gateway serves: licence, line, fibre, tower share. */
  readonly linkCapexUsd: number;
  readonly linkOpexUsdPerYear: number;
  readonly gatewayCapexUsd: number;
  readonly gatewayOpexUsdPerYear: number;
  /** Radio or modem of one endpoint, installed. */
  readonly endpointCapexUsd: number;
  readonly endpointOpexUsdPerYear: number;
}

export type Access = SingleHopAccess | MeshAccess;

export type SingleHopAccess =
  | DedicatedAccess
  | HalfDuplexAccess
  | ScheduledAccess
  | PolledAccess
  | AlohaAccess
  | SlottedAlohaAccess
  | Csma802154Access
  | Dcf80211Access;

/** Each direction has its own medium; whoever has a frame sends it. */
export interface DedicatedAccess {
  readonly kind: 'dedicated';
}

/** Two ends take turns. */
export interface HalfDuplexAccess {
  readonly kind: 'half-duplex';
  /** From the end of one direction to the start of the other. */
  readonly turnaroundS: number;
}

/** A base station grants the medium. */
export interface ScheduledAccess {
  readonly kind: 'scheduled';
  /** Mean, connected: from a message at an endpoint to its first grant. */
  readonly grantDelayS: number;
  /** Between two occasions to send: frame, slot or radio block. */
  readonly grantPeriodS: number;
  /** Idle endpoint: from a message to being connected. Absent: always connected. */
  readonly promotionS?: number;
  /** Connected endpoint: from its last message to being idle. */
  readonly inactivityS?: number;
  /** Mean wait of a downlink message for an idle endpoint to listen. */
  readonly pagingS?: number;
  /** Requests contend by slotted ALOHA for so many preambles or channels ... */
  readonly preambles?: number;
  /** ... each so often ... */
  readonly opportunityS?: number;
  /** ... at most so many times, uniformly within the window after a collision. */
  readonly attempts?: number;
  readonly backoffS?: number;
}

/** A master asks one endpoint after the other. */
export interface PolledAccess {
  readonly kind: 'polled';
  /** Poll frame, header included, preamble not. */
  readonly pollB: number;
  readonly turnaroundS: number;
  /** Transmitter key-up before a frame. */
  readonly keyingS: number;
  /** From the end of a poll to giving up. */
  readonly timeoutS: number;
  /** Polls repeated by the master. */
  readonly retries: number;
}

/** Sends without listening; nothing is acknowledged by the link, copies raise the odds. */
export interface AlohaAccess {
  readonly kind: 'aloha';
  /** Times that a message is sent, the first included. */
  readonly copies: number;
  /** Copies fall uniformly into a window of this length. */
  readonly spreadS: number;
}

/** As `aloha`, at the start of a slot. */
export interface SlottedAlohaAccess {
  readonly kind: 'slotted-aloha';
  readonly slotS: number;
  readonly copies: number;
  readonly spreadS: number;
}

/** Unslotted CSMA/CA of IEEE 802.15.4 (6.2.5.1 of its 2020 edition): backoff, then one clear channel assessment. */
export interface Csma802154Access {
  readonly kind: 'csma-802.15.4';
  /** macMinBE: the first backoff is uniform over 0 .. 2^BE - 1 units. */
  readonly leastExponent: number;
  /** macMaxBE */
  readonly mostExponent: number;
  /** macMaxCsmaBackoffs: assessments that may find the channel busy before the attempt fails. */
  readonly backoffs: number;
  readonly unitBackoffS: number;
  readonly ccaS: number;
  /** From assessment to transmission. */
  readonly turnaroundS: number;
  /** Share of pairs of endpoints, of those near enough for a hop, that do not hear each other. Absent: 0. */
  readonly hidden?: number;
}

/** Distributed coordination function of IEEE 802.11: slotted countdown that freezes while the medium is busy. */
export interface Dcf80211Access {
  readonly kind: 'dcf-802.11';
  readonly slotS: number;
  readonly sifsS: number;
  readonly difsS: number;
  /** CWmin: the first backoff is uniform over 0 .. CWmin slots. */
  readonly leastWindow: number;
  /** CWmax */
  readonly mostWindow: number;
  /** As that of CSMA/CA. */
  readonly hidden?: number;
}

/** Endpoints relay; each hop takes the medium by itself. */
export interface MeshAccess {
  readonly kind: 'mesh';
  readonly hop: SingleHopAccess;
  readonly leastHops: number;
  readonly typicalHops: number;
  readonly mostHops: number;
  /** Frames that can be on the air at once in different places of one mesh without harm. */
  readonly reuse: number;
  /** Channels that hops spread over; two frames meet only on the same one. */
  readonly channels: number;
}
