/** An element of an XML text, without the text in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
}

const TOKEN = /<\?xml [^>]*\?>|<\/([\w:-]+)>|<([\w:-]+)((?: [\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos);)/;
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Reads well-formed XML 1.0 without comments, CDATA and a DTD, which no report has. Throws for anything else. */
export function parseXml(xml: string): XmlElement {
  if (FORBIDDEN.test(xml)) throw new Error('a character that XML cannot hold');
  if (ENTITY.test(xml)) throw new Error('an ampersand that is no entity');
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  let end = 0;
  for (const [token, closed, name, attributes = '', isEmpty] of xml.matchAll(TOKEN)) {
    end += token.length;
    if (name !== undefined) {
      const pairs = [...attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [] };
      open.at(-1)?.children.push(element);
      if (isEmpty === '') open.push(element);
    } else if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`);
  }
  const [element, second] = root.children;
  if (end !== xml.length || open.length !== 1 || element === undefined || second !== undefined) {
    throw new Error(`not well formed at ${end}: ${xml.slice(end, end + 80)}`);
  }
  return element;
}
