import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { agent, disburse } from './running/graph.mjs';
import { startSlack } from './running/slack.mjs';
import { APPROVE_PAYMENTS, eventually, product, tenant } from './running/tenant.mjs';

let slack;
before(async () => slack = await startSlack(`${product.url}/v1/slack/interactions`));
after(() => slack?.stop());

async function desk() {
  const given = await tenant(APPROVE_PAYMENTS);
  const { hook, webhook } = slack.channel();
  await given.admin('POST', '/api/alerts', {
    type: 'slack', name: hook, webhook_url: webhook, signing_secret: slack.secret, events: ['REQUIRE_APPROVAL'], min_risk: 'any',
  }, 201);
  return { ...given, card: () => eventually(async () => (await slack.messages()).find(message => message.place === hook && !message.replaced)) };
}

test('a LangGraph agent pauses, is approved by a signed click in Slack, and finishes in the same invoke', async () => {
  const given = await desk();
  const { runs, run } = agent(given, [disburse(25_000), 'The money is on its way.']);
  const running = run();
  const card = await given.card();
  assert.equal(runs.length, 0);
  assert.equal((await slack.click(card.ts, 'interven_approve')).status, 200);
  const { messages } = await running;
  assert.equal(messages.at(-1).content, 'The money is on its way.');
  assert.equal(runs.length, 1);
});

test('a click on Deny is what the agent hears', async () => {
  const given = await desk();
  const { runs, run } = agent(given, [disburse(9), 'I will not pay.']);
  const running = run();
  await slack.click((await given.card()).ts, 'interven_deny');
  const { messages } = await running;
  assert.match(messages.at(-2).content, /^BLOCKED: .*a reviewer denied/);
  assert.equal(runs.length, 0);
});

// The bound of 50 ms is held where nothing else runs (latency.alone.test.mjs); the way through the workspace is told, not judged.
test('every click in Slack wakes its agent, and says how soon', async t => {
  const took = [];
  for (let i = 0; i < 9; i++) {
    const given = await desk();
    const { runs, run } = agent(given, [disburse(100 + i), 'Done.']);
    const running = run();
    const card = await given.card();
    await given.waitedFor();
    const click = performance.now();
    const clicked = slack.click(card.ts, 'interven_approve');
    await running;
    await clicked;
    took.push(runs[0].at - click);
  }
  took.sort((a, b) => a - b);
  t.diagnostic(`click in Slack to next step: median ${took[4].toFixed(1)} ms, worst ${took.at(-1).toFixed(1)} ms`);
  assert.equal(took.length, 9);
});
