import { inflateSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runPictures } from '../../reports/charts/all.js';
import { pngFile } from '../../reports/png.js';
import { renderSvg } from '../../reports/render.js';
import { makeResults } from './fixture.js';

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of each pixel, row by row. */
  readonly rgba: Uint8Array;
}

/** Decodes an 8-bit RGBA file without interlacing (PNG, third edition, chapters 5, 7 and 9). */
function pixelsOf(png: Uint8Array): Pixels {
  const buffer = Buffer.from(png);
  assert.is(buffer.toString('latin1', 1, 4), 'PNG');
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  assert.equal([...buffer.subarray(24, 26), buffer[28]], [8, 6, 0]);
  const data: Buffer[] = [];
  for (let at = 8; at < buffer.length; at += 12 + buffer.readUInt32BE(at)) {
    if (buffer.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(buffer.subarray(at + 8, at + 8 + buffer.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * 4;
  const rgba = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]!;
    for (let i = 0; i < stride; i++) {
      const left = i < 4 ? 0 : rgba[y * stride + i - 4]!;
      const up = y === 0 ? 0 : rgba[(y - 1) * stride + i]!;
      const corner = i < 4 || y === 0 ? 0 : rgba[(y - 1) * stride + i - 4]!;
      rgba[y * stride + i] = raw[y * (stride + 1) + 1 + i]! + predicted(filter, left, up, corner);
    }
  }
  return { width, height, rgba };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Share of pixels that are not white, within a box in pixels. */
function inked({ width, rgba }: Pixels, x: number, y: number, w: number, h: number): number {
  let dark = 0;
  for (let row = y; row < y + h; row++) {
    for (let column = x; column < x + w; column++) {
      const at = (row * width + column) * 4;
      if (rgba[at]! + rgba[at + 1]! + rgba[at + 2]! < 600) dark++;
    }
  }
  return dark / (w * h);
}

const png = suite('pngFile');
const svgOf = (text: string, style = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><style>${style}</style><text x="10" y="26" font-family="system-ui, Segoe UI, sans-serif" font-size="20" fill="#1f2328">${text}</text></svg>`;

png('labels are there: a font that the machine need not have draws them', async () => {
  const shown = pixelsOf(await pngFile(svgOf('NAN up, dap 4')));
  const blank = pixelsOf(await pngFile(svgOf('')));
  assert.ok(inked(shown, 20, 10, 260, 50) > 0.05);
  assert.is(inked(blank, 0, 0, blank.width, blank.height), 0);
});

png('signs of the charts are glyphs of their own, not boxes', async () => {
  const one = async (sign: string): Promise<string> =>
    Buffer.from(pixelsOf(await pngFile(svgOf(sign))).rgba).toString('base64');
  const missing = await one('\u{10ffff}');
  for (const sign of ['µ', '≤', '∞', '−', '–', '→', '×', '…', '±', 'é']) assert.is.not(await one(sign), missing, sign);
});

for (const makePicture of runPictures(makeResults())) {
  const picture = makePicture('wide');
  png(`${picture.name}: the title is drawn, on white ground whatever the reader's screen prefers`, async () => {
    const svg = await renderSvg(picture, { use: 'alone' });
    const pixels = pixelsOf(await pngFile(svg));
    assert.is(pixels.width, 2 * Math.ceil(Number(/ width="([\d.]+)"/.exec(svg)![1])));
    assert.ok(inked(pixels, 8, 8, 300, 30) > 0.03, 'title');
    assert.equal([...pixels.rgba.subarray(0, 4)], [255, 255, 255, 255]);
  });
}

png('the same picture gives the same bytes', async () => {
  assert.ok(Buffer.from(await pngFile(svgOf('x'))).equals(Buffer.from(await pngFile(svgOf('x')))));
});
png.run();
