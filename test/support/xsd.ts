import { parseXml, type XmlElement } from './xml.ts';

/** What is wrong with an element by an XML schema; empty where nothing is. */
export type Validate = (root: XmlElement) => string[];

/**
 * Reads of an XML schema what schemas of reports use: elements by name, their attributes with patterns, and which
 * elements they may hold. The order and number of these is not looked at. Throws for a schema with anything else.
 */
export function compileXsd(xsd: string): Validate {
  const schema = parseXml(xsd.replace(/<!--[\s\S]*?-->/g, ''));
  const named = (kind: string, name: string | undefined) =>
    schema.children.find(child => child.name === kind && child.attributes.name === name);
  const faults: Validate = element => {
    const declared = named('xs:element', element.name);
    if (declared === undefined) return [`there is no element ${element.name}`];
    const [type] = declared.children.filter(({ name }) => name === 'xs:complexType');
    const complex = type ?? named('xs:complexType', declared.attributes.type);
    const allowed = complex === undefined ? [] : attributesOf(complex);
    const names = complex === undefined ? [] : elementsIn(complex);
    return [
      ...Object.entries(element.attributes).flatMap(([name, value]) => {
        const attribute = allowed.find(({ attributes }) => attributes.name === name);
        if (attribute === undefined) return [`${element.name} has no attribute ${name}`];
        const pattern = patternOf(named('xs:simpleType', attribute.attributes.type));
        return pattern.test(value) ? [] : [`${name}="${value}" of ${element.name} is not as ${pattern}`];
      }),
      ...allowed.flatMap(({ attributes: { name = '', use } }) =>
        use === 'required' && element.attributes[name] === undefined ? [`${element.name} needs ${name}`] : [],
      ),
      ...element.children.flatMap(child =>
        names.includes(child.name) ? faults(child) : [`${element.name} holds no ${child.name}`],
      ),
    ];
  };
  return faults;
}

function attributesOf({ children }: XmlElement): XmlElement[] {
  return children.filter(({ name }) => name === 'xs:attribute');
}

function elementsIn({ children }: XmlElement): string[] {
  return children.flatMap(child => {
    if (child.name === 'xs:element') return child.attributes.ref ?? child.attributes.name ?? [];
    if (child.name === 'xs:sequence' || child.name === 'xs:choice') return elementsIn(child);
    if (child.name === 'xs:attribute') return [];
    throw new Error(`${child.name} is not known here`);
  });
}

/** Of a simple type; without one, of any text. */
function patternOf(type: XmlElement | undefined): RegExp {
  const [restriction] = type?.children ?? [];
  const [pattern] = restriction?.children ?? [];
  return new RegExp(`^(?:${pattern?.attributes.value ?? '[\\s\\S]*'})$`);
}
