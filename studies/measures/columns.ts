/** Columns of tables whose shape depends on the study. */
import type { Column, Unit } from '../../reports/columns.js';
import type { Measure } from './measures.js';

export function textColumn(name: string, heading: string, description: string): Column {
  return { name, type: 'text', unit: '', heading, description };
}

export function categoryColumn(name: string, heading: string, description: string): Column {
  return { name, type: 'category', unit: '', heading, description };
}

export function numberColumn(name: string, unit: Unit, heading: string, description: string): Column {
  return { name, type: 'float64', unit, heading, description };
}

/** A mean over replications and the half width of its interval. */
export function estimateColumns(
  name: string,
  unit: Unit,
  heading: string,
  description: string,
  interval = '95 %',
): Column[] {
  const halfWidth = `${name}HalfWidth`;
  return [
    { ...numberColumn(name, unit, heading, description), interval: { halfWidth } },
    numberColumn(
      halfWidth,
      unit,
      `${heading} ±`,
      `half width of the ${interval} interval (Student's t over replications)`,
    ),
  ];
}

/** A name for a column of a measure: letters, digits and underlines. */
export function columnName(measure: Pick<Measure, 'id'>): string {
  return measure.id.replace(/[^A-Za-z0-9]+/g, '_');
}
