import type { KeyPath, Problem } from '../base/yaml.js';
import type { Access, Technology } from './technology-types.js';

/** @param path written key path: of a figure, or of a map of them */
type Report = (path: KeyPath, problem: Problem) => void;

const MOST_HOPS = 64;
const MOST_EXPONENT = 20;

/** What figures must be for frames to be sent at all: sizes, rates and periods above 0, and what rises in its order. */
export function checkFigures({ rates, framing, endpoints, access }: Technology, report: Report): void {
  for (const way of ['up', 'down'] as const) {
    for (const [key, rate] of [
      ['phy', rates[way].phyBps],
      ['effective', rates[way].effectiveBps],
    ] as const) {
      if (rate === 0) report(['rates', way, key], outOfRange('a link has a rate above 0', rate));
    }
    if (rates[way].blockBits === 0) report(['rates', way, 'block'], outOfRange('a block has bits', 0));
  }
  if (framing.payloadB < 1) report(['framing', 'payload'], outOfRange('a frame carries a byte', 0));
  if (framing.mtuB < 1) report(['framing', 'mtu'], outOfRange('a packet has a byte', framing.mtuB));
  if (!(endpoints.least <= endpoints.typical && endpoints.typical <= endpoints.most)) {
    report(['endpoints'], outOfRange('least, typical and most do not rise', JSON.stringify(endpoints)));
  }
  checkAccess(access, ['access'], report);
}

function checkAccess(access: Access, path: KeyPath, report: Report): void {
  const above = (key: string, value: number | undefined, least = Number.MIN_VALUE) => {
    if (value !== undefined && value < least)
      report([...path, key], outOfRange(`the value must be ${least < 1 ? 'above 0' : `at least ${least}`}`, value));
  };
  switch (access.kind) {
    case 'mesh':
      above('leastHops', access.leastHops, 1);
      if (access.mostHops > MOST_HOPS) {
        report([...path, 'mostHops'], outOfRange(`a mesh has at most ${MOST_HOPS} hops`, access.mostHops));
      }
      if (!(access.leastHops <= access.typicalHops && access.typicalHops <= access.mostHops)) {
        report(path, outOfRange('least, typical and most hops do not rise', access.typicalHops));
      }
      checkAccess(access.hop, [...path, 'hop'], report);
      break;
    case 'scheduled':
      above('grantPeriod', access.grantPeriodS);
      above('preambles', access.preambles, 1);
      above('opportunity', access.opportunityS);
      above('attempts', access.attempts, 1);
      break;
    case 'polled':
      above('poll', access.pollB, 1);
      break;
    case 'aloha':
      above('copies', access.copies, 1);
      break;
    case 'slotted-aloha':
      above('copies', access.copies, 1);
      above('slot', access.slotS);
      break;
    case 'csma-802.15.4':
      above('unitBackoff', access.unitBackoffS);
      if (!(access.leastExponent <= access.mostExponent && access.mostExponent <= MOST_EXPONENT)) {
        report(
          [...path, 'mostExponent'],
          outOfRange(`exponents rise, to ${MOST_EXPONENT} at most`, access.mostExponent),
        );
      }
      break;
    case 'dcf-802.11':
      above('slot', access.slotS);
      if (access.leastWindow > access.mostWindow) {
        report([...path, 'mostWindow'], outOfRange('windows do not rise', access.mostWindow));
      }
      break;
  }
}

function outOfRange(message: string, found: number | string): Problem {
  return { code: 'OUT_OF_RANGE', message, found: String(found) };
}
