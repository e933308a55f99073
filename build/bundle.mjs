// Builds what is shipped: dist/deploy-lint.cjs, which tells an answer again that is kept, and dist/program.js, which finds
// one, with V8's compiled form of it beside it, which halves the start. Node 20 has no compile cache of its own
// (node:module got it in 22).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, promises, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const OUT = 'dist';

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);

/** Loads re2js when the first expression needs it: making its tables takes longer than a small run without it. */
const lazyRe2js = {
  name: 'lazy-re2js',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^re2js$/ }, ({ importer }) =>
      importer.endsWith('.ts') ? { path: 're2js', namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, () => ({
      resolveDir: '.',
      contents: `
        export const RE2JS = { compile: expression => require('re2js').RE2JS.compile(expression) };
        export const RE2JSException = { [Symbol.hasInstance]: error => error instanceof require('re2js').RE2JSException };`,
    }));
  },
};

/** Loads node's promises of files when the first is asked for: most checks read and write none. */
const lazyFiles = {
  name: 'lazy-files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:fs\/promises$/ }, () => ({ path: 'fs', namespace: 'lazy-files' }));
    onLoad({ filter: /.*/, namespace: 'lazy-files' }, () => ({
      resolveDir: '.',
      contents: Object.keys(promises)
        .filter(name => typeof promises[name] === 'function')
        .map(name => `export const ${name} = (...args) => require('node:fs').promises.${name}(...args);`)
        .join('\n'),
    }));
  },
};

/**
 * Packages that only some commands need are files of their own, so that a check neither reads nor compiles them: those
 * that the program loads with `import()`.
 */
const packages = new Map();
const lazyPackages = {
  name: 'lazy-packages',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind !== 'dynamic-import' || path.startsWith('node:')) return undefined;
      const file = `./packages/${path.replaceAll('/', '+')}.cjs`;
      packages.set(path, file);
      return { path: file, external: true };
    });
  },
};

const COMMON = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // So that the text can be read as Latin-1, which needs no decoding.
  charset: 'ascii',
  legalComments: 'none',
  supported: { 'dynamic-import': false },
};

/** The program is a file of its own for the one that is started. */
const programFile = {
  name: 'program-file',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/cli\/main\.ts$/ }, () => ({ path: 'program', namespace: 'program' }));
    onLoad({ filter: /.*/, namespace: 'program' }, () => ({ contents: LOADER }));
  },
};

/** A cache of another V8 is refused by V8 itself, and the text is compiled instead. */
const LOADER = `
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const filename = require('node:path').join(__dirname, 'program.js');
const cache = filename + '.cache';
let cachedData;
try {
  cachedData = readFileSync(cache);
} catch {}
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
script.runInThisContext()(require, module, exports, __programUrl);
if (process.env.DEPLOY_LINT_WRITE_CODE_CACHE === '1') {
  process.on('exit', () => writeFileSync(cache, script.createCachedData()));
}
`;

const BUNDLED = {
  ...COMMON,
  // Names are in the messages of our own error classes.
  keepNames: false,
  define: { 'import.meta.url': '__programUrl' },
};

const { outputFiles } = await build({
  ...BUNDLED,
  entryPoints: ['src/cli/main.ts'],
  plugins: [lazyRe2js, lazyFiles, lazyPackages],
  write: false,
});
for (const [name, file] of packages) {
  const stdin = { contents: `export * from ${JSON.stringify(name)};`, resolveDir: '.' };
  await build({ ...COMMON, stdin, outfile: join(OUT, file) });
}
// As node wraps a module, so that the loader need not copy the text to do so.
writeFileSync(`${OUT}/program.js`, `(function (require, module, exports, __programUrl) {${outputFiles[0].text}\n})`);
await build({
  ...BUNDLED,
  entryPoints: ['src/bin.ts'],
  plugins: [programFile, lazyFiles],
  banner: { js: "'use strict';\nconst __programUrl = require('node:url').pathToFileURL(__filename).href;" },
  outfile: `${OUT}/deploy-lint.cjs`,
});
writeCodeCache();

/** V8 keeps the functions that ran, so the run that writes the cache is one like a hook's: a staged change, rendered. */
function writeCodeCache() {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), DEPLOY_LINT_WRITE_CODE_CACHE: '1' };
  for (const name of Object.keys(env)) if (name.startsWith('GIT_')) delete env[name];
  const git = (...args) =>
    execFileSync('git', ['-C', join(folder, 'shop'), '-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { env });
  const patches = readdirSync('examples/commits')
    .filter(name => name.endsWith('.patch'))
    .map(name => resolve('examples/commits', name));
  try {
    cpSync('examples/shop-gitops', join(folder, 'shop'), { recursive: true });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '--message', 'Sample');
    git('apply', '--index', ...patches.slice(0, 1));
    execFileSync(process.execPath, [resolve(OUT, 'deploy-lint.cjs')], {
      cwd: join(folder, 'shop'),
      env,
      stdio: 'ignore',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
