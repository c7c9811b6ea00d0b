import { dirname, resolve } from 'node:path';
import { packFiles, parse, read, type Policy } from './documents.js';
import { Trouble } from './gateway.js';

/** One row of a file of cases: a call, and the decision that it must get. */
export interface Case {
  file: string;
  name: string;
  want: Record<string, any>;
  /** The body of a simulation; null where the row asks for what only a whole engine can do. */
  simulation: Record<string, unknown> | null;
  /** Why not. */
  problem?: string;
}

/** Cases are the same whenever they run: a Monday morning, unless they say otherwise. */
const USUAL_TIME = '2026-03-02T10:00:00Z';

const SOURCES = ['policies', 'posted', 'files', 'pack'];
const ROW = new Set(['name', 'request', 'want', 'at', 'agent', 'settings', ...SOURCES]);
const AGENT = new Set(['trust', 'new_destination', 'volume_burst', 'unknown']);

/** @param own Policies under test for files that name none. Without any, the tenant's own policies are asked. */
export function casesOf(file: string, own: Policy[], withStored: boolean): Case[] {
  const table = read(file);
  if (!Array.isArray(table?.cases) || table.cases.length === 0)
    throw new Trouble(`${file} has no cases.`);
  return table.cases.map((row: Record<string, any>, i: number): Case => {
    const name = String(row?.name ?? `case ${i + 1}`);
    const unknown = Object.keys(row ?? {}).find(key => !ROW.has(key)) ?? Object.keys(row?.agent ?? {}).find(key => !AGENT.has(key));
    if (unknown || !row.request || !row.want)
      return { file, name, want: {}, simulation: null, problem: unknown ? `\`${unknown}\` cannot be simulated` : '`request` and `want` are required' };
    const from = SOURCES.some(key => key in row) ? row : table;
    const policies = SOURCES.some(key => key in from) ? policiesOf(from, file) : own;
    return {
      file, name, want: row.want,
      simulation: {
        scan: row.request, at: row.at ?? USUAL_TIME, agent: row.agent,
        ...(policies.length > 0 ? { policies, alone: !withStored } : {}),
      },
    };
  });
}

function policiesOf(from: Record<string, any>, file: string): Policy[] {
  return [
    ...(from.pack ? packFiles(String(from.pack)).map(read) : []),
    ...(from.files ?? []).map((path: string) => read(resolve(dirname(file), path))),
    ...(from.posted ?? []).map((text: string) => parse(text, file)),
    ...(from.policies ?? []),
  ];
}
