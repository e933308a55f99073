import { hasSecondThread, runInSecondThread } from '../second-thread.ts';
import { EXIT, type Io } from './io.ts';
import type { RenderRequest } from './render-named.ts';

type Render = (request: RenderRequest, io: Io) => Promise<number>;

/**
 * Renders the second half of what is named in another thread, where there is one, and prints it behind the first: the
 * same as in one go. Gives the exit code.
 */
export async function renderInTwo(
  request: RenderRequest,
  io: Io,
  { render, renderAlone }: { readonly render: Render; readonly renderAlone: Render },
): Promise<number> {
  const { named } = request;
  if (!hasSecondThread(io.home)) return renderAlone(request, io);
  const half = Math.ceil(named.length / 2);
  const second = runInSecondThread(argumentsOf({ ...request, named: named.slice(half) }), io);
  try {
    const first = await render({ ...request, named: named.slice(0, half) }, io);
    const { exitCode, stdout, stderr } = await second.ran;
    for (const piece of stdout) io.stdout.write(piece);
    io.stderr.write(stderr);
    return exitCode === EXIT.usage ? exitCode : Math.max(first, exitCode);
  } finally {
    // Where the first half fails, that is the answer.
    await second.end();
  }
}

function argumentsOf({ named, rev, origins, cwd }: RenderRequest): string[] {
  const options = [`--cwd=${cwd}`, ...(rev === undefined ? [] : [`--rev=${rev}`]), ...(origins ? ['--origins'] : [])];
  return ['render', ...options, '--', ...named];
}
