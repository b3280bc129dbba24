/** The reference architecture as plain data: actors, data flows, profiles, routes. */

/** Where an actor stands, which decides how many there are and what shares a link. */
export type Site =
  | 'utility' // the utility's operations centre: one
  | 'rep' // retail energy provider's systems
  | 'public' // web and mobile users, common web portal
  | 'dap' // one per DAP area
  | 'substation' // one per substation area
  | 'feeder' // feeder devices of a substation area
  | 'premise' // meters, ESIs, HAN devices of a DAP area
  | 'field'; // field tools

export interface Actor {
  /** As in the catalogue, e.g. `2-Way Meter - Electr`. */
  readonly name: string;
  /** Smart-grid domain: Operations, Service Provider, Distribution, Customer, ... */
  readonly domain: string;
  readonly site: Site;
  readonly description: string;
  /** Other spellings in the sources. */
  readonly aliases: readonly string[];
}

export interface Network {
  /** `NAN`, `WAN`, `FAN`, `HAN`, `LAN`, `Internet`, ... */
  readonly name: string;
  readonly description: string;
  /**
   * What shares one medium: `area` is one medium per DAP or substation area (NAN, FAN, WAN access); `premise` one per
   * premise (HAN, customer broadband); `dataFlow` one link per data flow (LAN, Internet between sites).
   */
  readonly sharing: 'area' | 'premise' | 'dataFlow';
}

/** A data flow of the reference diagram; both directions exist unless `oneWay`. */
export interface DataFlow {
  /** Reference, e.g. `1Ca`. */
  readonly ref: string;
  readonly from: string;
  readonly to: string;
  readonly network: string;
  /** `printed` where the text spells the pair out, else `reconstructed` from labels and actor lists. */
  readonly origin: 'printed' | 'reconstructed';
  readonly oneWay?: boolean;
  /** Decisions under which the edge exists, e.g. `backhaul: [IW, IIW]`; absent: always. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
}

/** One hop of a route: a data flow walked `forward` (from -> to) or backward. */
export interface RouteHop {
  readonly ref: string;
  readonly from: string;
  readonly to: string;
  readonly network: string;
  /** Towards the field (`down`), towards the utility (`up`) or within one site (`across`). */
  readonly direction: 'down' | 'up' | 'across';
}

export interface Route {
  readonly hops: readonly RouteHop[];
  /** `1Aa + 1B + 1Ca + 1D` */
  readonly expression: string;
}

export interface AmiDecisions {
  readonly rep: boolean;
  readonly han: boolean;
  /** ESI option: none without HAN; M in meter, 3 third party, U utility ESI outside the meter. */
  readonly esi: 'none' | 'EM' | 'E3' | 'EM3' | 'EU' | 'EU3';
  /** CIS to AMI head-end: direct or via MDMS. */
  readonly cis: 'direct' | 'mdms';
  readonly backhaul: 'W' | 'IW' | 'IIW';
}

export interface DaDecisions {
  readonly control: 'centralized' | 'decentralized';
  readonly scada: 'd-scada' | 'ami';
  /** Management of the network gear. */
  readonly management: 'independent' | 'ami';
  /** Path from DMS/DAC to feeder line devices. */
  readonly path: 'RsF' | 'W' | 'sF' | 'fF' | 'AD';
}

export interface DeploymentProfile {
  /** `AHEM3CvIW`, `DCSIRsF` or `AHEM3CvIW+DCSIRsF`. */
  readonly code: string;
  readonly kind: 'AMI' | 'DA' | 'AMI+DA';
  readonly ami?: AmiDecisions;
  readonly da?: DaDecisions;
  /** True when a table of section 4.20.3 prints it (both parts, for combined codes). */
  readonly printed: boolean;
  /** Table of the source, e.g. `5.4.1`. */
  readonly tables: readonly string[];
}
