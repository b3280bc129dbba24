/** The report of a sweep. */
import { formatUnit, plural } from '../../reports/format.js';
import {
  type Column,
  type PictureMaker,
  type RankedItem,
  ranked,
  type StudyReport,
  type StudyTable,
  sweep,
} from '../../reports/index.js';
import { estimateOf, limitNear } from '../compare/pictures.js';
import { closedFormMeasures, simulatedMeasuresList } from '../compare/tables.js';
import { columnName, estimateColumns, numberColumn, textColumn } from '../measures/columns.js';
import { MEASURES, type Measure, utilisationMeasure } from '../measures/measures.js';
import { ONE_OFFS } from '../measures/one-offs.js';
import { overReplications } from '../measures/simulated.js';
import type { Variation } from '../variants/variants.js';
import { axisOf } from './axis.js';
import type { SweepPoint, SweepResult } from './sweep.js';

export function sweepReport(result: SweepResult, info: StudyReport['info']): StudyReport {
  const { candidates, points, assumptions } = result;
  const simulated = points.some(({ member }) => member !== undefined);
  const scenario = candidates.bases[0]!.scenario;
  return {
    info,
    title: `${scenario.name}: sweep of ${candidates.variations.map(({ key }) => key).join(' and ')}`,
    facts: [
      { name: 'Scenario', value: scenario.name },
      ...candidates.variations.map(({ key, values }) => ({
        name: `Varied: ${key}`,
        value:
          values.length > 8
            ? `${values[0]!.text} to ${values[values.length - 1]!.text}, ${values.length} values`
            : values.map(({ text }) => text).join(', '),
      })),
      { name: 'Points', value: String(points.length) },
      { name: 'Load case', value: scenario.load },
    ],
    answer: { verdict: 'none', text: answer(points) },
    findings: [...findings(points), ...difference(result)],
    binding: [],
    pictures: sweepPictures(result),
    tables: [pointTable(result)],
    assumptions,
    method: [
      'Every point is the scenario with the varied keys set, compiled and computed in closed form.',
      simulated
        ? 'Every point was simulated with the same seed: points share their random numbers, so that neighbours differ by what is varied and not by chance. Error bars are 95 % intervals over replications (Student’s t).'
        : 'Nothing was simulated: closed form, without intervals.',
    ],
  };
}

function answer(points: readonly SweepPoint[]): string {
  const misses = MEASURES.find(({ id }) => id === 'misses')!;
  const without = points.filter((point) => misses.closedForm!(point.row) === 0);
  if (without.length === 0)
    return `At every one of the ${plural(points.length, 'point')} some requirement is missed in closed form.`;
  if (without.length === points.length)
    return `No requirement is missed at any of the ${plural(points.length, 'point')}, in closed form.`;
  return `At ${without.length} of ${plural(points.length, 'point')} no requirement is missed in closed form; the first is ${without[0]!.candidate.name}.`;
}

/** Busy hours of the simulation that are more than those of the closed form need a word. */
function difference({ assumptions }: SweepResult): StudyReport['findings'] {
  const own = assumptions.find(({ key }) => key === ONE_OFFS);
  return own === undefined ? [] : [{ text: `${ONE_OFFS} differ: ${own.value}`, detail: own.reason }];
}

const MOST_FINDINGS = 12;

function findings(points: readonly SweepPoint[]): StudyReport['findings'] {
  const step = Math.max(1, Math.ceil(points.length / MOST_FINDINGS));
  const shown = points.filter((_point, i) => i % step === 0 || i === points.length - 1);
  const measures = closedFormMeasures().filter(({ id }) => id === 'misses' || id === 'margin' || id === 'utilisation');
  return shown.map(({ candidate, row, member }) => {
    const closed = measures.map((measure) => `${measure.title} ${formatUnit(measure.closedForm!(row), measure.unit)}`);
    return {
      text: `${candidate.name}: ${closed.join(', ')}`,
      ...(member === undefined ? {} : { detail: `simulated: ${simulatedText(member)}` }),
    };
  });
}

function simulatedText(member: NonNullable<SweepPoint['member']>): string {
  return simulatedMeasuresList()
    .map(({ id, title, unit }) => {
      const { value, halfWidth, samples } = overReplications(member.values.get(id));
      return `${title} ${formatUnit(value, unit)} ± ${formatUnit(halfWidth, unit)} (n = ${samples})`;
    })
    .join(', ');
}

function networksOf(points: readonly SweepPoint[]): string[] {
  return [...new Set(points.flatMap(({ row }) => row.networks.map(({ network }) => network)))];
}

