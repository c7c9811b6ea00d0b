import { stringify } from 'yaml';
import { lineDiff } from './diff.js';
import { packs, type Policy, type Source } from './documents.js';
import { type Gateway, Trouble } from './gateway.js';

export type Say = (line: string) => void;

/** Every problem of every policy; 1 where there is one. */
export async function validate(gateway: Gateway, given: Source[], say: Say): Promise<number> {
  let bad = 0;
  for (const { from, policy } of given) {
    const { status, json } = await gateway.call('POST', '/api/policies/validate', policy);
    const problems = status === 400 ? json.errors ?? [{ path: '$', message: json.detail }] : json.problems;
    bad += problems.length;
    say(`${problems.length === 0 ? 'valid  ' : 'invalid'} ${from}`);
    for (const problem of problems)
      say(`  ${problem.path}: ${problem.message}`);
    for (const warning of json.warnings ?? [])
      say(`  warning ${warning.path}: ${warning.message}`);
  }
  return bad === 0 ? 0 : 1;
}

/** All or none as far as they can be known to be good beforehand. */
export async function apply(gateway: Gateway, given: Source[], say: Say): Promise<number> {
  if (gateway.manages && await validate(gateway, given, line => line.startsWith('valid') || say(line)) !== 0)
    throw new Trouble('Nothing was applied.');
  for (const { from, policy } of given) {
    const { status, json } = await gateway.apply(policy);
    if (status !== 200) {
      for (const error of json.errors ?? [])
        say(`  ${error.path}: ${error.message}`);
      throw new Trouble(`${from} was not applied: ${json.reason} ${json.detail}`);
    }
    say(`applied ${json.name}${json.env_name ? ` (${json.env_name})` : ''}: version ${json.version}, ${json.rules} ${json.rules === 1 ? 'rule' : 'rules'}`);
  }
  return 0;
}

/** What applying would change; 1 where it would. */
export async function diff(gateway: Gateway, given: Source[], say: Say): Promise<number> {
  const rows = (await gateway.call('GET', '/api/policies')).json.items as { policy_id: string; name: string; env_name: string | null }[];
  let changed = 0;
  for (const { from, policy } of given) {
    // The gateway's own form of the draft: what is only written in another way is no change.
    const draft = (await gateway.call('POST', '/api/policies/validate', policy)).json.document as Policy | null | undefined;
    if (!draft)
      throw new Trouble(`${from} is not valid; validate tells why.`);
    const row = rows.find(one => one.name === draft.name && (one.env_name ?? null) === (draft.env_name ?? null));
    const stored = row ? (await gateway.call('GET', `/api/policies/${row.policy_id}`)).json.document as Policy : undefined;
    const lines = lineDiff(stored ? text(stored) : [], text(draft));
    if (!lines.some(line => line[0] !== ' '))
      continue;
    changed++;
    say(`--- ${stored ? `${draft.name} as it is` : 'nothing'}`);
    say(`+++ ${from}`);
    for (const line of lines)
      say(line);
  }
  say(changed === 0 ? 'No change.' : `${changed} of ${given.length} would change.`);
  return changed === 0 ? 0 : 1;
}

export function listPacks(say: Say): number {
  for (const name of packs())
    say(name);
  return 0;
}

const text = (policy: Policy): string[] => stringify(policy, { lineWidth: 0 }).trimEnd().split('\n');
