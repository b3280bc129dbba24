/**
 * Width of a line of text in pixels, for laying out labels without a browser: widths of the wider common sans-serif
 * fonts by class of character, so that labels rather leave a little room than run into each other. It replaces both of
 * Vega's own measures, 0.8 em per character, which cuts labels short, and that of a canvas, which differs by machine.
 */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) em += widthOf(character);
  return Math.ceil(em * fontSize);
}

function widthOf(character: string): number {
  if (/[ijl.,:;|!'()[\]I ]/.test(character)) return 0.36;
  if (/[ftr\-/]/.test(character)) return 0.42;
  if (/[mwMW%@]/.test(character)) return 0.95;
  if (/[A-Z_]/.test(character)) return 0.7;
  return character.codePointAt(0)! > 0x2e7f ? 1 : 0.62;
}
