/** Charts of a comparison. */
import { type Estimate, type PictureMaker, pareto, type RankedItem, ranked } from '../../reports/index.js';
import { loadMeasure, MEASURES, type Measure } from '../measures/measures.js';
import { overReplications } from '../measures/simulated.js';
import type { Ranked, Ranking } from './ranking.js';
import type { Member } from './simulation.js';

const MOST_BARS = 20;

export function comparisonPictures(ranking: Ranking, members: readonly Member[]): PictureMaker[] {
  const { ranked: rows } = ranking;
  if (rows.length < 2) return [];
  const makers = [marginPicture(rows), loadPictures(rows), frontPicture(ranking)].flat();
  return [...makers, ...shortlistPictures(members)];
}

function marginPicture(rows: readonly Ranked[]): PictureMaker[] {
  const input = {
    name: 'margins',
    title: 'Worst latency margin',
    description:
      'Part of the budget that the tightest payload leaves after its 95th percentile, in closed form; below zero it is missed.',
    value: { title: 'worst latency margin', unit: '1' },
    most: MOST_BARS,
    limit: { label: 'budget', value: 0 },
    items: rows.map(
      ({ candidate, values }): RankedItem => ({ label: candidate.name, value: { value: values.get('margin')! } }),
    ),
  };
  return [(layout) => ranked(input, layout)];
}

/** A picture for each network that is not the same for all candidates; of more than three those that are filled most. */
function loadPictures(rows: readonly Ranked[]): PictureMaker[] {
  const networks = [...new Set(rows.flatMap(({ row }) => row.networks.map(({ network }) => network)))];
  const spread = networks.map((network) => {
    const { closedForm } = loadMeasure(network);
    const loads = rows.map(({ row }) => closedForm!(row)).filter((load) => !Number.isNaN(load));
    const most = Math.max(...loads);
    const utilisations = rows.map(
      ({ row }) => row.networks.find((one) => one.network === network)?.busiest?.utilisation ?? 0,
    );
    return { network, most, ratio: most === 0 ? 0 : 1 - Math.min(...loads) / most, filled: Math.max(...utilisations) };
  });
  const chosen = spread
    .filter(({ ratio }) => ratio > 0.001)
    .sort((a, b) => b.filled - a.filled || b.most - a.most)
    .slice(0, 3);
  return chosen.map(({ network }): PictureMaker => {
    const { closedForm, title } = loadMeasure(network);
    const input = {
      name: `load-${network.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
      title: `Busy-hour load of ${network}`,
      description: `What the busier direction of all ${network} links together is offered in its busy hour, in closed form, overhead included.`,
      value: { title, unit: 'bit/s' },
      most: MOST_BARS,
      items: rows
        .map(({ candidate, row }): RankedItem => ({ label: candidate.name, value: { value: closedForm!(row) } }))
        .filter(({ value }) => !Number.isNaN(value.value)),
    };
    return (layout) => ranked(input, layout);
  });
}

/** By the two objectives that tell most apart: cost if it is known, else utilisation, against the margin. */
function frontPicture({ ranked: rows, objectives }: Ranking): PictureMaker[] {
  const x = objectives.find(({ id }) => id === 'cost') ?? objectives.find(({ id }) => id === 'utilisation');
  const y = objectives.find(({ id }) => id === 'margin');
  if (x === undefined || y === undefined || rows.length < 3) return [];
  const plane = (one: Measure) => ({ title: one.title, unit: one.unit });
  const input = {
    name: 'pareto',
    title: 'Pareto front',
    description: `Every candidate in closed form. On the front no other is at least as good in ${objectives.map(({ title }) => title).join(', ')} and better in one; the picture shows two of them.`,
    x: plane(x),
    y: plane(y),
    points: rows.map(({ candidate, values, front }) => ({
      label: candidate.name,
      x: { value: values.get(x.id)! },
      y: { value: values.get(y.id)! },
      front,
    })),
  };
  return [(layout) => pareto(input, layout)];
}

/** Simulated results with their intervals. */
function shortlistPictures(members: readonly Member[]): PictureMaker[] {
  if (members.length < 2) return [];
  const differing = MEASURES.filter(({ id }) => {
    const means = members.map(({ values }) => overReplications(values.get(id)).value);
    // what is the same for all, or known of none, needs no picture
    return means.some(Number.isFinite) && means.some((value) => !Object.is(value, means[0]));
  });
  return differing.map(({ id, title, unit }): PictureMaker => {
    const input = {
      name: `simulated-${id}`.toLowerCase(),
      title: `Simulated: ${title}`,
      description:
        'Means over replications with their 95 % intervals. Whether two differ is told by the paired differences, not by whether these intervals overlap.',
      value: { title, unit },
      items: members.map((member): RankedItem => ({ label: member.name, value: estimateOf(member.values.get(id)) })),
    };
    return (layout) => ranked(input, layout);
  });
}

/** Where a measure says that something is missed; drawn where the results come anywhere near it. */
export function limitNear(
  { id }: Pick<Measure, 'id'>,
  values: readonly number[],
): { limit?: { label: string; value: number } } {
  if (id === 'margin' && values.some((value) => value < 0.5)) return { limit: { label: 'budget', value: 0 } };
  if (id === 'utilisation' && values.some((value) => value > 0.5))
    return { limit: { label: 'rate of the link', value: 1 } };
  return {};
}

/** A mean with the ends of its interval for charts. */
export function estimateOf(values: readonly number[] | undefined): Estimate {
  const { value, halfWidth, samples } = overReplications(values);
  if (Number.isNaN(halfWidth)) return { value, samples };
  return { value, low: value - halfWidth, high: value + halfWidth, samples };
}
