/** An index of charts as `helm repo index` writes it, with as many versions, a hundred for each chart. */
export function largeIndex(versions: number): string {
  const lines = ['apiVersion: v1', 'entries:'];
  for (let i = 0; i < versions; i++) {
    const [chart, number] = [Math.floor(i / 100), i % 100];
    if (number === 0) lines.push(`  chart-${chart}:`);
    lines.push(
      '  - annotations:',
      '      artifacthub.io/changes: |',
      '        - kind: changed',
      '          description: entries that look like others',
      '    apiVersion: v2',
      `    appVersion: ${number}.0.1`,
      '    created: "2025-04-07T10:26:51.121Z"',
      '    dependencies:',
      '    - name: common',
      '      repository: https://charts.example/common',
      '      version: 2.x.x',
      '    description: A chart with a description that is as long as they usually are, which is one line',
      `    digest: ${'0123456789abcdef'.repeat(4)}`,
      `    name: chart-${chart}`,
      '    urls:',
      `    - https://charts.example/chart-${chart}-${number}.0.0.tgz`,
      `    version: ${number}.0.0`,
    );
  }
  return `${lines.join('\n')}\ngenerated: "2025-04-07T10:26:51.121Z"\n`;
}
