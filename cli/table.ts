/**
 * Plain columns for a terminal: left-aligned text, right-aligned numbers, two blanks between; the last column is not
 * padded, so that long texts wrap by themselves.
 */
export function columns(rows: readonly (readonly (string | number)[])[], heads?: readonly string[]): string {
  const all = heads === undefined ? rows : [heads, ...rows];
  const widths: number[] = [];
  for (const row of all) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, String(cell).length);
    });
  }
  return all
    .map((row) =>
      row
        .map((cell, i) => {
          if (typeof cell === 'number') return String(cell).padStart(widths[i]!);
          return i === row.length - 1 ? cell : cell.padEnd(widths[i]!);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
