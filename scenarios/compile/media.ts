import type { Access, Arq, CsmaAccess, DcfAccess, Medium, MeshAccess, PolledAccess } from '../../sim/media.js';
import { frameAirtimeS } from '../../topologies/overhead/medium.js';
import type * as Library from '../../topologies/technology-types.js';
import type { MediumSettings } from '../types.js';

/** Interns media: the technology library's accesses as the engine's plain numbers. */
export class Media {
  readonly rows: Medium[] = [];
  readonly #byContent = new Map<string, number>();

  /** Row of the medium of a link. */
  of(settings: MediumSettings): number {
    const medium = mediumOf(settings);
    const key = JSON.stringify(medium);
    let row = this.#byContent.get(key);
    if (row === undefined) {
      row = this.rows.push(medium) - 1;
      this.#byContent.set(key, row);
    }
    return row;
  }
}

function mediumOf(settings: MediumSettings): Medium {
  const { technology, hiddenShare } = settings;
  const { loss, arq } = technology;
  return {
    name: technology.name,
    access: accessOf(settings),
    frameLoss: loss.frame,
    // Residual is what repetition does not mend: where nothing is repeated, the loss of frames is all there is.
    residualLoss: repeats(technology) ? loss.residual : 0,
    ...(arq === undefined ? {} : { arq: arqOf(arq) }),
    hiddenShare,
  };
}

function arqOf({ retries, timeoutS, backoffS }: Library.Arq): Arq {
  return { retries, timeoutS, ...(backoffS === undefined ? {} : { backoffS }) };
}

function repeats({ access, arq }: Library.Technology): boolean {
  const hop = access.kind === 'mesh' ? access.hop : access;
  if (arq !== undefined) return true;
  if (hop.kind === 'polled') return hop.retries > 0;
  return (hop.kind === 'aloha' || hop.kind === 'slotted-aloha') && hop.copies > 1;
}

function accessOf(settings: MediumSettings): Access {
  const { technology, ringShares, sectors } = settings;
  const { access, delay } = technology;
  switch (access.kind) {
    case 'mesh':
      return {
        kind: 'mesh',
        hop: meshHop(access.hop, technology),
        ringShares,
        sectors,
        relayS: delay.oneWayS + delay.processingS,
      };
    case 'dedicated':
      return { kind: 'dedicated' };
    case 'half-duplex':
      return { kind: 'half-duplex', turnaroundS: access.turnaroundS };
    case 'scheduled':
      return scheduled(access);
    default:
      return contended(access, technology);
  }
}

/** @throws Error for a hop that relays cannot take: the scenario's loader refuses it, the library has none. */
function meshHop(hop: Library.SingleHopAccess, technology: Library.Technology): MeshAccess['hop'] {
  if (hop.kind === 'dedicated' || hop.kind === 'half-duplex' || hop.kind === 'scheduled') {
    throw new Error(`media: ${technology.name} is a mesh of ${hop.kind} hops`);
  }
  return contended(hop, technology);
}

function contended(
  access: Exclude<Library.SingleHopAccess, { kind: 'dedicated' | 'half-duplex' | 'scheduled' }>,
  technology: Library.Technology,
): MeshAccess['hop'] {
  switch (access.kind) {
    case 'polled':
      return polled(access, technology);
    case 'aloha':
      return { kind: 'aloha', slotS: 0, copies: access.copies, spreadS: access.spreadS };
    case 'slotted-aloha':
      return { kind: 'aloha', slotS: access.slotS, copies: access.copies, spreadS: access.spreadS };
    case 'csma-802.15.4':
    case 'dcf-802.11': {
      const { hidden: _, ...rules } = access; // in the settings of the link, which may say otherwise
      return rules satisfies CsmaAccess | DcfAccess;
    }
  }
}

/** `Nothing to send` is taken as a frame as long as a poll. */
function polled(access: Library.PolledAccess, technology: Library.Technology): PolledAccess {
  const { pollB, keyingS, turnaroundS, timeoutS, retries } = access;
  return {
    kind: 'polled',
    pollS: keyingS + frameAirtimeS(technology, 'down', pollB),
    turnaroundS: turnaroundS + keyingS,
    emptyS: frameAirtimeS(technology, 'up', pollB),
    timeoutS,
    retries,
  };
}

function scheduled(access: Library.ScheduledAccess): Access {
  const { grantDelayS, grantPeriodS, promotionS = 0, inactivityS = 0, pagingS = 0 } = access;
  const { preambles, opportunityS, attempts, backoffS } = access;
  const contends =
    preambles !== undefined && opportunityS !== undefined && attempts !== undefined && backoffS !== undefined;
  return {
    kind: 'scheduled',
    grantDelayS,
    grantPeriodS,
    promotionS,
    inactivityS, // 0: nobody stays connected, every message asks anew
    pagingS,
    ...(contends ? { randomAccess: { preambles, opportunityS, attempts, backoffS } } : {}),
  };
}
