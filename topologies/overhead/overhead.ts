import { InputError } from '../../base/diagnostics.js';
import type { Technology } from '../technology-types.js';
import type { Layer, Step } from './layer-types.js';
import { type Carried, carried, type FrameRun, framesOf, joined, type Run, type Way } from './medium.js';
import type { Stack } from './stack.js';

/** How an application message becomes bytes on a medium. */
export interface Overhead {
  readonly stack: string;
  readonly technology: string;
  readonly way: Way;
  /** Application bytes, rounded up. */
  readonly sizeB: number;
  /** Inner first, as the message passes them; the link comes last. */
  readonly layers: readonly LayerBytes[];
  /** Packets as the link takes them. */
  readonly packets: readonly Run[];
  readonly frames: readonly FrameRun[];
  /** The message's own packets. */
  readonly message: Carried;
  /** Messages back in the other direction, by layer; those of the link are in `message.linkAckS`. */
  readonly acknowledgements: readonly LayerTraffic[];
  /** Once per session, both directions, inner layers after outer ones. */
  readonly setup: readonly LayerTraffic[];
  /** Each so often while a session lasts, both directions. */
  readonly keepAlive: readonly (LayerTraffic & { readonly intervalS: number })[];
}

export interface LayerBytes {
  readonly layer: string;
  readonly step: string;
  /** Units that leave the step. */
  readonly units: number;
  /** Bytes that the step adds to all of them together. */
  readonly addedB: number;
}

/** Messages of a layer, both directions together. */
export interface LayerTraffic extends Carried {
  readonly layer: string;
  readonly messages: number;
  readonly byWay: Readonly<Record<Way, Carried>>;
}

/** A step on its way out, with the layers around it in mind. */
interface PlacedStep {
  readonly layer: Layer;
  readonly step: Step;
  /** On the medium, compressed or not. */
  readonly headerB: number;
  /** Largest payload that goes into one unit; Infinity without a limit. */
  readonly mostB: number;
}

/**
 * What lies on the medium for one application message. Each layer, from the inside out, cuts what it is given into units
 * and adds to each; the link then cuts packets into frames and adds to those. Pure; O(layers), whatever the size.
 * @param sizeB application bytes, at least 0; a part of a byte counts as one
 * @throws RangeError for a size below 0 or none; InputError (CONFLICT) when headers leave nothing of a packet or frame of the technology
 * Leaves out: repetitions, waiting for the medium, polls, and acknowledgements of acknowledgements (which ride on data).
 */
export function overheadOf(stack: Stack, sizeB: number, technology: Technology, way: Way = 'up'): Overhead {
  const size = Math.ceil(sizeB);
  if (!(size >= 0)) throw new RangeError(`overheadOf: ${sizeB} is no size in bytes`);
  const steps = placed(stack, technology);
  const back = way === 'up' ? 'down' : 'up';
  const layers: LayerBytes[] = [];
  const acknowledgements: LayerTraffic[] = [];
  let units: readonly Run[] = [{ count: 1, sizeB: size }];
  steps.forEach((place, i) => {
    const out = passed(units, place);
    layers.push({ layer: place.layer.name, step: place.step.name, units: counted(out), addedB: sum(out) - sum(units) });
    units = out;
    const { layer, step } = place;
    if (layer.acknowledgement !== undefined && step === layer.steps[0]) {
      const count = Math.ceil(counted(out) / layer.acknowledgement.every);
      const outside = steps.slice(i + 1).filter((other) => other.layer !== layer);
      const message = { sizeB: layer.acknowledgement.sizeB, way: back } as const;
      acknowledgements.push(traffic(layer, [{ ...message, count }], outside, technology));
    }
  });
  const frames = framesOf(units, technology, way);
  const message = carried(units, frames, technology, way);
  layers.push({ layer: technology.name, step: 'frame', units: message.frames, addedB: message.bytes - sum(units) });
  return {
    stack: stack.text,
    technology: technology.name,
    way,
    sizeB: size,
    layers,
    packets: units,
    frames,
    message,
    acknowledgements,
    setup: sessions(stack, steps, (layer, outside) =>
      layer.setup === undefined
        ? undefined
        : traffic(
            layer,
            layer.setup.map(({ from, sizeB: bytes }) => ({
              count: 1,
              sizeB: bytes,
              way: from === 'client' ? way : back,
            })),
            outside,
            technology,
          ),
    ),
    keepAlive: sessions(stack, steps, (layer, outside) => {
      if (layer.keepAlive === undefined) return undefined;
      const { intervalS, requestB, answerB } = layer.keepAlive;
      const both = [
        { count: 1, sizeB: requestB, way },
        { count: answerB > 0 ? 1 : 0, sizeB: answerB, way: back },
      ] as const;
      return { ...traffic(layer, both, outside, technology), intervalS };
    }),
  };
}

