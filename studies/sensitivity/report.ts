/** The report of a sensitivity study. */
import { formatUnit, plural } from '../../reports/format.js';
import { type PictureMaker, ranked, type StudyReport, type StudyTable, tornado } from '../../reports/index.js';
import { mean } from '../../sim/student-t.js';
import { estimateOf, limitNear } from '../compare/pictures.js';
import { categoryColumn, estimateColumns, numberColumn, textColumn } from '../measures/columns.js';
import type { Measure } from '../measures/measures.js';
import { jointConfidence, pairedDifference } from '../measures/paired.js';
import { overReplications } from '../measures/simulated.js';
import type { Factor } from './factors.js';
import { boundOfChance, rankCorrelation, sampleQuantile } from './latin-hypercube.js';
import type { SensitivityResult, Swing, Values } from './sensitivity.js';

export interface SensitivitySubject {
  readonly scenario: string;
  readonly measure: Measure;
  readonly factors: readonly Factor[];
  readonly simulates: boolean;
}

export function sensitivityReport(
  subject: SensitivitySubject,
  result: SensitivityResult,
  info: StudyReport['info'],
): StudyReport {
  const { scenario, measure, factors, simulates } = subject;
  const isHypercube = result.samples.length > 0;
  const swings = [...result.swings].sort((a, b) => swingOf(b) - swingOf(a));
  return {
    info,
    title: `${scenario}: what drives the ${measure.title}`,
    facts: [
      { name: 'Scenario', value: scenario },
      { name: 'Result', value: measure.title },
      { name: 'As the scenario is', value: text(measure, result.base) },
      { name: 'Ranges of payloads', value: String(factors.filter(({ kind }) => kind === 'range').length) },
      { name: 'Missing values', value: String(factors.filter(({ kind }) => kind === 'missing').length) },
      { name: 'Method', value: isHypercube ? `Latin hypercube, ${result.samples.length} samples` : 'one at a time' },
    ],
    answer: { verdict: 'none', text: isHypercube ? hypercubeAnswer(measure, result) : swingAnswer(measure, swings) },
    findings: isHypercube
      ? correlationFindings(factors, result)
      : swings.slice(0, 10).map((swing) => swingFinding(measure, swing)),
    binding: [],
    pictures: isHypercube ? [correlationPicture(factors, result)] : [tornadoPicture(measure, result, swings)],
    tables: isHypercube
      ? [correlationTable(factors, result), sampleTable(measure, factors, result)]
      : [swingTable(measure, swings)],
    assumptions: [
      ...result.assumptions,
      ...factors.map((factor) => ({
        kind: 'choice' as const,
        key: factor.name,
        value: `${factor.least.text} to ${factor.most.text}`,
        unit: '',
        reason: `sampled here; bounds: ${factor.bounds}`,
        source: 'assumption',
      })),
    ],
    method: method(isHypercube, simulates, result.samples.length),
  };
}

function method(isHypercube: boolean, simulates: boolean, samples: number): string[] {
  return [
    isHypercube
      ? `All factors were varied at once: Latin hypercube with ${samples} samples, one from each of ${samples} strata of equal probability of every factor (McKay, Beckman and Conover 1979). Printed ranges are taken at their least, mid or most demanding point, missing values between half and double evenly in the logarithm, keys of the user evenly. What drives is told by Spearman's rank correlation; the bounds of chance are those of no correlation, for all factors together (Student’s t with n − 2 degrees of freedom, Bonferroni).`
      : 'Each factor was set to either end of its range while all others stayed as the scenario has them. What two do together is not seen this way; the Latin hypercube shows it.',
    simulates
      ? 'Every variant was simulated with the same seed; differences are paired by replication (Student’s t, Bonferroni over all factors).'
      : 'Closed form, without intervals.',
  ];
}

const swingOf = ({ least, most }: Swing): number => {
  const swing = Math.abs(mean(most) - mean(least));
  return Number.isNaN(swing) ? (mean(most) === mean(least) ? 0 : Number.POSITIVE_INFINITY) : swing;
};