function pointTable({ candidates, points }: SweepResult): StudyTable {
  const { variations } = candidates;
  const closed = closedFormMeasures();
  const isSimulated = points.some(({ member }) => member !== undefined);
  const simulated = isSimulated ? simulatedMeasuresList() : [];
  const networks = networksOf(points).map((network) => ({
    measure: utilisationMeasure(network),
    name: `utilisation_${network.replace(/[^A-Za-z0-9]+/g, '_')}`,
    network,
  }));
  const keyNames = variations.map((_, i) => `key${i + 1}`);
  const columns: Column[] = [
    textColumn('point', 'point', 'the varied keys with their values'),
    ...variations.map(({ key }, i) => textColumn(keyNames[i]!, key, `value of ${key}`)),
    ...closed.map((one) =>
      numberColumn(`${columnName(one)}ClosedForm`, one.unit, `${one.title}, closed form`, `closed form: ${one.title}`),
    ),
    ...networks.map(({ name, network }) =>
      numberColumn(
        name,
        '1',
        `${network} utilisation`,
        `closed form: busy-hour utilisation of the most utilised link of ${network}`,
      ),
    ),
    ...simulated.flatMap((one) =>
      estimateColumns(columnName(one), one.unit, `${one.title}, simulated`, `${one.title}, mean over replications`),
    ),
    ...(isSimulated ? [numberColumn('replications', '', 'n', 'replications behind every simulated mean')] : []),
  ];
  return {
    name: 'points',
    title: 'Points',
    description: 'Every point of the grid, the last key changing fastest.',
    columns,
    rows: points.map(({ candidate, row, member }) => ({
      point: candidate.name,
      ...Object.fromEntries(
        variations.map(({ key }, i) => [keyNames[i]!, settingText(candidate.variant.settings, key)]),
      ),
      ...Object.fromEntries(closed.map((one) => [`${columnName(one)}ClosedForm`, one.closedForm!(row)])),
      ...Object.fromEntries(networks.map(({ measure, name }) => [name, measure.closedForm!(row)])),
      ...Object.fromEntries(
        simulated.flatMap((one) => {
          const { value, halfWidth } = overReplications(member?.values.get(one.id));
          return [
            [columnName(one), value],
            [`${columnName(one)}HalfWidth`, halfWidth],
          ];
        }),
      ),
      replications: member?.outcome.replications ?? Number.NaN,
    })),
    shown: columns.map(({ name }) => name).filter((name) => !keyNames.includes(name) && !name.endsWith('HalfWidth')),
  };
}

function settingText(settings: SweepPoint['candidate']['variant']['settings'], key: string): string {
  return settings.find((setting) => setting.key === key)?.text ?? '';
}

/** A chart for each measure: lines over the first key that is a quantity, bars where none is. */
function sweepPictures({ candidates, points }: SweepResult): PictureMaker[] {
  const { variations } = candidates;
  const axes = variations.map(axisOf);
  const along = axes.findIndex((axis) => axis !== undefined);
  return MEASURES.flatMap((measure): PictureMaker[] => {
    const isSimulated = measure.simulated !== undefined && points.some(({ member }) => member !== undefined);
    if (!isSimulated && measure.closedForm === undefined) return [];
    const value = (point: SweepPoint) =>
      isSimulated ? estimateOf(point.member?.values.get(measure.id)) : { value: measure.closedForm!(point.row) };
    const first = value(points[0]!).value;
    // What is not known, or the same everywhere, needs no picture.
    if (points.every((point) => Object.is(value(point).value, first))) return [];
    const words = {
      name: measure.id.toLowerCase(),
      title: capital(measure.title),
      description: isSimulated
        ? 'Simulated: means over replications with their 95 % intervals.'
        : 'Closed form, without intervals.',
    };
    if (along < 0) {
      const items = points.map((point): RankedItem => ({ label: point.candidate.name, value: value(point) }));
      return [(layout) => ranked({ ...words, value: { title: measure.title, unit: measure.unit }, items }, layout)];
    }
    const input = {
      ...words,
      x: axes[along]!.quantity,
      y: { title: measure.title, unit: measure.unit },
      series: seriesOf(points, variations, along, measure, isSimulated),
      ...limitNear(
        measure,
        points.map((point) => value(point).value),
      ),
    };
    return [(layout) => sweep(input, layout)];
  });
}

/** A line for each combination of the other keys; where there is one only, the closed form beside the simulation. */
function seriesOf(
  points: readonly SweepPoint[],
  variations: readonly Variation[],
  along: number,
  measure: Measure,
  isSimulated: boolean,
) {
  const axis = axisOf(variations[along]!)!;
  const key = variations[along]!.key;
  const lines = new Map<string, SweepPoint[]>();
  for (const point of points) {
    const others = point.candidate.variant.settings.filter((setting) => setting.key !== key);
    const label = others.map((setting) => setting.label ?? `${setting.key}=${setting.text}`).join(', ');
    lines.set(label, [...(lines.get(label) ?? []), point]);
  }
  const at = (point: SweepPoint) => axis.at.get(settingText(point.candidate.variant.settings, key))!;
  const sorted = (own: readonly SweepPoint[]) => [...own].sort((a, b) => at(a) - at(b));
  return [...lines].flatMap(([label, own]) => {
    const line = (name: string, of: (point: SweepPoint) => { value: number; low?: number; high?: number }) => ({
      label: name,
      points: sorted(own).map((point) => ({ x: at(point), y: of(point) })),
    });
    const closed = measure.closedForm;
    if (!isSimulated) return [line(label === '' ? 'closed form' : label, (point) => ({ value: closed!(point.row) }))];
    const simulated = line(label === '' ? 'simulated' : label, (point) =>
      estimateOf(point.member?.values.get(measure.id)),
    );
    if (lines.size > 1 || closed === undefined) return [simulated];
    return [simulated, line('closed form', (point) => ({ value: closed(point.row) }))];
  });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
