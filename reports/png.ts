/** Pictures as PNG, for documents and slides that take no SVG. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** DejaVu Sans comes with the program: without a font of its own every label would silently vanish. */
const fontFolder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const FONT = 'DejaVu Sans';

/** Two pixels of the file for one of the picture: sharp on paper at 190 dpi and page width. */
const SCALE = 2;

/**
 * A picture that stands alone as PNG on white ground. The same picture gives the same bytes on every machine, since no
 * font of the system is used. About 50 ms.
 * @param svg as `renderSvg(…, { use: 'alone' })` gives it
 */
export async function pngFile(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const picture = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fontFolder, file)),
      defaultFontFamily: FONT,
      sansSerifFamily: FONT,
    },
  });
  return picture.render().asPng();
}
