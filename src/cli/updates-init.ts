import { openRepository } from '../git/repository.ts';
import { componentsOf } from '../gitops/tracked.ts';
import { isSameVersion } from '../gitops/version-places.ts';
import { configIn } from '../policy/policy.ts';
import { proposeList } from '../updates/propose.ts';
import { EXIT, type Io } from './io.ts';

/** Prints entries for what is not listed yet; nothing is written. */
export async function printProposal(cwd: string, { env, stdout }: Io): Promise<number> {
  const repository = await openRepository({ cwd, env });
  try {
    const { after: tree } = await repository.staged();
    const { components } = await componentsOf(tree, (await configIn(tree)).versions);
    const listed = (file: string, version: string) =>
      components.some(
        component =>
          isSameVersion(component.version.text, version) && component.files.some(({ path }) => path.text === file),
      );
    stdout.write(await proposeList(tree, listed));
    return EXIT.clean;
  } finally {
    await repository.close();
  }
}
