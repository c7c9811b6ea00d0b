import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { intervenToolNode } from '@interven/sdk-js/langgraph';
import { z } from 'zod';
import { ScriptedChatModel } from './model.mjs';

/** Tools that note when they ran, and with what. */
export function toolbox() {
  const runs = [];
  const make = (name, shape, extra = {}) => tool(args => {
    runs.push({ name, args, at: performance.now() });
    return extra.responseFormat ? [`${name} done`, { receipt: 7 }] : `${name} done for ${JSON.stringify(args)}`;
  }, { name, description: name, schema: z.object(shape), ...extra });
  return {
    runs,
    tools: [
      make('create_disbursement', { to: z.string(), amount: z.number() }), make('delete_ledger', { id: z.string() }),
      make('send_note', { text: z.string() }), make('pay_out', { amount: z.number() }, { responseFormat: 'content_and_artifact' }),
    ],
  };
}

export function agent(given, lines, { client, ...options } = {}) {
  const box = toolbox();
  const llm = new ScriptedChatModel(lines);
  const tools = intervenToolNode(box.tools, { client: given.client({ agentId: 'loan-agent', ...client }), ...options });
  return { ...box, llm, run: () => createReactAgent({ llm, tools }).invoke({ messages: [{ role: 'user', content: 'go on' }] }) };
}

export const disburse = amount => [{ name: 'create_disbursement', args: { to: 'ACME Logistics', amount } }];
