import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { busyHour, perSecondInHour } from '../../sim/busy-hour.js';
import type { PlanTime } from '../../sim/plan.js';

/** Hours of a run that starts at `startHour`. */
function timeOf(startHour: number, horizonS: number): PlanTime {
  const bins = Math.ceil(horizonS / 3600);
  const hours = Array.from({ length: bins }, (_, b) => (startHour + b) % 24);
  return {
    startLocal: '2026-07-16T00:00:00',
    zone: 'UTC',
    horizonS,
    binS: 3600,
    binLabel: hours.map((hour) => `2026-07-16 ${String(hour).padStart(2, '0')}:00`),
    binHour: Uint8Array.from(hours),
    dayLengthS: Float64Array.of(86400),
    dayKind: new Uint8Array(Math.ceil(horizonS / 86400)),
    warmUpDays: 0,
  };
}

const busy = suite('busyHour');

busy('is the clock hour with the most bytes, by its clock time', () => {
  const bytes = new Float64Array(24).fill(900);
  bytes[1] = 4500;
  assert.equal(busyHour(timeOf(6, 86400), bytes), { hour: 7, label: '07:00', bytes: 4500, bps: 10 });
});

busy('takes the mean over the days, so that one odd day does not decide', () => {
  const bytes = new Float64Array(48);
  bytes[3] = 1000; // 03:00 once
  bytes[8] = 600; // 08:00 on both days
  bytes[32] = 600;
  assert.is(busyHour(timeOf(0, 2 * 86400), bytes).label, '08:00');
  assert.is(busyHour(timeOf(0, 2 * 86400), bytes).bytes, 600);
});

busy('counts an hour that the horizon cuts by its seconds', () => {
  const { label, bytes } = busyHour(timeOf(0, 2.25 * 3600), Float64Array.of(100, 100, 50));
  assert.is(label, '02:00');
  assert.is(bytes, 200);
});

busy('is the first of equal hours, rounding apart', () => {
  assert.is(busyHour(timeOf(5, 3 * 3600), Float64Array.of(0.3, 0.1 + 0.2, 0.3)).label, '05:00');
});

busy('does not exist without traffic', () => {
  assert.equal(busyHour(timeOf(0, 86400), new Float64Array(24)), { hour: -1, label: '', bytes: 0, bps: 0 });
});

busy.run();

const perSecond = suite('perSecondInHour');

perSecond('is the mean over all bins of the hour', () => {
  const values = new Float64Array(26);
  values[1] = 3600;
  values[25] = 7200;
  assert.is(perSecondInHour(timeOf(0, 26 * 3600), values, 1), 1.5);
  assert.is(perSecondInHour(timeOf(0, 26 * 3600), values, -1), 0);
});

perSecond.run();
