/** Values to try of what varies without steps of its own. */

/** E24 of IEC 60063: 24 values a decade, about 10 % apart. */
const E24 = [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91] as const;

export const SERIES_SOURCE = 'series E24 of IEC 60063: 24 values a decade, about 10 % apart';

/** Values of the series from `least` to `most`, ascending, both included when they are of it. @param least positive */
export function preferredValues(least: number, most: number): number[] {
  const values: number[] = [];
  for (let decade = Math.floor(Math.log10(least)) - 1; 10 ** (decade + 1) <= most * 10; decade++) {
    for (const mantissa of E24) {
      // 3.3 and the like carry noise in the 16th digit.
      const value = Number((mantissa * 10 ** (decade - 1)).toPrecision(12));
      if (value >= least * (1 - 1e-12) && value <= most * (1 + 1e-12)) values.push(value);
    }
  }
  return values;
}

/** The same as whole numbers, each once. */
export function preferredCounts(least: number, most: number): number[] {
  return [...new Set(preferredValues(Math.max(1, least), most).map(Math.round))].filter((n) => n >= least && n <= most);
}
