#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { casesOf } from './cases.js';
import { apply, diff, listPacks, validate } from './commands.js';
import { sources, type Source } from './documents.js';
import { Gateway, Trouble } from './gateway.js';
import { test } from './testing.js';

const USAGE = `Interven policies as code.

  interven-policy validate FILE|FOLDER... [--pack NAME]   every problem by its path; changes nothing
  interven-policy diff     FILE|FOLDER... [--pack NAME]   what applying would change; exits with 1 where it would
  interven-policy test     CASES...       [--policy FILE|FOLDER] [--pack NAME] [--with-stored] [--verbose]
  interven-policy apply    FILE|FOLDER... [--pack NAME]   applies; the same content makes no new version
  interven-policy packs                                   the packs that come with it

  --env NAME   bind the policies to this environment

INTERVEN_GATEWAY_URL (http://127.0.0.1:8080), INTERVEN_TOKEN (iv_svc_…, role admin or developer). apply also takes INTERVEN_API_KEY with the scope policies:write.
Exits with 0 for done, 1 for problems, changes or failed cases, 2 for trouble, 64 for a command that is none.
`;

/** A command that is none. */
class Usage extends Error {}

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv, allowPositionals: true,
    options: {
      pack: { type: 'string', multiple: true, default: [] }, env: { type: 'string' }, policy: { type: 'string', multiple: true, default: [] },
      'with-stored': { type: 'boolean', default: false }, verbose: { type: 'boolean', short: 'v', default: false }, help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, ...paths] = positionals;
  const say = (line: string): void => console.log(line);
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const gateway = new Gateway();
  const given = (from: string[]): Source[] => bound(sources(from, values.pack), values.env);
  switch (command) {
    case 'packs': return listPacks(say);
    case 'validate': return validate(gateway, some(given(paths)), say);
    case 'diff': return diff(gateway, some(given(paths)), say);
    case 'apply': return apply(gateway, some(given(paths)), say);
    case 'test': {
      const own = given(values.policy).map(source => source.policy);
      return test(gateway, some(paths).flatMap(path => casesOf(path, own, values['with-stored'])), say, values.verbose);
    }
    default: throw new Usage(command ? `${command} is no command.` : 'A command is needed; --help tells which there are.');
  }
}

/** Nothing given is nothing done, which must not look like success. */
function some<T>(given: T[]): T[] {
  if (given.length === 0)
    throw new Usage('Files, folders or --pack NAME are needed.');
  return given;
}

const bound = (given: Source[], env: string | undefined): Source[] =>
  env === undefined ? given : given.map(({ from, policy }) => ({ from, policy: { ...policy, env_name: env } }));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`interven-policy: ${(error as Error).message}`);
  const isUsage = error instanceof Usage || String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  process.exitCode = isUsage ? 64 : 2;
  if (!isUsage && !(error instanceof Trouble))
    console.error((error as Error).stack);
}
