interface Form {
  readonly what: string;
  /** One of these stands in each text of the form. Looking for it spares making the expression ready. */
  readonly marks: readonly string[];
  readonly expression: RegExp;
}

/** Forms that only a credential has. The prefixes are those that the issuers document. */
const FORMS: readonly Form[] = [
  {
    what: 'a private key',
    marks: ['PRIVATE KEY-----'],
    expression: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*(?:\\n)?(?:[A-Za-z-]+: .*\s+)*[A-Za-z0-9+/=\s\\]{100}/,
  },
  { what: 'an age private key', marks: ['AGE-SECRET-KEY-1'], expression: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b/ },
  { what: 'an AWS access key', marks: ['AKIA', 'ASIA'], expression: /\b(?:AKIA|ASIA)(?!.{9}EXAMPLE)[0-9A-Z]{16}\b/ },
  { what: 'an Azure storage key', marks: ['AccountKey='], expression: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  { what: 'a Google API key', marks: ['AIza'], expression: /\bAIza[\w-]{35}(?![\w-])/ },
  {
    what: 'a GitHub token',
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    expression: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})\b/,
  },
  {
    what: 'a GitLab token',
    marks: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glagent-'],
    expression: /\bgl(?:pat|dt|rt|ptt|agent)-[\w-]{20,}/,
  },
  { what: 'a Slack token', marks: ['xox'], expression: /\bxox[abeprs]-\d[\w-]{20,}/ },
  {
    what: 'a Slack webhook',
    marks: ['hooks.slack.com'],
    expression: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{24}/,
  },
  {
    what: 'a Discord webhook',
    marks: ['.com/api/webhooks/'],
    expression: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,}/,
  },
  { what: 'a Stripe key', marks: ['k_live_'], expression: /\b[rs]k_live_[0-9A-Za-z]{24,}/ },
  { what: 'a SendGrid key', marks: ['SG.'], expression: /\bSG\.[\w-]{22}\.[\w-]{43}/ },
  { what: 'an npm token', marks: ['npm_'], expression: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: 'a PyPI token', marks: ['pypi-AgEI'], expression: /\bpypi-AgEI[\w-]{50,}/ },
  { what: 'a Docker Hub token', marks: ['dckr_'], expression: /\bdckr_(?:pat|oat)_[\w-]{27,}/ },
  { what: 'a DigitalOcean token', marks: ['_v1_'], expression: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  { what: 'a Vault token', marks: ['hvs.', 'hvb.'], expression: /\bhv[bs]\.[\w-]{24,}/ },
  { what: 'a Grafana token', marks: ['glsa_'], expression: /\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}\b/ },
  { what: 'a Telegram bot token', marks: [':AA'], expression: /\b\d{8,10}:AA[\w-]{33}(?![\w-])/ },
  { what: 'an OpenAI key', marks: ['T3BlbkFJ'], expression: /\bsk-(?:proj-|svcacct-)?[\w-]*T3BlbkFJ[\w-]+/ },
  { what: 'an Anthropic key', marks: ['sk-ant-'], expression: /\bsk-ant-(?:api|admin)\d\d-[\w-]{80,}/ },
];

/** The shortest of the forms is longer, and most values of a manifest are not. */
const SHORTEST = 20;

/** What the text holds by its form: `a GitHub token`; undefined where it has no form that is known. */
export function credentialIn(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  return FORMS.find(({ marks, expression }) => marks.some(mark => text.includes(mark)) && expression.test(text))?.what;
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
  /change[-_ ]?(?:me|it|this)|changed?[-_ ]in|replace|insert[-_ ]|fill[-_ ]?(?:me|in)|place[-_ ]?holder|example|dummy|throw[-_ ]?away|sample|fake|mock|(?:^|[^a-z])(?:todo|fixme|redacted|secret|test|your|my|the|some|none|null|nil|unset|unused|empty|default|password|set[-_ ]by)(?:[^a-z]|$)|^(?:x+|\*+|\.+|-+|_+|0+|n\/?a)$/i;

/** As crypt and its successors write what they make of a password, alone or after a user's name. */
const HASH = /^(?:[^\s:$]+:)?(?:\$(?:1|2[abxy]?|5|6|7|y|apr1|argon2\w*|scrypt|pbkdf2[\w-]*)\$|\{SHA\})/;

/** Lower-case words with hyphens: what a Secret is called, and not what is in it. */
const OBJECT_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;

/** A value that stands for one that is put there later, or names it, or from which it cannot be told. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  if (text.length < 4 || REFERENCE.test(text) || HASH.test(text)) return true;
  return text.length < 120 && (standsForAnother(text) || standsForAnother(decoded(text) ?? ''));
}

function standsForAnother(text: string): boolean {
  return PLACEHOLDER.test(text) || (OBJECT_NAME.test(text) && !looksRandom(text));
}

/** What a text is the base64 of; undefined where that is no text, as for what is random. */
function decoded(text: string): string | undefined {
  if (text.length % 4 !== 0 || !/^[\w+/]+={0,2}$/.test(text)) return undefined;
  const plain = Buffer.from(text, 'base64').toString('latin1').trim();
  return /^[ -~]+$/.test(plain) ? plain : undefined;
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

/** One of these is in each such name. Looking for them spares making the expression ready, which is a large one. */
const MARKS = ['pass', 'pwd', 'secret', 'token', 'key', 'bearer', 'auth', 'docker', 'netrc'];

/** Whether a setting or key of the name holds a credential: `DB_PASSWORD`, `secretkey`, and not `PASSWORD_FILE`. */
export function namesCredential(name: string): boolean {
  const lower = name.toLowerCase();
  return MARKS.some(mark => lower.includes(mark)) && CREDENTIAL_NAME.test(name);
}
