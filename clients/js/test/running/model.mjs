import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage } from '@langchain/core/messages';

/** A chat model that says its lines: a list of tool calls makes one message, text another. It keeps what it was told, with the time. */
export class ScriptedChatModel extends BaseChatModel {
  constructor(lines) {
    super({});
    this.lines = lines;
    this.heard = [];
  }

  _llmType() {
    return 'scripted';
  }

  bindTools() {
    return this;
  }

  async _generate(messages) {
    this.heard.push({ at: performance.now(), last: messages.at(-1) });
    const line = this.lines[Math.min(this.heard.length, this.lines.length) - 1];
    const message = typeof line === 'string' ? new AIMessage(line)
      : new AIMessage({ content: '', tool_calls: line.map(({ name, args }, i) => ({ name, args, id: `call-${this.heard.length}-${i}`, type: 'tool_call' })) });
    return { generations: [{ text: typeof line === 'string' ? line : '', message }] };
  }
}
