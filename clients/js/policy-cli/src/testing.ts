import { isDeepStrictEqual } from 'node:util';
import type { Case } from './cases.js';
import type { Say } from './commands.js';
import type { Gateway } from './gateway.js';

const AT_ONCE = 8;

/** Runs cases and says which failed, and why; 1 where one did. */
export async function test(gateway: Gateway, cases: Case[], say: Say, verbose: boolean): Promise<number> {
  const outcomes = new Array<string[]>(cases.length);
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, cases.length) }, async () => {
    for (let i = next++; i < cases.length; i = next++)
      outcomes[i] = await run(gateway, cases[i]!);
  }));
  for (const [i, faults] of outcomes.entries()) {
    const { file, name } = cases[i]!;
    if (faults.length > 0 || verbose)
      say(`${faults.length === 0 ? 'ok    ' : 'FAILED'} ${file}: ${name}`);
    for (const fault of faults)
      say(`       ${fault}`);
  }
  const failed = outcomes.filter(faults => faults.length > 0).length;
  say(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function run(gateway: Gateway, one: Case): Promise<string[]> {
  if (!one.simulation)
    return [one.problem!];
  const { status, json } = await gateway.call('POST', '/api/policies/simulate', one.simulation);
  if (status !== 200)
    return one.want.refused === json.reason ? [] : [`refused: ${json.reason} ${json.detail}`, ...(json.errors ?? []).map((error: any) => `${error.path}: ${error.message}`)];
  const faults = Object.entries(one.want).flatMap(([key, wanted]) => {
    const check = CHECKS[key];
    const fault = check ? check(json, wanted) : 'is nothing that can be wanted of a simulation';
    return fault ? [`${key}: ${fault}`] : [];
  });
  return faults.length === 0 ? [] : [...faults, ...told(json)];
}

type Check = (answer: any, wanted: any) => string | undefined;

const equal = (member: string): Check => (answer, wanted) => isDeepStrictEqual(answer[member] ?? '', wanted) ? undefined : `wanted ${show(wanted)}, got ${show(answer[member])}`;
const has = (values: (answer: any) => string[]): Check => (answer, wanted) => {
  const missing = wanted.filter((one: string) => !values(answer).includes(one));
  return missing.length === 0 ? undefined : `${missing.join(', ')} missing in [${values(answer).join(' ')}]`;
};
const sent = (answer: any): string => answer.sanitized_body === null || answer.sanitized_body === undefined ? '' : JSON.stringify(answer.sanitized_body);
const absent: Check = (answer, wanted) => wanted.map(String).find((one: string) => sent(answer).toLowerCase().includes(one.toLowerCase())) && 'something is sent that should be gone';

/** What a case may want, and how it is looked at. Values that were to be hidden are never said. */
const CHECKS: Record<string, Check> = {
  decision: equal('decision'), band: equal('risk_band'), tool: equal('tool_name'), operation: equal('operation'), verb: equal('verb'),
  policy: equal('policy_name'), rule: equal('rule_id'), classes: equal('classifications'), body: equal('sanitized_body'),
  reasons: has(answer => answer.reason_codes),
  no_reasons: (answer, wanted) => wanted.some((one: string) => answer.reason_codes.includes(one)) ? `[${answer.reason_codes.join(' ')}]` : undefined,
  kinds: has(answer => answer.findings.map((finding: any) => finding.kind)),
  paths: has(answer => answer.findings.map((finding: any) => finding.path)),
  gone: absent, not_kept: absent,
  left: (answer, wanted) => wanted.every((one: unknown) => sent(answer).includes(String(one))) ? undefined : 'something is gone that should be left',
  refused: () => 'the call was not refused',
};

function told(answer: any): string[] {
  const rules = (answer.rules as { policy_name: string; rule_id: string; matched: boolean; failed_on: string | null }[])
    .map(rule => `${rule.matched ? 'matched' : `not on ${rule.failed_on}`}: ${rule.policy_name} / ${rule.rule_id}`);
  return [`got ${answer.decision} [${answer.reason_codes.join(' ')}] for ${answer.tool_name}.${answer.operation} ${answer.verb}`, ...rules.map(rule => `  ${rule}`)];
}

const show = (value: unknown): string => typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing';
