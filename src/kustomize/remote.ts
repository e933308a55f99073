/** An address outside of the repository, which is named and never fetched. */
export interface Remote {
  /** The address without what fixes its content. */
  readonly what: string;
  /** The ref, tag or version in the address; undefined where it follows a branch by default. */
  readonly version: string | undefined;
}

/** Any scheme, and the forced getters of go-getter (`git::`), are remote; so are `user@host:path` and GitHub's short form. */
const REMOTE = /^(?:[a-z][a-z0-9+.-]*:{1,2}\/\/|[a-z0-9]+::|[a-z][a-z0-9-]*@[^/]+[:/]|github\.com[/:])/i;

/** URLs of GitHub that hold a ref or a tag in their path. */
const REF_IN_PATH = [
  /^(https:\/\/github\.com\/[^/]+\/[^/]+\/releases\/download\/)([^/]+)(\/.*)$/,
  /^(https:\/\/github\.com\/[^/]+\/[^/]+\/(?:raw|blob|tree|archive)\/(?:refs\/(?:heads|tags)\/)?)([^/]+)(\/.*)$/,
  /^(https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(?:refs\/(?:heads|tags)\/)?)([^/]+)(\/.*)$/,
  /^(https?:\/\/[^/]+(?:\/[^/]+)*?\/)(v?\d[\w.+-]*)(\/.*)$/,
];

/** Whether kustomize would go to the network for it: git repositories and files over HTTP, in any spelling. */
export function isRemote(text: string): boolean {
  return REMOTE.test(text);
}

/** A file over HTTP is read before anything local is tried. */
export function isRemoteFile(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** The address without a password or token that it holds. The `git@` of ssh is neither. */
export function withoutLogin(address: string): string {
  return address.replace(/:\/\/(?!git@)[^/@\s]+@/, '://');
}

export function remoteOf(text: string): Remote {
  const question = text.indexOf('?');
  const address = withoutLogin(question < 0 ? text : text.slice(0, question));
  const query = new URLSearchParams(question < 0 ? '' : text.slice(question + 1));
  const ref = query.get('ref') || query.get('version') || undefined;
  if (ref !== undefined) return { what: address, version: ref };
  for (const form of REF_IN_PATH) {
    const match = form.exec(address);
    if (match) return { what: `${match[1]}*${match[3]}`, version: match[2] };
  }
  return { what: address, version: undefined };
}
