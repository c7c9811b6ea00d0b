#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { HookVerdict } from '@interven/sdk-js/hooks';

const USAGE = `A PreToolUse hook of Claude Code that asks Interven: reads the event from standard input, prints the permission decision.

  interven-claude-code-hook [--wait SECONDS] [--auto-allow] [--agent-id ID]
  --wait SECONDS   how long to wait for a person (default 45; keep the hook's own timeout some 10 s above it)
  --auto-allow     what Interven allows needs no confirmation in Claude Code either; absent, Claude Code's own permissions go on to hold

INTERVEN_API_KEY, INTERVEN_GATEWAY_URL (http://127.0.0.1:8080); INTERVEN_FAIL_OPEN=1 lets tools run while Interven is out.
`;

async function main(argv: string[]): Promise<void> {
  // Loaded here, so that a broken installation is a refusal too.
  const { askAboutTool, readInput } = await import('@interven/sdk-js/hooks');
  const { values } = parseArgs({
    args: argv,
    options: { wait: { type: 'string', default: '45' }, 'auto-allow': { type: 'boolean', default: false }, 'agent-id': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help)
    return console.log(USAGE);
  if (!/^\d{1,5}$/.test(values.wait))
    throw new Error('--wait is a whole number of seconds.');
  const event = await readInput();
  if (event.hook_event_name !== 'PreToolUse')
    throw new Error('the event is no PreToolUse');
  const verdict = await askAboutTool({ runtime: 'claude-code', wait: Number(values.wait) * 1000, agentId: values['agent-id'] }, event.tool_name, event.tool_input);
  console.log(JSON.stringify(outputOf(verdict, values['auto-allow'])));
}

/** A pass says nothing, so that what the user has set up in Claude Code still asks; a rewritten input is shown before it runs. */
function outputOf(verdict: HookVerdict, autoAllow: boolean): object {
  const output = (permissionDecision: string, more: object = {}): object => ({
    hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision, permissionDecisionReason: verdict.reason, ...more },
  });
  switch (verdict.kind) {
    case 'pass': return autoAllow ? output('allow') : {};
    case 'rewrite': return output(autoAllow ? 'allow' : 'ask', { updatedInput: verdict.input });
    default: return output('deny');
  }
}

main(process.argv.slice(2)).catch(error => {
  // 2 is the one exit code that blocks the tool.
  console.error(`Interven could not be asked, so the tool does not run: ${(error as Error).message}`);
  process.exit(2);
});
