import { InputError } from '../base/diagnostics.js';
import { formatNumber, formatSeconds, plural } from '../reports/format.js';
import type { Way } from '../topologies/overhead/medium.js';
import { type LayerTraffic, type Overhead, overheadOf } from '../topologies/overhead/overhead.js';
import { parseStack } from '../topologies/overhead/stack.js';
import { findTechnology } from '../topologies/technologies.js';
import { columns } from './table.js';

export interface OverheadOptions {
  /** Application bytes. */
  readonly bytes: number;
  readonly technology: string;
  /** Absent: up. */
  readonly direction?: Way;
  readonly json?: boolean;
}

const COMMAND = 'fanplan overhead';

/** `fanplan overhead STACK --bytes N --technology T`: how application bytes become bytes on the medium. */
export function overhead(stack: string, options: OverheadOptions): void {
  const { bytes } = options;
  if (!(bytes >= 0 && bytes <= 1e12)) {
    throw new InputError([
      {
        code: 'OUT_OF_RANGE',
        file: COMMAND,
        path: '--bytes',
        message: 'this is no size of a message',
        found: String(bytes),
        allowed: 'bytes from 0 to 1000000000000',
      },
    ]);
  }
  const layers = parseStack(stack, COMMAND, 'stack');
  const technology = findTechnology(options.technology, COMMAND, '--technology');
  const result = overheadOf(layers, bytes, technology, options.direction);
  if (options.json === true) console.log(JSON.stringify(result, null, 2));
  else print(result);
}

function print(result: Overhead): void {
  const { stack, technology, way, sizeB, message } = result;
  console.log(`${plural(sizeB, 'application byte')} over ${stack} on ${technology}, ${way}\n`);
  const layers = result.layers.map(({ layer, step, units, addedB }) => [layer, step, units, addedB]);
  console.log(columns(layers, ['layer', 'unit', 'units', 'adds B']));
  const frames = result.frames.map((run) => [
    run.count,
    run.payloadB,
    run.frameB,
    run.onMediumB,
    formatSeconds(run.airtimeS),
  ]);
  console.log(`\n${columns(frames, ['frames', 'payload B', 'frame B', 'with preamble B', 'airtime'])}`);
  const share = sizeB === 0 ? '' : `, ${formatNumber(message.bytes / sizeB)} times the application bytes`;
  console.log(`\n${plural(message.bytes, 'byte')} on the medium in ${plural(message.frames, 'frame')}${share}`);
  console.log(
    `${formatSeconds(message.airtimeS)} of airtime, ${formatSeconds(message.linkAckS)} of acknowledgements of the link, ` +
      `${formatSeconds(message.gapS)} of gaps; without waiting and repetition`,
  );
  const more = [
    ...result.acknowledgements.map((traffic) => row('acknowledges', traffic)),
    ...result.setup.map((traffic) => row('once per session', traffic)),
    ...result.keepAlive.map((traffic) => row(`every ${formatSeconds(traffic.intervalS)}`, traffic)),
  ];
  if (more.length > 0) {
    console.log(`\n${columns(more, ['also', 'layer', 'messages', 'frames', 'bytes on the medium', 'airtime'])}`);
  }
}

function row(what: string, { layer, messages, frames, bytes, airtimeS }: LayerTraffic): (string | number)[] {
  return [what, layer, messages, frames, bytes, formatSeconds(airtimeS)];
}