/** Steps inner first, each with what fits into one unit. */
function placed(stack: Stack, technology: Technology): PlacedStep[] {
  let compressed = new Map<string, number>();
  const result: PlacedStep[] = [];
  /** Largest unit that passes all that is outside without being cut again. */
  let roomB = technology.framing.mtuB;
  for (const layer of stack.layers) {
    const headerB = compressed.get(layer.name);
    // Compression reaches inward as far as headers follow one another that it knows.
    if (headerB === undefined) compressed = new Map(Object.entries(layer.compresses ?? {}));
    for (const step of [...layer.steps].reverse()) {
      const fitting = payloadWithin(step, step.fits === 'frame' ? technology.framing.payloadB : roomB);
      const mostB = Math.min(step.payloadB ?? Infinity, step.fits === undefined ? Infinity : fitting);
      const needB = Math.max(1, step.alignB ?? 1) + Math.max(step.firstB ?? 0, step.furtherB ?? 0);
      if (mostB < needB) throw noRoom(stack, layer, technology);
      result.push({ layer, step, headerB: headerB ?? step.headerB, mostB });
      // What is cut for frames is put together again, so that the room within stays that of a packet.
      if (step.fits !== 'frame') roomB = Math.min(step.payloadB ?? Infinity, fitting);
    }
  }
  return result.reverse();
}

/** Largest payload of a step's unit of at most so many bytes, counted uncompressed. */
function payloadWithin(step: Step, unitB: number): number {
  let payloadB = unitB - step.headerB;
  while (payloadB > 0 && payloadB + addedB(step, payloadB, step.headerB) > unitB) payloadB--;
  return payloadB;
}

/** Header, checks and padding of one unit. */
function addedB(step: Step, payloadB: number, headerB: number): number {
  const checks = step.checkedB === undefined ? 0 : Math.ceil(payloadB / step.checkedB) * step.checkB!;
  if (step.padToB === undefined) return headerB + checks;
  const filled = payloadB + step.paddedWithB!;
  return headerB + checks + Math.ceil(filled / step.padToB) * step.padToB - filled;
}

/** What leaves a step for what it is given. */
function passed(units: readonly Run[], { step, headerB, mostB }: PlacedStep): Run[] {
  const given = step.stream === true ? [{ count: 1, sizeB: sum(units) }] : units;
  const unit = (count: number, payloadB: number, moreB: number): Run => ({
    count,
    sizeB: payloadB + addedB(step, payloadB, headerB) + moreB,
  });
  const out = given.flatMap(({ count, sizeB }) => {
    if (sizeB <= mostB) return [unit(count, sizeB, 0)];
    const { firstB = 0, furtherB = 0, alignB = 1 } = step;
    const aligned = (payloadB: number) => payloadB - (payloadB % alignB);
    const first = aligned(mostB - firstB);
    const further = aligned(mostB - furtherB);
    const full = Math.max(0, Math.ceil((sizeB - first - (mostB - furtherB)) / further));
    const last = sizeB - first - full * further;
    return [unit(count, first, firstB), unit(count * full, further, furtherB), unit(count, last, furtherB)];
  });
  return joined(out);
}

/** Messages that begin at a layer, through all that is outside of it. */
function traffic(
  layer: Layer,
  messages: readonly { readonly count: number; readonly sizeB: number; readonly way: Way }[],
  outside: readonly PlacedStep[],
  technology: Technology,
): LayerTraffic {
  const each = messages.map(({ count, sizeB, way }) => {
    const packets = outside
      .reduce<readonly Run[]>((units, place) => passed(units, place), [{ count: 1, sizeB }])
      .map((run) => ({ ...run, count: run.count * count }));
    return { way, on: carried(packets, framesOf(packets, technology, way), technology, way) };
  });
  const total = (some: typeof each): Carried => {
    const of = (key: keyof Carried) => some.reduce((all, { on }) => all + on[key], 0);
    return {
      packets: of('packets'),
      frames: of('frames'),
      bytes: of('bytes'),
      airtimeS: of('airtimeS'),
      gapS: of('gapS'),
      linkAckS: of('linkAckS'),
    };
  };
  const only = (way: Way) => total(each.filter((one) => one.way === way));
  return {
    layer: layer.name,
    messages: messages.reduce((all, message) => all + message.count, 0),
    ...total(each),
    byWay: { up: only('up'), down: only('down') },
  };
}

/** What `of` says for each layer, outer first, with the steps outside of it. */
function sessions<T>(
  stack: Stack,
  steps: readonly PlacedStep[],
  of: (layer: Layer, outside: readonly PlacedStep[]) => T | undefined,
): T[] {
  return stack.layers
    .map((layer, depth) => {
      const outer = stack.layers.slice(0, depth).reduce((count, other) => count + other.steps.length, 0);
      return of(layer, outer === 0 ? [] : steps.slice(-outer));
    })
    .filter((one) => one !== undefined);
}

function counted(units: readonly Run[]): number {
  return units.reduce((count, run) => count + run.count, 0);
}

function sum(units: readonly Run[]): number {
  return units.reduce((bytes, run) => bytes + run.count * run.sizeB, 0);
}

function noRoom(stack: Stack, layer: Layer, { name, framing }: Technology): InputError {
  return new InputError([
    {
      code: 'CONFLICT',
      file: '<object>',
      path: 'stack',
      message: `the headers up to ${layer.name} leave nothing of a packet of ${framing.mtuB} B of ${name}`,
      found: stack.text,
      allowed: 'a technology with larger packets, or fewer layers',
    },
  ]);
}
