/** How actors forward, who asks in rounds, and who sends again: what a file may say, and what it is told. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diagnose, load, places, SIX_LINES } from './support.js';

const forwarding = (text: string) => load(`${SIX_LINES}forwarding:\n${text}`).forwarding;

const forward = suite('forwarding');

forward('is at once for actors without an entry, and for those that say so', () => {
  assert.equal(load(SIX_LINES).forwarding, {});
  assert.equal(forwarding('  DAP: at once\n'), {});
});

forward('batches by size and age, data only unless types says otherwise; short names stand for actors', () => {
  assert.equal(forwarding('  DAP: { batch: 64 kB, age: 15 min }\n  AMI Head-End(j): { age: 1 hr, types: [ack] }\n'), {
    DAPjm: { types: ['resp-data'], sizeB: 64_000, ageS: 900, until: undefined },
    'AMI Head-End(j)': { types: ['ack'], sizeB: Number.POSITIVE_INFINITY, ageS: 3600, until: undefined },
  });
});

forward('holds until a payload asks', () => {
  const { DAPjm } = forwarding('  DAP: { hold: until asked by on-demand_Mtr-read_cmd }\n');
  assert.is(DAPjm!.until, 'on-demand_Mtr-read_cmd');
});

forward('tells the nearest actor, payload and type, and that alarms never wait', () => {
  assert.equal(
    places(
      `${SIX_LINES}forwarding:\n  DAB: at once\n  Head-End: { hold: until asked by on-demand_Mtr-red_cmd }\n  MDMS: { age: 1 s, types: [resp-date, alarm] }\n`,
    ),
    [
      '6:3 forwarding.DAB UNKNOWN_NAME DAP',
      '7:21 forwarding.Head-End.hold UNKNOWN_NAME until asked by on-demand_Mtr-read_cmd',
      '8:29 forwarding.MDMS.types[0] UNKNOWN_NAME resp-data',
      '8:40 forwarding.MDMS.types[1] CONFLICT',
    ],
  );
  assert.match(diagnose(`${SIX_LINES}forwarding:\n  DAP: { age: 1 s, types: [alarm] }\n`)[0]!.message, 'never waits');
});

forward('needs to know until when', () => {
  assert.equal(places(`${SIX_LINES}forwarding:\n  DAP: { types: [ack] }\n  Head-End: { hold: for ever }\n`), [
    '6:8 forwarding.DAP MISSING_KEY',
    '7:21 forwarding.Head-End.hold SYNTAX',
  ]);
});

forward.run();

const asking = suite('polling and repetition');

asking('a payload is polled in rounds, with defaults', () => {
  const { payloads, defaults } = load(
    `${SIX_LINES}payloads:\n  on-demand_Mtr-read_cmd: { polling: { timeout: 5 s } }\n`,
  );
  assert.equal(payloads['on-demand_Mtr-read_cmd']!.polling, { concurrency: 1, timeoutS: 5, retries: 1 });
  const noted = defaults.map(({ key }) => key).filter((key) => key.includes('polling'));
  assert.equal(noted, ['payloads.*.polling.concurrency', 'payloads.*.polling.retries']);
});

asking('repetition is of a payload, or of all of a type', () => {
  const scenario = load(
    `${SIX_LINES}retries:\n  alarm: { timeout: 30 s, times: 2 }\n  ack: { timeout: 1 min }\npayloads:\n  on-demand_Mtr-read_cmd: { retry: { timeout: 10 s, times: 5 } }\n`,
  );
  assert.equal(scenario.retries, { alarm: { timeoutS: 30, times: 2 }, ack: { timeoutS: 60, times: 3 } });
  assert.equal(scenario.payloads['on-demand_Mtr-read_cmd']!.retry, { timeoutS: 10, times: 5 });
});

asking('a repetition without a time, at once, or of an unknown type is wrong', () => {
  assert.equal(
    places(`${SIX_LINES}retries:\n  alarms: { timeout: 30 s }\n  ack: { timeout: 0 s }\n  cmd: { times: 3 }\n`),
    [
      '6:3 retries.alarms UNKNOWN_NAME alarm',
      '7:19 retries.ack.timeout OUT_OF_RANGE',
      '8:8 retries.cmd.timeout MISSING_KEY',
    ],
  );
});

asking.run();