function text(measure: Measure, values: Values): string {
  const { value, halfWidth, samples } = overReplications(values);
  const interval = Number.isNaN(halfWidth) ? '' : ` ± ${formatUnit(halfWidth, measure.unit)} (n = ${samples})`;
  return `${formatUnit(value, measure.unit)}${interval}`;
}

function swingAnswer(measure: Measure, swings: readonly Swing[]): string {
  const driving = swings.filter((swing) => swingOf(swing) > 0);
  const [first] = driving;
  if (first === undefined) return `None of ${plural(swings.length, 'factor')} changes the ${measure.title}.`;
  return `${first.factor.name} drives the ${measure.title} most: from ${text(measure, first.least)} to ${text(measure, first.most)}. ${driving.length} of ${plural(swings.length, 'factor')} change it at all.`;
}

function swingFinding(measure: Measure, { factor, least, most }: Swing): StudyReport['findings'][number] {
  return {
    text: `${factor.name}: ${text(measure, least)} at ${factor.least.text}, ${text(measure, most)} at ${factor.most.text}`,
    detail: factor.bounds,
  };
}

function tornadoPicture(measure: Measure, { base }: SensitivityResult, swings: readonly Swing[]): PictureMaker {
  const input = {
    name: 'tornado',
    title: `What drives the ${measure.title}`,
    description:
      'Each factor at either end of its range, all others as the scenario has them. The line is the scenario as it is.',
    result: { title: measure.title, unit: measure.unit },
    base: estimateOf(base),
    inputs: swings
      .filter((swing) => swingOf(swing) > 0)
      .map(({ factor, least, most }) => ({
        label: factor.name,
        least: { setting: factor.least.text, result: estimateOf(least) },
        most: { setting: factor.most.text, result: estimateOf(most) },
      })),
    ...limitNear(
      measure,
      swings.flatMap(({ least, most }) => [mean(least), mean(most)]),
    ),
  };
  return (layout) => tornado(input, layout);
}

function swingTable(measure: Measure, swings: readonly Swing[]): StudyTable {
  const confidence = jointConfidence(swings.length);
  return {
    name: 'swings',
    title: 'Factors',
    description: 'Every factor at either end of its range, the largest difference first.',
    columns: [
      textColumn('factor', 'factor', 'a payload with printed ranges, a value that the source leaves open, or a key'),
      categoryColumn('kind', 'kind', 'range, missing or key'),
      textColumn('leastSetting', 'least', 'setting at one end'),
      ...estimateColumns('least', measure.unit, `${measure.title} at least`, `${measure.title} at the one end`),
      textColumn('mostSetting', 'most', 'setting at the other end'),
      ...estimateColumns('most', measure.unit, `${measure.title} at most`, `${measure.title} at the other end`),
      ...estimateColumns(
        'difference',
        measure.unit,
        'difference',
        'most minus least, paired by replication',
        `${Number((100 * confidence).toFixed(3))} %`,
      ),
      numberColumn('replications', '', 'n', 'replications; 1 in closed form, which has no interval'),
      textColumn('bounds', 'bounds', 'where the ends come from'),
    ],
    rows: swings.map(({ factor, least, most }) => {
      const [low, high] = [overReplications(least), overReplications(most)];
      const { difference, halfWidth, replications } = pairedDifference(least, most, confidence);
      return {
        factor: factor.name,
        kind: factor.kind,
        leastSetting: factor.least.text,
        least: low.value,
        leastHalfWidth: low.halfWidth,
        mostSetting: factor.most.text,
        most: high.value,
        mostHalfWidth: high.halfWidth,
        difference,
        differenceHalfWidth: halfWidth,
        replications,
        bounds: factor.bounds,
      };
    }),
  };
}

interface Correlation {
  readonly factor: Factor;
  readonly correlation: number;
}

function correlations(factors: readonly Factor[], { samples }: SensitivityResult): Correlation[] {
  const results = samples.map(({ values }) => mean(values));
  const size = ({ correlation }: Correlation) => (Number.isNaN(correlation) ? 0 : Math.abs(correlation));
  return factors
    .map((factor, f) => ({
      factor,
      correlation: rankCorrelation(
        samples.map(({ shares }) => shares[f]!),
        results,
      ),
    }))
    .sort((a, b) => size(b) - size(a));
}

