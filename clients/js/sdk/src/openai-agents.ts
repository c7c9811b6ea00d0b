import type { FunctionTool } from '@openai/agents';
import type { IntervenClient, ScanRequest } from './client.js';
import { IntervenError, UnscannableError, wordsForModel } from './errors.js';
import type { GateOptions } from './gate.js';
import { requestFor } from './guard.js';
import { screen, type ResponseMode } from './responses.js';

export interface GuardedFunctionOptions extends Omit<GateOptions, 'idempotencyKey' | 'signal'> {
  client: IntervenClient;
  /** `return_message` (default): the model is told why, and goes on. `raise`: the run ends with the error. */
  onBlock?: 'return_message' | 'raise';
  /** What to do with the tool's result: `off` (default), `report` or `redact`. */
  responses?: ResponseMode;
  /** More of the request, such as the real `url` that the tool calls. */
  request?: Partial<ScanRequest>;
}

/** A function tool of the OpenAI Agents SDK behind the gate: it runs with what was allowed, waits for a person where one must decide, or does not run. */
export function guardTool<T extends FunctionTool<any, any, any>>(tool: T, options: GuardedFunctionOptions): T {
  const invoke: T['invoke'] = async (context, input, details) => {
    const signal = (details as { signal?: AbortSignal } | undefined)?.signal;
    try {
      const args = argumentsOf(input);
      const permit = await options.client.gate({ ...requestFor(options.client, tool.name, options, 'openai-agents'), body: args }, { ...options, signal });
      const result = await tool.invoke(context, permit.decision === 'ALLOW' ? input : JSON.stringify(permit.body), details);
      return await screen(options.client, permit, result, options.responses, signal);
    } catch (error) {
      if (options.onBlock === 'raise' || !(error instanceof IntervenError))
        throw error;
      return wordsForModel(error);
    }
  };
  return { ...tool, invoke };
}

function argumentsOf(input: string): unknown {
  try {
    return JSON.parse(input || '{}');
  } catch (cause) {
    throw new UnscannableError('The model did not write the arguments as JSON.', { cause });
  }
}
