// What run.sh measures with: node measure.mjs URL KEY SECONDS RATE
import { createRequire } from 'node:module';
import { Agent, request } from 'node:http';
const { chromium } = createRequire(import.meta.url)('../../Console.Tests/bin/Release/net10.0/.playwright/package');
const [base, key, seconds, rate] = process.argv.slice(2);

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--enable-precise-memory-info'] });
const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const line = (what, numbers, bar) => console.log(`${what}: ${Math.round(median(numbers))} ms (${numbers.map(Math.round).join(', ')}), bar ${bar} ms ${median(numbers) <= bar ? 'met' : 'MISSED'}`);

// A first visit, each time with an empty cache: until the form can be typed into.
async function firstLoad() {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 860 } });
  const page = await context.newPage(), cdp = await context.newCDPSession(page);
  let bytes = 0, files = 0;
  await cdp.send('Network.enable');
  cdp.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; files++; });
  const begun = performance.now();
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.fill('#email', 'anna@bank.example');
  const took = performance.now() - begun;
  return { context, page, cdp, took, bytes: () => bytes, files: () => files };
}

const visits = [];
for (let n = 0; n < 3; n++) {
  const visit = await firstLoad();
  visits.push(visit.took);
  if (n < 2) await visit.context.close(); else globalThis.last = visit;
}
const { page, cdp, bytes, files } = globalThis.last;
console.log(`first load: ${(bytes() / 1e6).toFixed(2)} MB on the wire in ${files()} files, bar 4 MB ${bytes() <= 4e6 ? 'met' : 'MISSED'}`);
line('interactive on an empty cache', visits, 3000);

await page.fill('#password', 'correct horse battery staple');
await page.click('button[type=submit]');
await page.locator('.tile').first().waitFor();


// In the page itself: from the press until the answer is there and drawn.
const helper = () => {
  window.timed = async (act, path) => {
    performance.clearResourceTimings();
    const begun = performance.now(), channel = new MessageChannel(), turn = () => new Promise(go => { channel.port1.onmessage = go; channel.port2.postMessage(0); });
    act();
    const answered = () => performance.getEntriesByType('resource').some(entry => entry.name.includes(path) && entry.responseEnd > begun);
    while (!answered() || document.querySelector('.loading, [aria-busy=true]')) await turn();
    await new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)));
    return performance.now() - begun;
  };
  window.choose = (label, value) => {
    const field = [...document.querySelectorAll('.filters label')].find(one => one.querySelector('span').innerText.trim() === label).querySelector('select, input');
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  };
};
await page.evaluate(helper);

const openings = [];
for (let n = 0; n < 5; n++) {
  openings.push(await page.evaluate(() => timed(() => document.querySelector('.side-link[href=activity]').click(), '/telemetry/decisions?')));
  await page.evaluate(() => document.querySelector('.side-link[href=approvals]').click());
  await page.locator('.tab').first().waitFor();
}
line('Activity, first page', openings, 300);
await page.evaluate(() => document.querySelector('.side-link[href=activity]').click());
await page.locator('tbody a.name').first().waitFor();

const trace = (await page.locator('tbody a.name').nth(20).getAttribute('href')).split('/').pop();
const filters = [
  ['Time', '15m'], ['Time', '1h'], ['Time', '24h'], ['Decision', 'ALLOW'], ['Decision', 'DENY'], ['Risk', 'CRITICAL'], ['Data', 'SECRETS'], ['Agent', 'underwriter'], ['Agent', 'nobody-at-all'],
  ['Tool', 'stripe'], ['Operation', 'settle_claim'], ['Search', 'SECRET_DETECTED'], ['Search', 'underwriter'], ['Search', 'nothing has these words'], ['Search', trace],
];
for (const [label, value] of filters) {
  const times = [];
  for (let n = 0; n < 3; n++) {
    times.push(await page.evaluate(([label, value]) => timed(() => choose(label, value), '/telemetry/decisions?'), [label, value]));
    await page.evaluate(label => timed(() => choose(label, ''), '/telemetry/decisions?'), label);
  }
  line(`filter ${label} = ${value}`, times, 500);
}
const both = [];
for (let n = 0; n < 3; n++) {
  await page.evaluate(() => timed(() => choose('Decision', 'DENY'), '/telemetry/decisions?'));
  both.push(await page.evaluate(() => timed(() => choose('Agent', 'underwriter'), '/telemetry/decisions?')));
  await page.evaluate(() => timed(() => choose('Agent', ''), '/telemetry/decisions?'));
  await page.evaluate(() => timed(() => choose('Decision', ''), '/telemetry/decisions?'));
}
line('filter Agent on top of Decision', both, 500);
line('Show more', [await page.evaluate(() => timed(() => document.querySelector('.more button').click(), '/telemetry/decisions?'))], 500);

// Rows that arrive live: memory before, while and after, each time after a collection.
async function memory() {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { nodes } = await cdp.send('Memory.getDOMCounters');
  const wasm = await page.evaluate(() => globalThis.getDotnetRuntime(0).Module.HEAPU8.length);
  return `JS heap ${(usedSize / 1e6).toFixed(1)} MB, WebAssembly ${(wasm / 1e6).toFixed(1)} MB, ${nodes} DOM nodes, ${await page.locator('tbody tr').count()} rows drawn`;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
let sent = 0;
function scan() {
  const asked = request(base + '/v1/scan', { method: 'POST', agent, headers: { authorization: 'Bearer ' + key, 'content-type': 'application/json' } }, answer => answer.resume());
  asked.on('error', () => {});
  asked.end(JSON.stringify({ method: 'POST', url: 'https://slack.com/api/chat.postMessage', agent_id: 'live-' + sent % 7, body: { channel: '#ops', text: 'Batch ' + sent++ + ' is done' } }));
}
await page.evaluate(() => { document.querySelector('.side-link[href=approvals]').click(); });
await page.evaluate(() => { document.querySelector('.side-link[href=activity]').click(); });
await page.locator('.live.on').waitFor();
console.log(`live, before: ${await memory()}`);
const begun = performance.now();
let said = 0;
while (performance.now() - begun < seconds * 1000) {
  const due = (performance.now() - begun) / 1000 * rate;
  while (sent < due) scan();
  await new Promise(go => setTimeout(go, 5));
  if (performance.now() - begun > (said + 1) * seconds * 250) { said++; console.log(`live, after ${Math.round((performance.now() - begun) / 1000)} s and ${sent} rows: ${await memory()}`); }
}
const behind = await page.evaluate(async () => {
  const begun = performance.now();
  await new Promise(go => requestAnimationFrame(() => setTimeout(go, 0)));
  return performance.now() - begun;
});
console.log(`live, after ${seconds} s and ${sent} rows: ${await memory()}; a frame takes ${Math.round(behind)} ms`);
await browser.close();
