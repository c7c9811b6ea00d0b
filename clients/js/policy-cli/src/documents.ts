import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { Trouble } from './gateway.js';

export type Policy = Record<string, unknown> & { name?: string; env_name?: string | null };

/** One policy, and where it comes from. */
export interface Source { from: string; policy: Policy }

// In the package, and in the repository that it is made from.
const PACKS = ['../packs', '../../../../engine/Policies/Packs'].map(path => resolve(import.meta.dirname, path)).find(path => existsSync(path));

export const packs = (): string[] => PACKS ? readdirSync(PACKS).sort() : [];

/** The files, those of the folders, and those of the packs. */
export function sources(paths: string[], names: string[] = []): Source[] {
  const found = [...paths.flatMap(path => filesOf(path)), ...names.flatMap(name => packFiles(name))];
  return found.map(from => ({ from, policy: policyOf(from) }));
}

export function packFiles(name: string): string[] {
  if (!packs().includes(name))
    throw new Trouble(`There is no pack ${name}; there are ${packs().join(', ')}.`);
  return filesOf(join(PACKS!, name));
}

/** YAML or JSON; anchors and tags are refused here as the gateway refuses them. */
export function read(path: string): any {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Trouble(`${path} cannot be read.`);
  }
  return parse(text, path);
}

export function parse(text: string, from: string): any {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, merge: false });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem)
    throw new Trouble(`${from}: ${problem.message.split('\n')[0]}`);
  return document.toJS({ maxAliasCount: 0 });
}

function policyOf(path: string): Policy {
  const policy = read(path);
  if (policy === null || typeof policy !== 'object' || Array.isArray(policy))
    throw new Trouble(`${path} is no policy.`);
  return policy as Policy;
}

function filesOf(path: string): string[] {
  if (!existsSync(path))
    throw new Trouble(`${path} is not there.`);
  if (!statSync(path).isDirectory())
    return [path];
  const files = readdirSync(path).filter(name => /\.(ya?ml|json)$/.test(name)).sort().map(name => join(path, name));
  if (files.length === 0)
    throw new Trouble(`${basename(path)} has no policies.`);
  return files;
}
