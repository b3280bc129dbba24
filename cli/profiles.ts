import { openNamedCatalogues } from '../scenarios/catalogues.js';
import { type RowScope, rowsUnder } from '../scenarios/profile-scope.js';
import { openTopology } from '../scenarios/topology-view.js';
import { allProfiles, decodeProfile, describeProfile } from '../topologies/index.js';
import type { DeploymentProfile } from '../topologies/types.js';
import { columns } from './table.js';

export interface ProfilesOptions {
  readonly json?: boolean;
  readonly catalogue?: readonly string[];
}

/** `fanplan profiles`: all 948; `fanplan profiles CODE`: its decisions, and which rows of the catalogue it carries. */
export function profiles(code: string | undefined, options: ProfilesOptions): void {
  if (code === undefined) list(options.json === true);
  else explain(decodeProfile(code), options);
}

function list(json: boolean): void {
  const all = allProfiles();
  if (json) {
    console.log(JSON.stringify(all, null, 2));
    return;
  }
  const rows = all.map((profile) => [
    profile.code,
    profile.kind,
    profile.printed ? `printed (${profile.tables.join(', ')})` : 'derived',
    describeProfile(profile)
      .map(({ decision, words }) => `${decision}: ${words}`)
      .join('; '),
  ]);
  console.log(columns(rows, ['profile', 'kind', 'origin', 'decisions']));
  console.log(`\n${all.length} profiles`);
}

function explain(profile: DeploymentProfile, { json = false, catalogue: names }: ProfilesOptions): void {
  const { catalogue, model } = openNamedCatalogues(names);
  const rows = rowsUnder(catalogue, profile, openTopology(profile, model));
  const carried = rows.filter((row) => row.reason === undefined);
  const out = rows.filter((row): row is RowScope & { reason: string } => row.reason !== undefined);
  if (json) {
    const outOfScope = out.map(({ row, reason }) => ({
      section: row.section,
      payload: row.payload,
      useCase: row.useCase,
      reason,
    }));
    console.log(JSON.stringify({ ...profile, rowsIn: carried.length, rowsOut: out.length, outOfScope }, null, 2));
    return;
  }
  if (profile.kind === 'none') console.log('none: neither advanced metering nor distribution automation\n');
  else explainDecisions(profile);
  console.log(`${carried.length} of ${rows.length} rows are in scope.`);
  const byReason = new Map<string, string[]>();
  for (const { row, reason } of out) byReason.set(reason, [...(byReason.get(reason) ?? []), row.payload]);
  const lines = [...byReason]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([reason, payloads]) => [payloads.length, reason, [...new Set(payloads)].join(', ')]);
  if (lines.length > 0) console.log(`\n${columns(lines, ['rows out', 'reason', 'payloads'])}`);
}

function explainDecisions(profile: DeploymentProfile): void {
  const origin = profile.printed ? `printed in table ${profile.tables.join(' and ')}` : 'derived from the decisions';
  console.log(`${profile.code} (${profile.kind}, ${origin})\n`);
  console.log(`${columns(describeProfile(profile).map(({ decision, words }) => [decision, words]))}\n`);
}
