// Before a package is packed: builds it, and puts the licence and the changelog that all packages share beside it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', '.'], { cwd: process.cwd(), stdio: 'inherit' });
for (const file of ['LICENSE', 'CHANGELOG.md'])
  copyFileSync(join(root, file), join(process.cwd(), file));
const packs = join(root, '../../engine/Policies/Packs');
if (process.cwd().endsWith('policy-cli') && existsSync(packs))
  cpSync(packs, join(process.cwd(), 'packs'), { recursive: true });