function hypercubeAnswer(measure: Measure, result: SensitivityResult): string {
  const results = result.samples.map(({ values }) => mean(values));
  const at = (q: number) => formatUnit(sampleQuantile(results, q), measure.unit);
  return `Over ${plural(results.length, 'sample')} the ${measure.title} is ${at(0.5)} in the middle, from ${at(0.05)} to ${at(0.95)} in nine of ten; as the scenario is, ${text(measure, result.base)}.`;
}

function correlationFindings(factors: readonly Factor[], result: SensitivityResult): StudyReport['findings'] {
  const bound = boundOfChance(result.samples.length, factors.length);
  return correlations(factors, result)
    .slice(0, 10)
    .map(({ factor, correlation }) => ({
      text: `${factor.name}: rank correlation ${Number.isNaN(correlation) ? 'none: the result does not vary' : correlation.toFixed(2)}${Math.abs(correlation) > bound ? '' : ', no more than chance'}`,
      detail: factor.bounds,
    }));
}

function correlationPicture(factors: readonly Factor[], result: SensitivityResult): PictureMaker {
  const input = {
    name: 'correlations',
    title: 'What drives the result',
    description: `Spearman's rank correlation of each factor with the result; within ±${boundOfChance(result.samples.length, factors.length).toFixed(2)} it may be chance.`,
    value: { title: 'rank correlation', unit: '' },
    most: 20,
    items: correlations(factors, result).map(({ factor, correlation }) => ({
      label: factor.name,
      value: { value: correlation },
    })),
  };
  return (layout) => ranked(input, layout);
}

function correlationTable(factors: readonly Factor[], result: SensitivityResult): StudyTable {
  const bound = boundOfChance(result.samples.length, factors.length);
  return {
    name: 'correlations',
    title: 'Factors',
    description: 'Rank correlation of every factor with the result, the strongest first.',
    columns: [
      textColumn('factor', 'factor', 'a payload with printed ranges, a value that the source leaves open, or a key'),
      categoryColumn('kind', 'kind', 'range, missing or key'),
      numberColumn('correlation', '', 'rank correlation', "Spearman's, from -1 to 1"),
      categoryColumn(
        'significant',
        'beyond chance',
        'yes: beyond what no correlation gives, 95 % for all factors together',
      ),
      numberColumn('samples', '', 'n', 'samples behind it'),
      textColumn('leastSetting', 'least', 'setting at one end'),
      textColumn('mostSetting', 'most', 'setting at the other end'),
      textColumn('bounds', 'bounds', 'where the ends come from'),
    ],
    rows: correlations(factors, result).map(({ factor, correlation }) => ({
      factor: factor.name,
      kind: factor.kind,
      correlation,
      significant: Math.abs(correlation) > bound ? 'yes' : 'no',
      samples: result.samples.length,
      leastSetting: factor.least.text,
      mostSetting: factor.most.text,
      bounds: factor.bounds,
    })),
  };
}

function sampleTable(measure: Measure, factors: readonly Factor[], { samples }: SensitivityResult): StudyTable {
  return {
    name: 'samples',
    title: 'Samples',
    description: 'Every sample with the settings of all factors.',
    columns: [
      numberColumn('sample', '', 'sample', 'number of the sample'),
      ...estimateColumns('result', measure.unit, measure.title, measure.title),
      ...factors.map(({ name }, f) => textColumn(`factor${f + 1}`, name, `setting of ${name}`)),
    ],
    rows: samples.map(({ settings, values }, i) => {
      const { value, halfWidth } = overReplications(values);
      return {
        sample: i + 1,
        result: value,
        resultHalfWidth: halfWidth,
        ...Object.fromEntries(settings.map((setting, f) => [`factor${f + 1}`, setting.text])),
      };
    }),
    shown: ['sample', 'result'],
  };
}
