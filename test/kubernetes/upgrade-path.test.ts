import { expect, it } from 'vitest';
import { dataRefusal, swapRefusal } from '../../src/kubernetes/upgrade-path.ts';

it.each([
  ['postgres', '15.8', '16.4', 'Dump the databases'],
  ['postgres', '9.5.2', '9.6.1', 'Dump the databases'],
  ['postgres', '16', '15', 'Restore a backup'],
  ['postgres', '16.3-alpine', '16.4-alpine', undefined],
  ['postgres', '9.6.1', '9.6.24', undefined],
  ['postgres', 'latest', '16', undefined],
  ['mongodb', '4.4.29', '6.0.5', 'Go to 5.0 first'],
  ['mongodb', '6.0.5', '8.0.1', 'Go to 7.0 first'],
  ['mongodb', '7.0.14', '8.0.1', undefined],
  ['mongodb', '7.0.14', '6.0.5', 'Restore a backup'],
  ['mongodb', '6.0.5', '5.0.31', undefined],
  ['mongodb', '6.0.5', '4.4.29', 'Restore a backup'],
  ['mysql', '5.7.44', '8.0.36', undefined],
  ['mysql', '5.7.44', '8.4.0', 'Go to 8.0 first'],
  ['mysql', '8.0.36', '9.1.0', 'Go to 8.4 first'],
  ['mysql', '8.4.3', '9.1.0', undefined],
  ['mysql', '8.4.3', '8.0.36', 'Restore a backup'],
  ['elasticsearch', '7.16.1', '8.5.3', 'Go to 7.17 first'],
  ['elasticsearch', '8.18.0', '9.0.0', undefined],
  ['elasticsearch', '8.18.0', '9.1.0', 'Go to 8.19 first'],
  ['elasticsearch', '8.5.3', '8.4.0', 'Restore a backup'],
  ['mariadb', '10.6.17', '11.4.5', undefined],
  ['mariadb', '11.4.5', '10.11.11', 'Restore a backup'],
  ['redis', '6.2.1', '7.4.2', undefined],
  ['redis', '7.4.2', '7.2.8', 'Restore a backup'],
  ['redis', '7.0.4', '6.2.14', 'Restore a backup'],
  ['redis', '6.2.14', '5.0.3', undefined],
  ['redis', '8.0.1', '7.4.2', undefined],
  ['valkey', '9.0.0', '8.1.5', 'Restore a backup'],
  ['valkey', '8.1.5', '8.0.6', undefined],
  ['valkey', '8.1.5', '9.0.0', undefined],
  ['rabbitmq', '3.10.8', '3.12.3', 'Go to 3.11 first'],
  ['rabbitmq', '3.11.18', '3.12.3', undefined],
  ['rabbitmq', '3.12.14', '4.0.2', 'Go to 3.13 first'],
  ['rabbitmq', '3.13.7', '4.2.0', undefined],
  ['rabbitmq', '4.1.4', '4.3.0', 'Go to 4.2 first'],
  ['rabbitmq', '4.0.2', '3.13.7', 'Restore a backup'],
  ['kafka', '2.8.1', '4.0.0', 'Go to 3.9 first'],
  ['kafka', '3.7.0', '4.0.0', undefined],
  ['kafka', '4.1.0', '4.0.0', undefined],
])('%s from %s to %s', (engine, from, to, way) => {
  const found = dataRefusal(engine, from, to);
  expect(way === undefined ? found : found?.way).toEqual(way && expect.stringContaining(way));
});

it.each([
  ['redis', '7.4.2', '7.2.8', true],
  ['mongodb', '8.0.1', '6.0.5', true],
  ['mongodb', '8.0.1', '7.0.14', false],
  ['rabbitmq', '3.10.8', '3.12.3', false],
  ['mariadb', '11.4.5', '10.11.11', false],
])('%s from %s to %s is certain: %s', (engine, from, to, certain) => {
  expect(dataRefusal(engine, from, to)?.certain).toBe(certain);
});

it.each([
  ['redis', '7.4.2', 'valkey', '8.1.0', 'copy the keys'],
  ['redis', '7.2.8', 'valkey', '8.1.0', undefined],
  ['valkey', '9.0.0', 'redis', '8.0.1', 'copy the keys'],
  ['valkey', '8.1.0', 'redis', '8.0.1', undefined],
  ['mysql', '8.0.36', 'mariadb', '11.4.5', 'Dump'],
  ['mysql', '5.7.44', 'mariadb', '11.4.5', undefined],
  ['mariadb', '11.4.5', 'mysql', '8.4.0', 'Dump'],
  ['postgres', '16.4', 'mysql', '8.4.0', undefined],
])('%s %s gives way to %s %s', (engine, version, other, next, way) => {
  const found = swapRefusal({ engine, version }, { engine: other, version: next });
  expect(way === undefined ? found : found?.way).toEqual(way && expect.stringContaining(way));
});
