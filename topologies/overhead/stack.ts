import { InputError } from '../../base/diagnostics.js';
import { nearestName } from '../../base/nearest.js';
import type { Problem } from '../../base/yaml.js';
import { LINK } from './layer-load.js';
import type { Layer, LayerLibrary } from './layer-types.js';
import { layerLibrary } from './layers.js';

/** A stack without layers: application bytes go to the link as they are. */
export const NONE = 'none';

/** Longer than any stack that makes sense; keeps hostile input from costing anything. */
export const MOST_LAYERS = 12;

export interface Stack {
  /** The layers by name, outer first, aliases resolved: `ipv4/tcp/tls1.2/http`; `none` without layers. */
  readonly text: string;
  /** Outer first. */
  readonly layers: readonly Layer[];
}

/** Reads a stack, outer layer first: `ipv6/udp/dtls/coap`. @throws InputError; `file` and `path` say whose text it is */
export function parseStack(text: string, file = '<object>', path = 'stack'): Stack {
  const read = readStack(text, layerLibrary());
  if ('problem' in read) throw new InputError([{ file, path, ...read.problem }]);
  return read.stack;
}

/**
 * Reads a stack, outer layer first. `6lowpan` brings the IPv6 header that it compresses; writing both is the same.
 * @returns the stack, or what is wrong with it: an unknown layer, or one that cannot stand on the one before it
 */
export function readStack(text: string, library: LayerLibrary): { stack: Stack } | { problem: Problem } {
  const words = text.trim() === NONE ? [] : text.split('/').map((word) => word.trim());
  const byName = new Map(library.layers.map((layer) => [layer.name, layer]));
  const layers: Layer[] = [];
  for (const word of words) {
    const names = byName.has(word) ? [word] : library.aliases[word];
    if (names === undefined) return { problem: unknownLayer(word, library) };
    for (const name of names) {
      layers.push(byName.get(name)!);
    }
  }
  if (layers.length > MOST_LAYERS) {
    const allowed = `at most ${MOST_LAYERS} layers`;
    return { problem: { code: 'OUT_OF_RANGE', message: 'the stack has too many layers', found: text, allowed } };
  }
  const whole = withImplied(layers, byName);
  const wrong = whole.findIndex((layer, i) => !fits(layer, whole[i - 1]));
  if (wrong >= 0)
    return { problem: misplaced(text, whole, wrong, library, withImplied([...layers].reverse(), byName)) };
  return { stack: { text: whole.length === 0 ? NONE : nameOf(whole), layers: whole } };
}

/** The compressed network header, which nobody writes behind its adaptation layer. */
function withImplied(layers: readonly Layer[], byName: ReadonlyMap<string, Layer>): Layer[] {
  return layers.flatMap((layer, i) => {
    const inner = Object.keys(layer.compresses ?? {})[0];
    const implied = inner === undefined ? undefined : byName.get(inner);
    return implied === undefined || layers[i + 1]?.kind === implied.kind ? [layer] : [layer, implied];
  });
}

function fits(layer: Layer, outside: Layer | undefined): boolean {
  return outside === undefined
    ? layer.over.includes(LINK)
    : layer.over.includes(outside.kind) || layer.over.includes(outside.name);
}

function nameOf(layers: readonly Layer[]): string {
  return layers.map((layer) => layer.name).join('/');
}

function unknownLayer(word: string, library: LayerLibrary): Problem {
  const names = [NONE, ...library.layers.map((layer) => layer.name), ...Object.keys(library.aliases)];
  const nearest = word === '' ? undefined : nearestName(word, names);
  return {
    code: 'UNKNOWN_NAME',
    message: 'there is no such layer',
    found: word === '' ? '(nothing)' : word,
    allowed: `layers, outer first, with / between them: ${names.join(', ')}`,
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** @param turned the stack as if written inner layer first */
function misplaced(
  text: string,
  layers: readonly Layer[],
  wrong: number,
  library: LayerLibrary,
  turned: readonly Layer[],
): Problem {
  const layer = layers[wrong]!;
  const outside = layers[wrong - 1];
  const carriers = library.layers.filter((other) => layer.over.includes(other.kind) || layer.over.includes(other.name));
  const allowed = [...(layer.over.includes(LINK) ? ['the link itself'] : []), ...carriers.map((other) => other.name)];
  const turnedFits = turned.every((other, i) => fits(other, turned[i - 1]));
  return {
    code: 'CONFLICT',
    message: `${layer.name} cannot stand directly on ${outside === undefined ? 'the link' : outside.name}`,
    found: text,
    allowed: `${layer.name} stands on ${allowed.join(', ')}`,
    ...(turnedFits ? { nearest: nameOf(turned) } : {}),
  };
}
