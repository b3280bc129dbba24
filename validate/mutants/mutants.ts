/** Faults to plant in the compiled program, one at a time, and the cases that must notice. */

export interface Mutant {
  /** The fault, in words. */
  readonly fault: string;
  /** Compiled file, from the folder of the build. */
  readonly file: string;
  /** Text that occurs once in it, and what takes its place. */
  readonly find: string;
  readonly replace: string;
  /** Cases to run: `--only`. At least one of their rows must turn red. */
  readonly only: string;
}

const ENGINE = 'sim/engine';
const MEDIA = `${ENGINE}/media`;
const SERVERS = `${ENGINE}/servers`;

export const mutants: readonly Mutant[] = [
  {
    fault: 'priority preempts',
    file: `${SERVERS}/turns.js`,
    find: 'if (this.isIdle(transmitter, nowS)) {',
    replace: 'if (this.isIdle(transmitter, nowS) || this.order.queueOf(m, transmitter) === transmitter) {',
    only: 'M/M/1 priority, load 0.7|alarm before bulk',
  },
  {
    fault: 'the least urgent class goes first',
    file: `${SERVERS}/order.js`,
    find: 'if (!fair)\n                return queue;',
    replace: 'if (!fair) { best = queue; continue; }',
    only: 'M/G/1 priority, load 0.7',
  },
  {
    fault: 'fair weights equal',
    file: `${SERVERS}/order.js`,
    find: 'const weight = weights[Math.min(priority, weights.length - 1)] ?? 1;',
    replace: 'const weight = 1;',
    only: 'fair, equal',
  },
  {
    fault: 'sizes redrawn per hop',
    file: `${ENGINE}/sizes.js`,
    find: 'sizeLaw[row] === SizeLaw.exponentialPerHop ?',
    replace: 'true ?',
    only: 'sizes kept over hops, load 0.7',
  },
  {
    fault: 'sizes kept where they are redrawn',
    file: `${ENGINE}/sizes.js`,
    find: 'sizeLaw[row] === SizeLaw.exponentialPerHop ?',
    replace: 'false ?',
    only: 'service redrawn per hop, load 0.7',
  },
  {
    fault: 'propagation forgotten',
    file: `${SERVERS}/pipes.js`,
    find: 'const arriveS = endS + this.delayS[link];',
    replace: 'const arriveS = endS;',
    only: 'two hops|master, one after',
  },
  {
    fault: 'waits are not added up',
    file: `${SERVERS}/lines.js`,
    find: 'nowS, freeS);',
    replace: 'nowS, (nowS + freeS) / 2);',
    only: 'M/M/1, load 0.7|laws: first-look',
  },
  {
    fault: 'buffer counts one too many',
    file: `${SERVERS}/queues.js`,
    find: 'this.waiting[transmitter] >= this.bufferMessages[server]',
    replace: 'this.waiting[transmitter] > this.bufferMessages[server]',
    only: 'M/M/1/5|full buffer',
  },
  {
    fault: 'messages that are dropped vanish',
    file: `${SERVERS}/accounts.js`,
    find: 'this.fates.lost(m, nowS);',
    replace: 'if (column !== this.stats.droppedMessages) this.fates.lost(m, nowS); else this.messages.free(m);',
    only: 'M/M/1/5|full buffer',
  },
  {
    fault: 'acknowledgements free',
    file: `${SERVERS}/services.js`,
    find: 'byHop[at + 6] = framings.ackS[row];',
    replace: 'byHop[at + 6] = 0;',
    only: '10 frames over|frames of half duplex',
  },
  {
    fault: 'acknowledgements of contended media free',
    file: `${MEDIA}/radios.js`,
    find: 'freeS += parcel.ackS;',
    replace: '',
    only: 'CSMA/CA, 5 nodes',
  },
  {
    fault: 'a retry forgotten',
    file: `${SERVERS}/services.js`,
    find: 'const most = terms.retries;',
    replace: 'const most = Math.max(0, terms.retries - 1);',
    only: 'frames: loss 0.3, 2 retries',
  },
  {
    fault: 'timeouts take no time',
    file: `${SERVERS}/services.js`,
    find: 'Math.max(terms.timeoutS, restS)',
    replace: 'restS',
    only: 'M/G/1 of repetitions, load 0.7',
  },
  {
    fault: 'residual loss ignored',
    file: `${SERVERS}/services.js`,
    find: '(residualLoss > 0 &&',
    replace: '(false &&',
    only: 'without repetition',
  },
  {
    fault: 'turn-around free',
    file: `${SERVERS}/services.js`,
    find: '? access.turnaroundS : 0',
    replace: '? 0 : 0',
    only: 'half duplex with turn-around, load 0.7|frames of half duplex',
  },
  {
    fault: 'broadcast counted once per listener',
    file: `${ENGINE}/offer.js`,
    find: 'stats.offered(linkInstance, sizeB, nowS);',
    replace:
      'stats.offered(linkInstance, sizeB * (program.hops.members[h]?.[messages.uints[(m << INTS) | INSTANCE]] ?? 1), nowS);',
    only: 'broadcast',
  },
  {
    fault: 'collisions ignored',
    file: `${MEDIA}/air.js`,
    find: 'other.hit = true;',
    replace: '',
    only: 'ALOHA, load 0.5',
  },
  {
    fault: 'hidden nodes heard',
    file: `${MEDIA}/hidden-pairs.js`,
    find: '>= this.hiddenShare',
    replace: '>= 0',
    only: 'all hidden from each other, load 0.7',
  },
  {
    fault: 'slots ignored',
    file: `${MEDIA}/aloha.js`,
    find: 'if (this.slotS > 0)',
    replace: 'if (this.slotS < 0)',
    only: 'slotted ALOHA, load 0.5',
  },
  {
    fault: 'backoff exponent not growing',
    file: `${MEDIA}/csma.js`,
    find: 'job.exponent = Math.min(job.exponent + 1, mostExponent);',
    replace: '',
    only: 'CSMA/CA, 10 nodes',
  },
  {
    fault: 'contention window not doubling',
    file: `${MEDIA}/dcf.js`,
    find: 'Math.min(2 * (station.window + 1) - 1, access.mostWindow)',
    replace: 'access.leastWindow',
    only: 'DCF, 20 stations',
  },
  {
    fault: 'polls that get lost cost nothing',
    file: `${MEDIA}/polled.js`,
    find: 'const timeoutS = polledS + access.timeoutS;',
    replace: 'const timeoutS = polledS;',
    only: 'polled medium in saturation',
  },
  {
    fault: 'grants at any time',
    file: `${MEDIA}/scheduled.js`,
    find: 'grantPeriodS > 0 ?',
    replace: 'false ?',
    only: 'TDMA), load 0.3',
  },
  {
    fault: 'preambles never meet',
    file: `${MEDIA}/scheduled.js`,
    find: '=== 1);',
    replace: '>= 1);',
    only: 'random access, 6000',
  },
  {
    fault: 'relays take no hops',
    file: `${MEDIA}/mesh-tree.js`,
    find: 'return i + 1;',
    replace: 'return 1;',
    only: 'one message at a time',
  },
  {
    fault: 'phases of periodic devices not kept',
    file: `${ENGINE}/rings.js`,
    find: 'return combine(this.program.key[si], device) >>> (HASH_BITS - this.phaseBits[row]);',
    replace: 'return 0;',
    only: 'nD/D/1), load 0.7',
  },
  {
    fault: 'a window shifted by an hour',
    file: `${ENGINE}/sources.js`,
    find: 'this.dayStartS + windows.fromS[interval]',
    replace: 'this.dayStartS + windows.fromS[interval] + 3600',
    only: 'by day and clock',
  },
  {
    fault: 'late counted as delivered in time',
    file: `${ENGINE}/statistics.js`,
    find: 'this.lateDelivered[flow] += receivers;',
    replace: '',
    only: 'budget, load 0.3|deadlines after',
  },
  {
    fault: 'percentiles from the lower bucket edge',
    file: 'sim/histogram-quantile.js',
    find: 'if (below >= rank)\n            return bucketEdgeS(histogram.first + i + 1);',
    replace: 'if (below >= rank)\n            return bucketEdgeS(histogram.first + i);',
    only: 'M/M/1, load 0.3|M/D/1, load 0.3',
  },
  {
    fault: 'a message to be repeated is given up',
    file: `${ENGINE}/pending.js`,
    find: 'if (this.repeats[p] < retries[row])',
    replace: 'if (false)',
    only: 'asked again|master, answers lost',
  },
  {
    fault: 'shared parts fail twice',
    file: 'sim/availability.js',
    find: 'new Map(parts.map((part) => [part.name, part.up])).values()',
    replace: 'parts.map((part) => part.up)',
    only: 'three routes',
  },
  {
    fault: 'a day of 23 hours counted as 24',
    file: 'sim/simulate.js',
    find: 'nowS += lengthS;',
    replace: 'nowS += dayLengthS[0];',
    only: 'by day and clock',
  },
];
