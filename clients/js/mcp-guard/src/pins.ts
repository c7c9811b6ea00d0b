import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

interface PinFile { version: 1; servers: Record<string, Record<string, { fingerprint: string; pinned_at: string }>> }

/** What decides whether a tool is still the same: everything that a model or a client goes by. */
const PARTS = ['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations', 'execution'];

/** SHA-256 of the descriptor, whatever the order of its members. */
export function fingerprint(tool: Record<string, unknown>): string {
  const parts = Object.fromEntries(PARTS.filter(part => tool[part] !== undefined).map(part => [part, tool[part]]));
  return createHash('sha256').update(canonical(parts)).digest('hex');
}

/** Fingerprints of tools on first use, in one file. It is read for each question, so that several guards share it. */
export class Pins {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly path: string) {}

  /** True where the tool is as pinned; one that is seen for the first time is pinned now. */
  async holds(server: string, tool: string, print: string): Promise<boolean> {
    const known = await this.of(server, tool);
    if (known === undefined)
      await this.set(server, tool, print, true);
    return known === undefined || known === print;
  }

  async of(server: string, tool: string): Promise<string | undefined> {
    const servers = (await this.read()).servers;
    return Object.hasOwn(servers, server) && Object.hasOwn(servers[server]!, tool) ? servers[server]![tool]!.fingerprint : undefined;
  }

  set(server: string, tool: string, print: string, onlyNew = false): Promise<void> {
    const write = this.#turn.then(async () => {
      const file = await this.read();
      const tools = new Map(Object.entries(Object.hasOwn(file.servers, server) ? file.servers[server]! : {}));
      if (onlyNew && tools.has(tool))
        return;
      tools.set(tool, { fingerprint: print, pinned_at: new Date().toISOString() });
      const servers = new Map(Object.entries(file.servers)).set(server, Object.fromEntries(tools));
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      const next = `${this.path}.${randomUUID()}`;
      await writeFile(next, JSON.stringify({ version: 1, servers: Object.fromEntries(servers) }, null, 2), { mode: 0o600 });
      await rename(next, this.path);
    });
    this.#turn = write.catch(() => {});
    return write;
  }

  /** @throws Where the file is there but cannot be read: what is not known to be pinned must not be pinned anew. */
  async read(): Promise<PinFile> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return { version: 1, servers: {} };
      throw error;
    }
    const file = JSON.parse(text) as PinFile;
    if (file.version !== 1 || typeof file.servers !== 'object' || file.servers === null)
      throw new Error(`${this.path} is no file of pins of this version.`);
    return file;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value).filter(([, item]) => item !== undefined).sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}
