#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { HookVerdict } from '@interven/sdk-js/hooks';

const USAGE = `A preToolUse hook of GitHub Copilot (CLI, coding agent, VS Code) that asks Interven: reads the event from standard input, prints the permission decision.

  interven-copilot-hook [--wait SECONDS] [--rewrite] [--agent-id ID]
  --wait SECONDS   how long to wait for a person (default 20; keep the hook's own timeoutSec some 10 s above it)
  --rewrite        the host applies a changed input; absent, a call that must be sanitised is denied, because a host that does not would send it as it was

INTERVEN_API_KEY, INTERVEN_GATEWAY_URL (http://127.0.0.1:8080); INTERVEN_FAIL_OPEN=1 lets tools run while Interven is out.
`;

interface Use { tool: unknown; input: unknown; vscode: boolean }

async function main(argv: string[]): Promise<void> {
  // Loaded here, so that a broken installation is a refusal too.
  const { askAboutTool, readInput } = await import('@interven/sdk-js/hooks');
  const { values } = parseArgs({
    args: argv,
    options: { wait: { type: 'string', default: '20' }, rewrite: { type: 'boolean', default: false }, 'agent-id': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help)
    return console.log(USAGE);
  if (!/^\d{1,5}$/.test(values.wait))
    throw new Error('--wait is a whole number of seconds.');
  const use = useOf(await readInput());
  const verdict = await askAboutTool({ runtime: 'copilot', wait: Number(values.wait) * 1000, agentId: values['agent-id'] }, use.tool, use.input);
  console.log(JSON.stringify(outputOf(verdict, use.vscode, values.rewrite)));
}

/** The CLI and the coding agent say `toolName` and `toolArgs` (JSON in a string); VS Code says `tool_name` and `tool_input`. */
function useOf(event: Record<string, unknown>): Use {
  if ('tool_name' in event)
    return { tool: event.tool_name, input: event.tool_input, vscode: true };
  return { tool: event.toolName, input: typeof event.toolArgs === 'string' ? JSON.parse(event.toolArgs || '{}') : event.toolArgs, vscode: false };
}

function outputOf(verdict: HookVerdict, vscode: boolean, rewrite: boolean): object {
  if (verdict.kind === 'pass')
    return {};
  const rewritten = verdict.kind === 'rewrite' && rewrite;
  const reason = verdict.kind === 'rewrite' && !rewrite ? `${verdict.reason} Make the call again without what was found.` : verdict.reason;
  const decision = { permissionDecision: rewritten ? 'allow' : 'deny', permissionDecisionReason: reason };
  if (vscode)
    return { hookSpecificOutput: { hookEventName: 'PreToolUse', ...decision, ...(rewritten ? { updatedInput: verdict.input } : {}) } };
  return { ...decision, ...(rewritten ? { modifiedArgs: verdict.input } : {}) };
}

main(process.argv.slice(2)).catch(error => {
  const reason = `Interven could not be asked, so the tool does not run: ${(error as Error).message}`;
  // Said in both forms and with success: hosts read the decision of a hook that ended well, and differ on what a failed one means.
  console.log(JSON.stringify({ permissionDecision: 'deny', permissionDecisionReason: reason, hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } }));
  console.error(reason);
});
