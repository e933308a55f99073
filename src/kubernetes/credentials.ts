/** Forms that only a credential has, each with what it is. The prefixes are those that the issuers document. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*(?:\\n)?(?:[A-Za-z-]+: .*\s+)*[A-Za-z0-9+/=\s\\]{100}/],
  ['an age private key', /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/],
  ['an AWS access key', /\b(?:AKIA|ASIA)(?!.{9}EXAMPLE)[0-9A-Z]{16}\b/],
  ['an Azure storage key', /\bAccountKey=[A-Za-z0-9+/]{86}==/],
  ['a Google API key', /\bAIza[\w-]{35}(?![\w-])/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})\b/],
  ['a GitLab token', /\bgl(?:pat|dt|rt|ptt|agent)-[\w-]{20,}/],
  ['a Slack token', /\bxox[abeprs]-\d[\w-]{20,}/],
  ['a Slack webhook', /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{24}/],
  ['a Discord webhook', /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/],
  ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{24,}/],
  ['a SendGrid key', /\bSG\.[\w-]{22}\.[\w-]{43}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a PyPI token', /\bpypi-AgEI[\w-]{50,}/],
  ['a Docker Hub token', /\bdckr_(?:pat|oat)_[\w-]{27,}/],
  ['a DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{64}\b/],
  ['a Vault token', /\bhv[bs]\.[\w-]{24,}/],
  ['a Grafana token', /\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}\b/],
  ['a Telegram bot token', /\b\d{8,10}:AA[\w-]{33}(?![\w-])/],
  ['an OpenAI key', /\bsk-(?:proj-|svcacct-)?[\w-]*T3BlbkFJ[\w-]+/],
  ['an Anthropic key', /\bsk-ant-(?:api|admin)\d\d-[\w-]{80,}/],
];

/** The shortest of the forms is longer, and most values of a manifest are not. */
const SHORTEST = 20;

/** What the text holds by its form: `a GitHub token`; undefined where it has no form that is known. */
export function credentialIn(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

const WITH_PASSWORD = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,80}:([^\s@/"']{1,200})@[\w.[-]/gi;

/** The passwords in the URLs of a text. For the caller to keep to itself. */
export function urlPasswords(text: string): string[] {
  if (!text.includes('://') || !text.includes('@')) return [];
  return [...text.matchAll(WITH_PASSWORD)].map(match => match[1] ?? '');
}

/** What stands where something else puts the value: templates, references of secret stores, encrypted values. */
const REFERENCE =
  /\$[({]|\$\$?[A-Z_]{2,}\b|\{\{|<[^<>]*>|%[sv({]|^(?:vault|op|ref\+\w+|secretref\+\w+|aws-sm|gcp-sm|env|file|arn):|^ENC\[|^\$ANSIBLE_VAULT|^AgA[\w+/=]{200}/i;

const PLACEHOLDER =
  /change[-_ ]?(?:me|it|this)|changed?[-_ ]in|replace|insert[-_ ]|fill[-_ ]?(?:me|in)|place[-_ ]?holder|example|dummy|sample|fake|mock|(?:^|[^a-z])(?:todo|fixme|redacted|secret|test|your|my|the|some|none|null|nil|unset|unused|empty|default|password|set[-_ ]by)(?:[^a-z]|$)|^(?:x+|\*+|\.+|-+|_+|0+|n\/?a)$/i;

/** As crypt and its successors write what they make of a password, alone or after a user's name. */
const HASH = /^(?:[^\s:$]+:)?(?:\$(?:1|2[abxy]?|5|6|7|y|apr1|argon2\w*|scrypt|pbkdf2[\w-]*)\$|\{SHA\})/;

/** Lower-case words with hyphens: what a Secret is called, and not what is in it. */
const OBJECT_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** A value that stands for one that is put there later, or names it, or from which it cannot be told. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length < 4 || REFERENCE.test(text) || HASH.test(text)) return true;
  return text.length < 120 && (PLACEHOLDER.test(text) || (OBJECT_NAME.test(text) && !looksRandom(text)));
}

/** Random text: long, of letters and digits that hardly repeat, without the look of a name, a path or a sentence. */
export function looksRandom(value: string): boolean {
  const text = value.trim();
  if (text.length < 16 || text.length > 512 || /\s|:\/\/|^[./]|[./][a-z]{2,4}$/.test(text)) return false;
  const isHex = /^[0-9a-f]+$/i.test(text);
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter(of => of.test(text)).length;
  if (isHex ? text.length < 24 || classes < 2 : classes < 3) return false;
  return entropy(text) >= (isHex ? 3 : 3.5);
}

/** Bits for each character (Shannon). */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Names whose value is a credential and never the name, the place or the kind of one. */
const CREDENTIAL_NAME =
  /(?:^|[-_.]|[a-z](?=[A-Z]))(?:password|passwd|passphrase|pwd|secret|token|api[-_.]?key|access[-_.]?key|secret[-_.]?key|private[-_.]?key|encryption[-_.]?key|signing[-_.]?key|client[-_.]?secret|bearer)$|^(?:pass|auth)$|^\.?(?:dockerconfigjson|dockercfg|htpasswd|netrc|pgpass)$/i;

/** Whether a setting or key of the name holds a credential: `DB_PASSWORD`, `secretkey`, and not `PASSWORD_FILE`. */
export function namesCredential(name: string): boolean {
  return CREDENTIAL_NAME.test(name);
}
