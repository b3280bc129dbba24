import { formatBps, formatSeconds } from '../reports/format.js';
import { sourceText } from '../topologies/figures/sources.js';
import { findTechnology, technologyLibrary } from '../topologies/technologies.js';
import type { Technology } from '../topologies/technology-types.js';
import { columns } from './table.js';

/** `fanplan technologies`: the technology library; `fanplan technologies NAME`: one with the source of every figure. */
export function technologies(name: string | undefined, options: { json?: boolean }): void {
  const shown = name === undefined ? technologyLibrary() : findTechnology(name, 'fanplan technologies', 'name');
  if (options.json === true) console.log(JSON.stringify(shown, null, 2));
  else if (name === undefined) list(technologyLibrary());
  else explain(shown as Technology);
}

function list(all: readonly Technology[]): void {
  const rows = all.map((technology) => [
    technology.name,
    technology.networks.join(', '),
    accessText(technology),
    ratesText(technology),
    `${technology.framing.payloadB}+${technology.framing.headerB} B`,
    formatSeconds(technology.delay.oneWayS),
    technology.endpoints.typical,
    technology.title,
  ]);
  console.log(columns(rows, ['technology', 'networks', 'access', 'up / down', 'frame', 'delay', 'endpoints', 'title']));
  const figures = all.flatMap((technology) => Object.values(technology.figures));
  const assumed = figures.filter((figure) => figure.source.kind === 'assumption').length;
  console.log(`\n${all.length} technologies, ${figures.length} figures, ${assumed} of them assumptions`);
  console.log('frame: largest payload + header and trailer; delay: one way; endpoints: per gateway, typical');
}

function explain(technology: Technology): void {
  const { name, title, networks, duplex, figures, leavesOut } = technology;
  console.log(`${name}: ${title}\n`);
  console.log(
    columns([
      ['networks', networks.join(', ')],
      ['duplex', duplex],
      ['access', accessText(technology)],
      ['leaves out', leavesOut],
    ]),
  );
  const rows = Object.entries(figures).map(([path, { written, source }]) => [path, written, sourceText(source)]);
  console.log(`\n${columns(rows, ['figure', 'value', 'source'])}`);
}

function accessText({ access }: Technology): string {
  return access.kind === 'mesh' ? `mesh of ${access.hop.kind}` : access.kind;
}

function ratesText({ rates }: Technology): string {
  const [up, down] = [rates.up, rates.down].map((rate) => formatBps(rate.effectiveBps ?? rate.phyBps));
  return up === down ? up! : `${up} / ${down}`;
}
