import { json, type Network } from '../network.ts';
import type { Origin } from '../origin.ts';
import { type Release, releaseOf, SourceError } from '../release.ts';
import { listAt, textAt } from './json.ts';

/**
 * The versions of a provider (`hashicorp/aws`) or of a module (`terraform-aws-modules/eks/aws`), where the registry says
 * that they are: https://developer.hashicorp.com/terraform/internals/remote-service-discovery
 */
export async function terraformReleases(
  { host, address }: Extract<Origin, { kind: 'terraform' }>,
  network: Network,
): Promise<Release[]> {
  const isModule = address.split('/').length === 3;
  const services = new URL('/.well-known/terraform.json', host);
  const { value: base } = await network.get({
    url: services,
    read: json(answer => textAt(answer, isModule ? 'modules.v1' : 'providers.v1')),
  });
  if (base === undefined || !URL.canParse(base, services.href))
    throw new SourceError(`${host.host} is no registry of Terraform`);
  const at = new URL(base, services);
  if (at.protocol !== host.protocol) throw new SourceError(`${host.host} sends elsewhere, which is not followed`);
  const url = new URL(`${address}/versions`, at.href.endsWith('/') ? at : `${at.href}/`);
  const read = (answer: unknown) => listAt(isModule ? listAt(answer, 'modules')[0] : answer, 'versions');
  const { value } = await network.get({
    url,
    read: json(answer => read(answer).flatMap(entry => releaseOf(textAt(entry, 'version') ?? '') ?? [])),
  });
  return value;
}
