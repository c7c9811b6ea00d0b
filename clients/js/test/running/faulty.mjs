import { createServer } from 'node:http';

export const ALLOW = {
  decision: 'ALLOW', risk_score: 0, risk_band: 'LOW', reason_codes: [], trace_id: '01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11',
  tool_name: 'custom_proxy', operation: 'x', verb: 'WRITE', classifications: [], findings: [], signals: [],
};

/**
 * A gateway that answers as it is told: each request takes the next step, the last one stays. A step is {status, json | text, headers, delay} or 'drop'
 * (the connection ends without an answer). It keeps what it was asked.
 */
export async function faulty(...steps) {
  const requests = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', async () => {
      const step = steps[Math.min(requests.length, steps.length - 1)];
      requests.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString(), at: Date.now() });
      if (step === 'drop')
        return request.socket.destroy();
      if (step.delay)
        await new Promise(done => setTimeout(done, step.delay));
      response.writeHead(step.status ?? 200, { 'content-type': 'application/json', ...step.headers });
      response.end(step.text ?? JSON.stringify(step.json));
    });
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    stop,
  };

  function stop() {
    server.closeAllConnections();
    return new Promise(done => server.close(done));
  }
}
