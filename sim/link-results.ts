/** Rows of link and hour results. */
import { binCount, binLengths } from './bins.js';
import { type BusyHour, busyHour, meanInHour } from './busy-hour.js';
import { serverLayout } from './link-layout.js';
import { directionName, networkDirections } from './networks.js';
import { meanColumn, type Offered, offeredPerBin } from './offered.js';
import type { Plan } from './plan.js';
import type { ReplicationStats } from './replication.js';
import type { HourResult, LinkResult } from './results.js';
import { meanHalfWidth } from './student-t.js';
import { domainShare, transmitterLoad } from './transmitter-load.js';
import type { Volumetrics } from './volumetrics.js';

const BUSIEST_S = 10;
const DAY_S = 86_400;

/** `centre`, or kind and number from 1 on: `dap 17`. */
export function areaLabel(plan: Plan, kind: number, instance: number): string {
  return kind === 0 ? plan.areas.kind[kind] : `${plan.areas.kind[kind]} ${instance + 1}`;
}

/**
 * One row per link and area instance, in the plan's order; figures are means per replication, except the largest queue.
 * Rates in bit/s are offered ones. Utilisations are those of the transmitter: a half-duplex medium counts both
 * directions, and premises are averaged. The mean utilisation is what was carried (without a simulation what is offered,
 * at most 1); that of the busy hour is what was offered, above 1 where it is too much. O(link instances x bins).
 * @param bytesPerBin decides which hour is the busy one: of a single replication that of all replications
 */
export function linkResults(
  plan: Plan,
  replications: readonly ReplicationStats[],
  expected: Volumetrics,
  offered: Offered,
  bytesPerBin: Float64Array = offered.bytes,
): LinkResult[] {
  const { links, servers, time } = plan;
  const bins = binCount(time);
  const simulated = replications.length > 0;
  const mean = (column: (of: ReplicationStats['links']) => Float64Array): Float64Array | undefined =>
    simulated ? meanColumn(replications, (stats) => column(stats.links)) : undefined;
  const messages = mean((of) => of.messages) ?? expected.links.messages;
  const bytes = mean((of) => of.bytes) ?? expected.links.bytes;
  const carriedB = mean((of) => of.carriedB);
  const busiest10sB = mean((of) => of.busiest10sB);
  const waitingIntegralBs = mean((of) => of.waitingIntegralBs);
  const drops = mean((of) => of.droppedMessages);
  const frames = mean((of) => of.frames);
  const retries = mean((of) => of.retries);
  const collisions = mean((of) => of.collisions);
  const lost = mean((of) => of.lostMessages);
  const rows = expected.linkStart[links.name.length];
  const busyHours = Array.from({ length: rows }, (_, row) =>
    busyHour(time, bytesPerBin.subarray(row * bins, (row + 1) * bins)),
  );
  const loads = rowLoads(plan, replications, expected, offered, busyHours);
  // Of each replication only what a row shows is kept, not the columns of bins behind it.
  const each =
    replications.length < 2
      ? []
      : replications.map((one) => rowLoads(plan, [one], expected, offeredPerBin(plan, [one], expected), busyHours));

  return links.name.flatMap((link, l) => {
    const server = links.server[l];
    const instances = expected.linkStart[l + 1] - expected.linkStart[l];
    return Array.from({ length: instances }, (_, instance): LinkResult => {
      const row = expected.linkStart[l] + instance;
      const busy = busyHours[row];
      const endpoints = plan.areas.endpoints[links.kind[l]][instance];
      const perEndpointDay = (total: number) => (total / endpoints) * (DAY_S / time.horizonS);
      return {
        link,
        network: links.network[l],
        direction: directionName(links.direction[l]),
        area: areaLabel(plan, links.kind[l], instance),
        dataFlow: links.dataFlow[l],
        endpoints,
        messagesPerEndpointDay: perEndpointDay(messages[row]),
        bytesPerEndpointDay: perEndpointDay(bytes[row]),
        copies: servers.copies[server],
        rateBps: links.rateBps[l],
        offeredMessages: messages[row],
        offeredB: bytes[row],
        carriedB: carriedB?.[row] ?? NaN,
        meanBps: (8 * bytes[row]) / time.horizonS,
        busyHour: busy.label,
        busyHourBps: busy.bps,
        busiest10sBps: (8 * (busiest10sB?.[row] ?? NaN)) / BUSIEST_S,
        utilisation: loads.mean[row],
        utilisationHalfWidth: meanHalfWidth(each.map((of) => of.mean[row])),
        busyHourUtilisation: loads.inBusyHour[row],
        busyHourUtilisationHalfWidth: meanHalfWidth(each.map((of) => of.inBusyHour[row])),
        queueMeanB: (waitingIntegralBs?.[row] ?? NaN) / time.horizonS,
        queueMaxB: simulated ? Math.max(...replications.map((stats) => stats.links.waitingMaxB[row])) : NaN,
        drops: drops?.[row] ?? NaN,
        technology: plan.media[servers.medium[server]]?.name ?? '',
        frames: frames?.[row] ?? NaN,
        retries: retries?.[row] ?? NaN,
        collisions: collisions?.[row] ?? NaN,
        lost: lost?.[row] ?? NaN,
        closedFormB: expected.links.bytes[row],
        closedFormMessages: expected.links.messages[row],
        closedFormBusyHourBps: busyHour(time, expected.bins.bytes.subarray(row * bins, (row + 1) * bins)).bps,
      };
    });
  });
}

