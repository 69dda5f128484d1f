/**
 * The types of the gateway as data: one table for the interface descriptions that are served and for whoever checks
 * messages against them.
 *
 * @module
 */

/** Name, type with the prefix of its schema, and how often: `1`, `?` (0..1) or `*` (0..n). All elements are unqualified. */
export type ContractField = readonly [name: string, type: string, occurs: '1' | '?' | '*'];

/** A complex type, its elements in order. */
export type ContractRecord = readonly [name: string, fields: readonly ContractField[]];

/** A restriction of `xs:string` by one facet; an enumeration has several values. */
export type ContractText = readonly [
  name: string,
  facet: 'pattern' | 'maxLength' | 'enumeration',
  ...values: readonly [string, ...string[]],
];

/** The types and elements of one namespace. */
export interface ContractSchema {
  readonly namespace: string;
  /** What other schemas refer to it by. */
  readonly prefix: string;
  readonly records: readonly ContractRecord[];
  readonly texts: readonly ContractText[];
  /** Wrapper elements, each with its one nillable child and the type of that. */
  readonly wrappers: readonly (readonly [name: string, child: string, type: string])[];
  /** Elements of the detail of a fault; all are of the type ErrorInfo. */
  readonly faults: readonly string[];
}

const occurrence = { '1': '', '?': ' minOccurs="0"', '*': ' minOccurs="0" maxOccurs="unbounded"' } as const;

/** A schema as XSD, for `wsdl:types`: it imports the others by namespace, because they stand beside it. */
export function schemaXsd(schema: ContractSchema, all: readonly ContractSchema[]): string {
  const others = all.filter(({ namespace }) => namespace !== schema.namespace);
  const lines = [
    ...others.map(({ namespace }) => `<xs:import namespace="${namespace}"/>`),
    ...schema.wrappers.map(
      ([name, child, type]) =>
        `<xs:element name="${name}"><xs:complexType><xs:sequence>` +
        `<xs:element name="${child}" type="${type}" nillable="true"/></xs:sequence></xs:complexType></xs:element>`,
    ),
    ...schema.faults.map((name) => `<xs:element name="${name}" type="com:ErrorInfo" nillable="true"/>`),
    ...schema.records.map(([name, fields]) => {
      const elements = fields.map(
        ([field, type, occurs]) => `<xs:element name="${field}" type="${type}"${occurrence[occurs]}/>`,
      );
      return `<xs:complexType name="${name}"><xs:sequence>${elements.join('')}</xs:sequence></xs:complexType>`;
    }),
    ...schema.texts.map(([name, facet, ...values]) => {
      const facets = values.map((value) => `<xs:${facet} value="${value}"/>`).join('');
      return `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${facets}</xs:restriction></xs:simpleType>`;
    }),
  ];
  return `    <xs:schema targetNamespace="${schema.namespace}">\n${lines.map((line) => `      ${line}\n`).join('')}    </xs:schema>`;
}
