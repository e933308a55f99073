/** What the usual errors of the system and of TLS say of the other side, in a clause that its name goes before. */
const FAILURES: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'is a name that nobody knows here'],
  ['EAI_AGAIN', 'is a name that cannot be looked up now'],
  ['ECONNREFUSED', 'refuses connections'],
  ['ECONNRESET', 'breaks the connection off'],
  ['EPIPE', 'breaks the connection off'],
  ['ETIMEDOUT', 'does not answer'],
  ['EHOSTUNREACH', 'cannot be reached'],
  ['ENETUNREACH', 'cannot be reached'],
  ['CERT_HAS_EXPIRED', 'has a certificate that has expired'],
  ['CERT_NOT_YET_VALID', 'has a certificate that is not valid yet, by the clock of this machine'],
  // As of an authority that was made anew under its name.
  ['CERT_SIGNATURE_FAILURE', 'has a certificate that no known authority signed'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'has a certificate that no known authority signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'has a certificate that no known authority signed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'has a certificate that no known authority signed'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'has a certificate that no known authority signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another name'],
]);

/** What an error of a connection means: `refuses connections`; undefined for errors that are none of the usual ones. */
export function networkFailure(error: unknown): string | undefined {
  return FAILURES.get(errorCode(error) ?? '');
}

/** Whether the failure may be over a moment later. A certificate stays what it is. */
export function failurePasses(error: unknown): boolean {
  return /^E(?:CONN|AI_|TIMEDOUT|HOST|NET|PIPE)/.test(errorCode(error) ?? '');
}

/** The code that node gives to errors of the system, of TLS and of its own. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
