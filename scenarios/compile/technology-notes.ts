/** What technologies and stacks put into a run, as assumptions of it. */

import type { Access } from '../../topologies/technology-types.js';
import { GIVEN } from '../technologies.js';
import type { LinkSettings, MediumSettings } from '../types.js';
import type { CompileContext } from './context.js';
import type { Framings } from './framings.js';
import type { LinkRow, Links } from './links.js';

/**
 * For each entry of `links` whose technology carries something: technology and stack, with how many of its figures are
 * assumptions; every figure that the scenario gives; and, once per technology, what it leaves out.
 * @param endpoints of every instance of every kind of area
 */
export function noteTechnologies(
  links: Links,
  framings: Framings,
  endpoints: readonly Float64Array[],
  context: CompileContext,
): void {
  const noted = new Set<LinkSettings>();
  for (const row of links.rows) {
    const { medium } = row.settings;
    if (medium === undefined) continue;
    noteLimits(row, medium, endpoints, context);
    if (noted.has(row.settings)) continue;
    noted.add(row.settings);
    const own = [...row.dataFlows].find((ref) => context.scenario.dataFlows[ref] === row.settings);
    noteMedium(`links.${own ?? row.network}`, row, medium, context);
  }
  noteFrames(framings, context);
}

function noteMedium(entry: string, { network, settings }: LinkRow, medium: MediumSettings, context: CompileContext) {
  const { technology, stack } = medium;
  const { assumptions } = context;
  const figures = Object.entries(technology.figures);
  const given = figures.filter(([, figure]) => figure.source.text === GIVEN);
  const assumed = figures.filter(([, { source }]) => source.kind === 'assumption' && source.text !== GIVEN);
  assumptions.add({
    kind: 'choice',
    key: `${entry}.technology`,
    value: `${stack.text} on ${technology.name}`,
    reason: `${technology.title}; of ${figures.length} figures ${assumed.length} are assumptions and ${given.length} the scenario's (fanplan technologies ${technology.name.split(' ')[0]})`,
    source: 'technology library',
  });
  for (const [path, { written }] of given) {
    assumptions.add({
      kind: 'choice',
      key: `${technology.name}: ${path}`,
      value: written,
      reason: GIVEN,
      source: 'scenario',
    });
  }
  if (technology.leavesOut !== '') {
    assumptions.add({
      kind: 'limit',
      key: technology.name,
      value: 'leaves out',
      reason: technology.leavesOut,
      source: 'technology library',
    });
  }
  if (technology.networks.length > 0 && !technology.networks.includes(network)) {
    assumptions.add({
      kind: 'limit',
      key: entry,
      value: technology.name,
      reason: `described for ${technology.networks.join(', ')}: check its figures for the ${network}`,
      source: 'technology library',
    });
  }
  const { access } = technology;
  if (settings.discipline === 'fair' && access.kind !== 'scheduled' && !isOfTwoEnds(access)) {
    assumptions.add({
      kind: 'limit',
      key: `${entry}.discipline`,
      value: 'first in, first out',
      reason: 'nobody weighs messages of different endpoints on a medium that they contend for or are polled on',
    });
  }
}

/** What the run asks of a technology beyond what it says of itself. */
function noteLimits(
  { kind, farEnd }: LinkRow,
  { technology }: MediumSettings,
  ofAreas: readonly Float64Array[],
  { assumptions, areas }: CompileContext,
): void {
  const { access, endpoints, name } = technology;
  if (access.kind === 'mesh' && access.channels > 1) {
    assumptions.add({
      kind: 'limit',
      key: `${name}: access.channels`,
      value: 'one channel',
      reason: `all frames of a mesh meet on one channel, not on ${access.channels}: too many collisions away from the gateway`,
    });
  }
  if (farEnd !== 'endpoints' || isOfTwoEnds(access)) return;
  const most = ofAreas[kind]!.reduce((largest, count) => Math.max(largest, count), 0);
  if (most > endpoints.most) {
    assumptions.add({
      kind: 'limit',
      key: `${name}: endpoints.most`,
      value: String(most),
      unit: 'endpoints of a gateway',
      reason: `more than the ${endpoints.most} that the technology is described for; ${areas.instances[kind]} areas have one gateway each`,
    });
  }
}

function isOfTwoEnds({ kind }: Access): boolean {
  return kind === 'dedicated' || kind === 'half-duplex';
}

function noteFrames({ folded, tooLarge }: Framings, { assumptions }: CompileContext): void {
  for (const [key, sizeB] of folded) {
    assumptions.add({
      kind: 'limit',
      key,
      value: 'frames of their mean size',
      reason: `messages of up to ${sizeB} B have frames of several sizes: all but the last are taken as equal, with the same bytes and airtime in sum`,
    });
  }
  for (const [key, sizeB] of tooLarge) {
    assumptions.add({
      kind: 'limit',
      key,
      value: `messages of up to ${sizeB} B`,
      reason:
        'no layer of the stack cuts them to what the technology takes: its frames do, as if the link cut packets of any size',
    });
  }
}
