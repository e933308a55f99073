import { describe, expect, it } from 'vitest';
import { declaredIn } from '../../src/gate/declared.ts';
import { messageInFile } from '../../src/git/message.ts';

const declared = (message: string) => declaredIn(messageInFile(message));

describe('what a message declares', () => {
  it('is read from its trailers, whatever the case of the key', () => {
    const { risk, acknowledged, tested, mistakes } = declared(
      'Bump\n\ndeploy-risk: High\nDeploy-Lint-Ack: a-rule - the hotfix is web only\nTested-On: Staging\n',
    );
    expect(risk).toBe('high');
    expect([...acknowledged]).toEqual([['a-rule', 'the hotfix is web only']]);
    expect(tested).toEqual(['staging']);
    expect(mistakes).toEqual([]);
  });

  it.each([
    ['Deploy-Risk: hihg', 'Deploy-Risk: hihg | it names no level | Deploy-Risk: high'],
    [
      'Deploy-Lint-Ack: a-rule',
      'Deploy-Lint-Ack: a-rule | it gives no reason | Deploy-Lint-Ack: a-rule - why it is meant',
    ],
    ['Deploy Risk: high', 'Deploy Risk: high | the key is Deploy-Risk | Deploy-Risk: high'],
    ['deploy_risk = high', 'deploy_risk = high | the key is Deploy-Risk | Deploy-Risk: high'],
    ['Deploy-Rsik: high', 'Deploy-Rsik: high | the key is Deploy-Risk | Deploy-Risk: high'],
    [
      'Deploy-Ack: a-rule - why',
      'Deploy-Ack: a-rule - why | the key is Deploy-Lint-Ack | Deploy-Lint-Ack: a-rule - why',
    ],
    ['Deploy-Risk: high\n\nand prose', 'Deploy-Risk: high | it is not in the last paragraph | Deploy-Risk: high'],
  ])('%j is nearly a trailer', (line, mistake) => {
    const [first] = declared(`Bump\n\n${line}\n`).mistakes;
    expect(`${first?.line} | ${first?.message} | ${first?.fix}`).toBe(mistake);
  });

  it.each([
    'Risk: low',
    'Reviewed-by: Ada',
    'See https://shop.example/deploy',
    'Deployed: yesterday',
    'Tests: green',
    'Note: Deploy-Risk is high',
  ])('%j is not meant for it', line => {
    expect(declared(`Bump\n\n${line}\n`)).toMatchObject({ risk: undefined, mistakes: [] });
  });

  it('is not read from comments or from what stands below the scissors', () => {
    const message =
      'Bump\n\n# Deploy Risk: high\n# ------------------------ >8 ------------------------\nDeploy Risk: high\n';
    expect(declared(message).mistakes).toEqual([]);
  });
});