/** Utilisations per link instance, of its transmitter. */
interface RowLoads {
  /** Over the run, at most 1. */
  readonly mean: Float64Array;
  /** Not clipped. */
  readonly inBusyHour: Float64Array;
}

/** Of the mean of the replications; expected without any. O(replications x link instances + link instances x bins). */
function rowLoads(
  plan: Plan,
  replications: readonly ReplicationStats[],
  expected: Volumetrics,
  offered: Offered,
  busyHours: readonly BusyHour[],
): RowLoads {
  const { links, time } = plan;
  const bins = binCount(time);
  const serverStart = serverLayout(plan);
  const meanOf = (column: (of: ReplicationStats['links']) => Float64Array) =>
    replications.length === 0 ? undefined : meanColumn(replications, (stats) => column(stats.links));
  const bytes = meanOf((of) => of.carriedB) ?? expected.links.bytes;
  const utilisation = transmitterLoad(plan, bytes, [time.horizonS], expected.links);
  const airtimeS = meanOf((of) => of.airtimeS);
  if (airtimeS !== undefined) mediaLoad(plan, airtimeS, expected.linkStart, utilisation);
  const [mean, inBusyHour] = [new Float64Array(busyHours.length), new Float64Array(busyHours.length)];
  for (let link = 0; link < links.name.length; link++) {
    for (let row = expected.linkStart[link]; row < expected.linkStart[link + 1]; row++) {
      const transmitter = serverStart[links.server[link]] + row - expected.linkStart[link];
      mean[row] = Math.min(1, utilisation[transmitter]);
      inBusyHour[row] = meanInHour(
        time,
        offered.load.subarray(transmitter * bins, (transmitter + 1) * bins),
        busyHours[row].hour,
      );
    }
  }
  return { mean, inBusyHour };
}

/**
 * One row per network, direction and bin, summed over the links; bytes and messages offered, means per replication. The
 * utilisation weights the links' transmitters by their capacity, links of unlimited rate left out; the worst is that of
 * the most loaded transmitter. O(replications x link instances x bins).
 */
export function hourResults(
  plan: Plan,
  replications: readonly ReplicationStats[],
  expected: Volumetrics,
  offered: Offered,
): HourResult[] {
  const { links, servers, time } = plan;
  const bins = binCount(time);
  const seconds = binLengths(time);
  const serverStart = serverLayout(plan);
  const { load } = offered;
  return networkDirections(plan).flatMap(({ network, direction, links: members }) =>
    seconds.map((binS, bin): HourResult => {
      const each = new Float64Array(replications.length);
      const total = { bytes: 0, messages: 0, expectedB: 0, expectedMessages: 0, carriableBps: 0, usedBps: 0, worst: 0 };
      for (const link of members) {
        const server = links.server[link];
        const capacityBps = links.rateBps[link] * servers.copies[server];
        for (let i = 0; i < expected.linkStart[link + 1] - expected.linkStart[link]; i++) {
          const cell = (expected.linkStart[link] + i) * bins + bin;
          const share = load[(serverStart[server] + i) * bins + bin];
          for (let k = 0; k < each.length; k++) each[k] += replications[k].bins.bytes[cell];
          total.bytes += offered.bytes[cell];
          total.messages += offered.messages[cell];
          total.expectedB += expected.bins.bytes[cell];
          total.expectedMessages += expected.bins.messages[cell];
          if (capacityBps === Infinity) continue;
          total.carriableBps += capacityBps;
          total.usedBps += capacityBps * share;
          total.worst = Math.max(total.worst, share);
        }
      }
      return {
        network,
        direction: directionName(direction),
        bin,
        label: time.binLabel[bin],
        hour: time.binHour[bin],
        bytes: total.bytes,
        messages: total.messages,
        bps: (8 * total.bytes) / binS,
        bpsHalfWidth: meanHalfWidth(Array.from(each, (bytes) => (8 * bytes) / binS)),
        utilisation: total.carriableBps > 0 ? total.usedBps / total.carriableBps : 0,
        worstUtilisation: total.worst,
        closedFormBytes: total.expectedB,
        closedFormMessages: total.expectedMessages,
      };
    }),
  );
}

/**
 * Puts the measured share of time that media are taken in the place of what their bytes make; of a mesh, in which many
 * send at once, what the domain of its gateway bears. Copies are averaged.
 */
function mediaLoad(plan: Plan, airtimeS: Float64Array, linkStart: Uint32Array, load: Float64Array): void {
  const { links, servers, time } = plan;
  const serverStart = serverLayout(plan);
  servers.medium.forEach((medium, server) => {
    if (medium >= 0) load.fill(0, serverStart[server], serverStart[server + 1]);
  });
  links.server.forEach((server, link) => {
    if (servers.medium[server] < 0) return;
    const perS = domainShare(plan.media[servers.medium[server]]) / (time.horizonS * servers.copies[server]);
    for (let i = 0; i < linkStart[link + 1] - linkStart[link]; i++) {
      load[serverStart[server] + i] += airtimeS[linkStart[link] + i] * perS;
    }
  });
}
