/** The reference architecture as plain data: actors, data flows, profiles, routes. */

/** Decisions and their allowed values, all of which must hold, e.g. `{ backhaul: [IW, IIW] }`; names of decisions.yaml. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

/** Values of all decisions of decisions.yaml for one profile, e.g. `{ ami: 'yes', esi: 'EM3', path: 'none', ... }`. */
export type Decisions = Readonly<Record<string, string>>;

/** A decision of a deployment profile as actors and data flows see it. */
export interface Decision {
  readonly name: string;
  /** In the order in which path options are numbered. */
  readonly values: readonly string[];
  /** Why an actor is missing under another value; `{actor}` and `{value}` are filled in. */
  readonly lacking: string;
  /** Why a data flow is closed under another value; absent: as `lacking`. */
  readonly closed?: string;
}

/** Where an actor stands, which decides how many there are and what shares a link. */
export type Site =
  | 'utility' // the utility's operations centre: one
  | 'rep' // retail energy provider's systems
  | 'public' // web and mobile users, common web portal
  | 'portal' // hosting centre of a portal or platform that serves several utilities
  | 'utilities' // systems of several utilities, one set each
  | 'third-party' // systems of third parties, one set each
  | 'dap' // in a DAP area, on its NAN: the DAP itself; feeder devices too where the DAP carries them
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
  /** How many there are: key path of a scenario's deployment, e.g. `feeder.capBanks`. Absent: nothing counts them. */
  readonly count?: string;
  /** Other spellings in the sources. */
  readonly aliases: readonly string[];
  /** Distance from the operations centre: a hop to a greater depth goes `down`. Absent: every hop is `across`. */
  readonly depth?: number;
  /** Sites under some decisions, the first that holds; else `site`. */
  readonly sites?: readonly { readonly when: Conditions; readonly site: Site }[];
  /** Decisions under which the actor exists; absent: always. */
  readonly when?: Conditions;
  /** Whether routes pass through: always, or between two networks or data flows. Absent: never. */
  readonly transit?: true | readonly TransitRule[];
  /** Functions that a route enters and leaves apart, e.g. a gateway's backhaul and web sides. */
  readonly roles?: readonly string[];
  /** The path option of routes through or to this actor, e.g. `{ esi: EM }`. */
  readonly option?: Readonly<Record<string, string>>;
  /** A point where a data flow changes its network: no end of any payload. */
  readonly node?: true;
}

/** Passing an actor between two networks or data flow references, in either order. */
export interface TransitRule {
  readonly between: readonly [string, string];
  readonly when?: Conditions;
}

export interface Network {
  /** `NAN`, `WAN`, `FAN`, `HAN`, `LAN`, `Internet`, ... */
  readonly name: string;
  readonly description: string;
  /**
   * What shares one medium: `area` is one medium per DAP or substation area (NAN, FAN, WAN access); `premise` one per
   * premise (HAN, customer broadband); `member` one for each of the actor that a hop has `count` of (access of each
   * utility); `dataFlow` one link per data flow (LAN, Internet between sites).
   */
  readonly sharing: 'area' | 'premise' | 'member' | 'dataFlow';
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
  /** Why it was reconstructed so; absent for printed ones. */
  readonly basis?: string;
  readonly oneWay?: boolean;
  /** Decisions under which the edge exists, e.g. `backhaul: [IW, IIW]`; absent: always. */
  readonly when?: Conditions;
  /** The flow crosses two networks: `via.network` from `from` to the node, `network` from there to `to`. */
  readonly via?: { readonly node: string; readonly network: string };
  /** Network interface of the devices, e.g. `MeA`, where the text names it. */
  readonly interface?: string;
  /** Roles of `from` and `to` (see Actor) that the flow joins. */
  readonly fromRole?: string;
  readonly toRole?: string;
  /** The path option of routes over this flow, e.g. `{ backhaul: IW }`. */
  readonly option?: Readonly<Record<string, string>>;
  /** Routes take the least sum of costs. */
  readonly cost: number;
}

/** One hop of a route: a data flow walked forward or backward. A flow over two networks makes two hops with one reference. */
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
  /** Which path option it is, e.g. `{ cis: mdms, backhaul: IW, esi: EM }`; only what concerns the route. */
  readonly option: Readonly<Record<string, string>>;
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
  /** The path in the words of table 5.4.3, e.g. `Via WAN via RTU via subFANGway`; alike for derived codes. */
  readonly pathWords: string;
}

export interface DeploymentProfile {
  /** `AHEM3CvIW`, `DCSIRsF`, `AHEM3CvIW+DCSIRsF`, or `none`. */
  readonly code: string;
  readonly kind: 'AMI' | 'DA' | 'AMI+DA' | 'none';
  readonly ami?: AmiDecisions;
  readonly da?: DaDecisions;
  /** True when a table of section 4.20.3 prints it (both parts, for combined codes). */
  readonly printed: boolean;
  /** Table of the source, e.g. `5.4.1`. */
  readonly tables: readonly string[];
}
