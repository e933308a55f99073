// Builds what is shipped, in dist/ or the folder that is named: deploy-lint.cjs, which tells an answer again that is kept,
// and what it loads otherwise: program.js, or render.js for `render`. V8's compiled form of each lies beside it, which
// halves the start. Node 20 has no compile cache of its own (node:module got it in 22).
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE } from 'js-yaml';

const [OUT = 'dist'] = process.argv.slice(2);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);

/**
 * What these packages give, each loaded when the first function of theirs is called: making the tables of re2js takes
 * longer than a small run without it, and nearly all YAML is read without js-yaml.
 */
const LAZY = {
  re2js: `
    export const RE2JS = { compile: expression => require('re2js').RE2JS.compile(expression) };
    export const RE2JSException = { [Symbol.hasInstance]: error => error instanceof require('re2js').RE2JSException };`,
  'js-yaml': `
    export const parseEvents = (...args) => require('js-yaml').parseEvents(...args);
    export const getScalarValue = (...args) => require('js-yaml').getScalarValue(...args);
    export const YAMLException = { [Symbol.hasInstance]: error => error instanceof require('js-yaml').YAMLException };
    ${Object.entries({ CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, SCALAR_STYLE })
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
      .join('\n')}`,
};
const lazyModules = {
  name: 'lazy-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:re2js|js-yaml)$/ }, ({ path, importer }) =>
      importer.endsWith('.ts') ? { path, namespace: 'lazy' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, ({ path }) => ({ resolveDir: '.', contents: LAZY[path] }));
  },
};

/** Loads these of node's modules when the first function of theirs is called: they take milliseconds. */
const lazyNode = {
  name: 'lazy-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(?:crypto|fs\/promises)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'lazy-node' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy-node' }, async ({ path }) => ({
      resolveDir: '.',
      contents: Object.entries(await import(path))
        .filter(([name, value]) => typeof value === 'function' && name !== 'default')
        .map(([name]) => `export const ${name} = (...args) => require('${path}').${name}(...args);`)
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

/** What the file that is started loads as it is asked for: a file of its own each, with its compiled form. */
const PROGRAMS = { './cli/main.ts': 'program', './cli/main-render.ts': 'render' };
const programFiles = {
  name: 'program-files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/cli\/main/ }, ({ path }) => ({ path: PROGRAMS[path], namespace: 'program' }));
    onLoad({ filter: /.*/, namespace: 'program' }, ({ path }) => ({
      resolveDir: '.',
      contents: `require('load-program')('${path}', module, exports);`,
    }));
    onResolve({ filter: /^load-program$/ }, ({ path }) => ({ path, namespace: 'loader' }));
    onLoad({ filter: /.*/, namespace: 'loader' }, () => ({ contents: LOADER }));
  },
};

/** A cache of another V8 is refused by V8 itself, and the text is compiled instead. */
const LOADER = `
const { readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
module.exports = (name, module, exports) => {
  const filename = require('node:path').join(__dirname, name + '.js');
  const cache = filename + '.cache';
  let cachedData;
  try {
    cachedData = readFileSync(cache);
  } catch {}
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
  script.runInThisContext()(require, module, exports);
  if (process.env.DEPLOY_LINT_WRITE_CODE_CACHE === '1') {
    process.on('exit', () => writeFileSync(cache, script.createCachedData()));
  }
};
`;

const BUNDLED = {
  ...COMMON,
  // Names are in the messages of our own error classes.
  keepNames: false,
  define: { 'import.meta.dirname': '__dirname' },
};

for (const [path, name] of Object.entries(PROGRAMS)) {
  const { outputFiles } = await build({
    ...BUNDLED,
    entryPoints: [join('src', path)],
    plugins: [lazyModules, lazyNode, lazyPackages],
    write: false,
  });
  // As node wraps a module, so that the loader need not copy the text to do so.
  writeFileSync(`${OUT}/${name}.js`, `(function (require, module, exports) {${outputFiles[0].text}\n})`);
}
for (const [name, file] of packages) {
  const stdin = { contents: `export * from ${JSON.stringify(name)};`, resolveDir: '.' };
  await build({ ...COMMON, stdin, outfile: join(OUT, file) });
}
await build({
  ...BUNDLED,
  entryPoints: ['src/bin.ts'],
  plugins: [programFiles, lazyNode],
  banner: { js: "'use strict';" },
  outfile: `${OUT}/deploy-lint.cjs`,
});
writeCodeCaches();

/**
 * V8 keeps the functions that ran, so the runs that write the caches are like those of every day: a hook's with a staged
 * change, and one that renders the folders of a client.
 */
function writeCodeCaches() {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  const cwd = join(folder, 'shop');
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), DEPLOY_LINT_WRITE_CODE_CACHE: '1' };
  for (const name of Object.keys(env)) if (name.startsWith('GIT_')) delete env[name];
  const git = (...args) => execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { cwd, env });
  const run = (...args) => execFileSync(process.execPath, [resolve(OUT, 'deploy-lint.cjs'), ...args], { cwd, env });
  const patches = readdirSync('examples/commits')
    .filter(name => name.endsWith('.patch'))
    .map(name => resolve('examples/commits', name));
  try {
    cpSync('examples/shop-gitops', cwd, { recursive: true });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '--message', 'Sample');
    git('apply', '--index', ...patches.slice(0, 1));
    run();
    run('render', ...overlaysOf(cwd));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function overlaysOf(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(path => /\/overlays\/[^/]+\/kustomization\.yaml$/.test(path))
    .map(dirname)
    .sort();
}
