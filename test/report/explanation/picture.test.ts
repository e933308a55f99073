import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../../src/report/explanation/explanation.ts';
import type { Picture } from '../../../src/report/explanation/picture.ts';
import { EXPLAINED, manyUnits } from '../explained.ts';

function drawn({ boxes, links }: Picture): string[] {
  const labels = new Map(boxes.map(({ id, label }) => [id, label]));
  return links.map(([from, to]) => `${labels.get(from)} -> ${labels.get(to)}`);
}

describe('the picture of the radius', () => {
  it('leads from the units to the workloads that roll', () => {
    const { picture } = explanationOf(EXPLAINED['explain-major']());
    expect(drawn(picture)).toEqual([
      'wecare/shop prod -> Deployment app-web',
      'wecare/shop prod -> Deployment app-worker',
      'wecare/shop prod -> CronJob app-cron',
    ]);
    expect(picture.boxes.map(({ level }) => level)).toEqual(picture.boxes.map(() => 'medium'));
  });

  it('shows three units one by one, and three hundred that are alike as one', () => {
    const applications = (number: number) =>
      explanationOf(manyUnits(number)).picture.boxes.filter(({ column }) => column === 'applications');
    expect(applications(3)).toHaveLength(3);
    const [all, ...others] = applications(300);
    expect(others).toEqual([]);
    expect(all).toMatchObject({ level: 'low' });
    expect(all?.units).toHaveLength(300);
  });

  it.each([1, 5, 12, 13, 300])('of %i units has at most a dozen boxes a column, and no link to nowhere', number => {
    const { picture } = explanationOf(manyUnits(number));
    const ids = new Set(picture.boxes.map(({ id }) => id));
    expect(ids.size).toBe(picture.boxes.length);
    for (const column of ['files', 'kustomizations', 'applications', 'workloads']) {
      expect(picture.boxes.filter(box => box.column === column).length).toBeLessThanOrEqual(12);
    }
    expect(picture.links.flat().filter(id => !ids.has(id))).toEqual([]);
  });
});

describe('the radius', () => {
  it('counts what is reached, once each', () => {
    const { radius } = explanationOf(manyUnits(3));
    expect(radius).toMatchObject({
      environments: { production: 3, staging: 0 },
      applications: 3,
      clients: ['client-000', 'client-001', 'client-002'],
      hostnames: ['client-000.example', 'client-001.example', 'client-002.example'],
      // Web, worker and the job of each; the job has no number of pods.
      workloads: 9,
      pods: { min: 12, max: 39 },
    });
  });

  it('reaches nobody where nothing changes in the cluster', () => {
    expect(explanationOf(EXPLAINED['explain-nothing']()).radius).toMatchObject({ units: [], workloads: 0 });
  });
});
