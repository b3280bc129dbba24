import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { InputError } from '../../base/diagnostics.js';
import { compile, loadScenario } from '../../pipeline.js';

/** A small third-party programme: 1,000 service points, of which an ordinary year makes 20 agreements. */
function scenario(counts: string, rest = ''): string {
  return `name: a
catalogues: [smart-meter-texas]
deployment:
  meters: 1000
  counts: { ${counts} }
links: { LAN: { rate: 1 Gbit/s }, Internet: { rate: 1 Gbit/s }, CustLAN: { rate: 1 Mbit/s }, ThirdPartyAccess: { rate: 1 Mbit/s } }
${rest}`;
}

const planOf = (text: string) => compile(loadScenario({ text, file: 'a.yaml' }));

function refusal(text: string): string {
  try {
    planOf(text);
    return '';
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ line, path, code, allowed }) => `${line} ${path} ${code} ${allowed}`).join('; ');
  }
}

const rules = suite('rules of a document');

rules('limit counts at the line that gives them, and not one step earlier', () => {
  const cases: [string, number, number, string][] = [
    ['smtSearchItems', 100, 101, 'up to 100'],
    ['smtListMost', 25, 26, 'up to 25'],
    ['smtInvitationDays', 30, 31, 'up to 30'],
  ];
  for (const [name, most, more, allowed] of cases) {
    assert.is(refusal(scenario(`${name}: ${most}`)), '', name);
    assert.is(refusal(scenario(`${name}: ${more}`)), `5 deployment.counts.${name} OUT_OF_RANGE ${allowed}`);
  }
});

rules(
  'add up what flows have: 89,990 agreements of 1,000 customers and the 10 of campaigns are the 90 of 30 parties',
  () => {
    const year = (agreements: number, parties: number) =>
      refusal(scenario(`smtThirdParties: ${parties}, smtAgreementsPerThousandEsiidYear: ${agreements}`));
    assert.is(year(89_990, 30), '');
    assert.match(
      year(89_991, 30),
      /^undefined payloads\.smt_request_form_cmd \+ smt_api_request_cmd OUT_OF_RANGE up to 90$/,
    );
    assert.match(year(90_001, 30), /^5 deployment\.counts\.\S+ OUT_OF_RANGE up to 90000 \(3 \* 1000/);
    assert.is(year(5_990, 2), '');
    assert.match(year(5_991, 2), /OUT_OF_RANGE up to 6$/);
  },
);

rules('limit rates that payloads set by hand', () => {
  const rate = (perYear: number) =>
    scenario('smtThirdParties: 1', `payloads: { smt_request_form_cmd: { perDay: ${perYear / 365} } }\n`);
  assert.is(refusal(rate(1.2)), ''); // both of its flows, and 0.006 a year by the interface
  assert.match(refusal(rate(1.5)), /payloads\.smt_request_form_cmd.*OUT_OF_RANGE up to 3$/);
});

rules('count what a scenario schedules: three campaigns of one third party leave no room for anything else', () => {
  const campaigns = (times: readonly string[]) =>
    scenario('smtThirdParties: 1', `events:\n${times.map((at) => `  - { smt-campaign: { at: "${at}" } }\n`).join('')}`);
  assert.is(refusal(campaigns(['9:00', '12:00'])), '');
  assert.match(refusal(campaigns(['9:00', '12:00', '15:00'])), /OUT_OF_RANGE up to 3$/);
});

rules(
  'hold for the one that runs campaigns by itself: its fourth of a year is refused, whatever others may have',
  () => {
    const campaigns = (times: readonly string[]) =>
      scenario(
        'smtThirdParties: 30',
        `events:\n${times.map((at) => `  - { smt-campaign: { at: "${at}" } }\n`).join('')}`,
      );
    assert.is(refusal(campaigns(['9:00', '12:00', '15:00'])), '');
    assert.match(refusal(campaigns(['9:00', '12:00', '15:00', '18:00'])), /smt_request_form_cmd OUT_OF_RANGE up to 3$/);
  },
);

rules('limit the time to an answer: an invitation lapses after 30 days', () => {
  const spread = (days: number) =>
    scenario('smtThirdParties: 1', `payloads: { smt_accept_cmd: { spread: ${days} days } }\n`);
  assert.is(refusal(spread(30)), '');
  assert.match(refusal(spread(31)), /smt_accept_cmd\.spread OUT_OF_RANGE up to 30 days/);
});

rules.run();

const oneOf = suite('one of several answers');

oneOf('an invitation is accepted, rejected, too late or not answered, never two of them', () => {
  const plan = planOf(scenario('smtThirdParties: 1'));
  const payloadOf = (source: number) =>
    plan.flows.catalogueFlow[plan.sources.flowItem[plan.sources.flowStart[source]!]!]!.split('/')[2]!;
  const triggers = plan.flows.catalogueFlow.flatMap((id, f) => (id.includes('em201_invitation/portal') ? [f] : []));
  assert.is(triggers.length, 2); // at home and on the move
  for (const trigger of triggers) {
    const groups = new Map<number, { payloads: Set<string>; probability: number }>();
    plan.causes.trigger.forEach((of, row) => {
      if (of !== trigger) return;
      const group = plan.causes.group[row]!;
      const known = groups.get(group) ?? { payloads: new Set(), probability: plan.causes.probability[row]! };
      known.payloads.add(payloadOf(plan.causes.source[row]!));
      groups.set(group, known);
    });
    const shares = new Map([...groups.values()].map((group) => [[...group.payloads].join('+'), group.probability]));
    const rounded = [...shares].map(([name, share]) => [name, Number(share.toFixed(9))]).sort();
    assert.equal(rounded, [
      ['smt_accept_cmd', 0.5],
      ['smt_late_cmd', 0.02],
      ['smt_reject_cmd', 0.1],
    ]);
  }
});

oneOf('are refused when they are more than all, and not one step earlier', () => {
  const shares = (accept: number, reject: number) =>
    refusal(scenario(`smtAcceptShare: ${accept}, smtRejectShare: ${reject}, smtThirdParties: 1`));
  assert.is(shares(0.58, 0.4), ''); // with the 2% that come too late
  assert.match(shares(0.59, 0.4), /payloads CONFLICT up to 100% together/);
});

oneOf.run();
