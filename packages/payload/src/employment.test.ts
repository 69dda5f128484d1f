/**
 * One made-up service with every kind of field, against files and its own schema.
 *
 * @module
 */
import { fixture, fixtureText } from '@egov-gateway/testing';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';
import * as fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

import {
  bin,
  binary,
  type DataStyle,
  decimalText,
  definePayload,
  iin,
  LazyBinary,
  lazyBinary,
  type Payload,
  type PayloadLayout,
  xml,
  xsDate,
  xsDateTime,
} from './index.ts';

const person = z.object({
  iin: iin(),
  name: z.string().min(1).max(100),
  birthDate: xsDate().optional(),
  isResident: z.boolean(),
  rate: z.number().min(0).optional(),
  salary: decimalText().optional(),
  places: z.int().optional(),
  leftAt: xsDate().nullable().optional(),
  scan: lazyBinary().optional(),
});

const schema = z.object({
  companyBin: xml(bin(), { name: 'company_bin', clause: 'HR 1, 2.1' }),
  kind: z.enum(['MAIN', 'SECOND']),
  persons: xml(z.array(person).min(1), { name: 'person' }),
  notes: xml(z.array(z.string()), { name: 'note' }),
  attachment: binary().optional(),
  signedAt: xsDateTime().optional(),
});

type Sent = z.input<typeof schema>;
type Received = z.output<typeof schema>;

const hr = 'http://agency.example/hr/v1';
const root = { name: 'employment', namespace: hr, prefix: 'hr' };
const typed: DataStyle = { style: 'typed', type: 'EmploymentRequest', namespace: hr, prefix: 'hr' };

const layouts: Readonly<Record<string, PayloadLayout>> = {
  plain: {},
  typed: { data: typed },
  'typed-unprefixed': { data: { style: 'typed', type: 'EmploymentRequest' } },
  root: { root },
  qualified: { root, elements: { namespace: hr, prefix: 'hr' } },
  text: { root, data: { style: 'text' } },
  'text-untyped': { root, data: { style: 'text', typed: false, declaration: true } },
};

function payload(layout: PayloadLayout): Payload<Received, Sent> {
  return definePayload({ schema, ...layout });
}

const full: Sent = {
  companyBin: '991340000017',
  kind: 'MAIN',
  persons: [
    {
      iin: '001300900011',
      name: 'Әбіл Ғани-Қызы & <Ң>',
      birthDate: '1990-02-28+06:00',
      isResident: true,
      rate: 0.75,
      salary: '0350000.00',
      places: 2,
      leftAt: null,
      scan: LazyBinary.from(Uint8Array.of(0x25, 0x50, 0x44, 0x46)),
    },
    { iin: '001300900207', name: ' two  spaces ', isResident: false, leftAt: '2024-02-29' },
  ],
  notes: ['first\r\nline', '', ']]>'],
  attachment: Uint8Array.of(0, 255, 1),
  signedAt: '2026-01-13T10:00:00.000+05:00',
};

const least: Sent = {
  companyBin: '991340000801',
  kind: 'SECOND',
  persons: [{ iin: '001300900011', name: 'А', isResident: false }],
  notes: [],
};

function write(codec: Payload<Received, Sent>, value: Sent): Uint8Array {
  expect(codec.validate(value)).toEqual([]);
  const writer = createXmlWriter();
  writer.open('data');
  codec.write(value, writer);
  writer.close();
  return writer.finish().bytes;
}

/** Lazy content compares by what it decodes to. */
function comparable(value: Received | Sent): unknown {
  return {
    ...value,
    persons: value.persons.map(({ scan, ...rest }) => ({
      ...rest,
      scan: scan instanceof LazyBinary ? scan.bytes() : scan,
    })),
  };
}

describe('definePayload', () => {
  test.each(Object.keys(layouts))('writes %s.xml', (name) => {
    const text = new TextDecoder().decode(write(payload(layouts[name] ?? {}), full));
    expect(`${text}\n`).toBe(fixtureText(`payload/${name}.xml`));
  });

  test('writes least.xml', () => {
    const text = new TextDecoder().decode(write(payload({}), least));
    expect(`${text}\n`).toBe(fixtureText('payload/least.xml'));
  });

  test.each(Object.keys(layouts))('reads %s.xml into what was written', (name) => {
    const read = payload(layouts[name] ?? {}).read(parseXml(fixture(`payload/${name}.xml`)).root);
    expect(comparable(read)).toEqual(comparable(full));
  });

  test.each(['plain', 'typed', 'typed-unprefixed'])(
    'reads %s.xml whatever the definition expects on data',
    (name) => {
      for (const style of ['plain', 'typed', 'typed-unprefixed']) {
        const read = payload(layouts[style] ?? {}).read(parseXml(fixture(`payload/${name}.xml`)).root);
        expect(comparable(read)).toEqual(comparable(full));
      }
    },
  );

  test.each(['root', 'text', 'text-untyped'])(
    'reads %s.xml as text or element, whichever was expected',
    (name) => {
      for (const style of ['root', 'text', 'text-untyped']) {
        const read = payload(layouts[style] ?? {}).read(parseXml(fixture(`payload/${name}.xml`)).root);
        expect(comparable(read)).toEqual(comparable(full));
      }
    },
  );

  test.each([
    ['all fields', full],
    ['required fields', least],
  ])('writes a document with %s that its schema accepts', (_name, value) => {
    const bytes = payload(layouts['qualified'] ?? {}).writeDocument(value);
    using schemaDocument = XmlDocument.fromBuffer(fixture('payload/employment.xsd'));
    using validator = XsdValidator.fromDoc(schemaDocument);
    using document = XmlDocument.fromBuffer(bytes);
    expect(() => validator.validate(document)).not.toThrow();
  });

  test('reads back every value that it writes, in every layout', async () => {
    const values = fc.record<Sent>(
      {
        companyBin: fc.constantFrom('991340000017', '991340000801'),
        kind: fc.constantFrom('MAIN', 'SECOND'),
        persons: fc.array(
          fc.record<Sent['persons'][number]>(
            {
              iin: fc.constantFrom('001300900011', '001300900207'),
              name: xmlText.filter((text) => text.length > 0 && text.length <= 100),
              birthDate: fc.constantFrom('2000-02-29', '1999-12-31Z', '0001-01-01-14:00'),
              isResident: fc.boolean(),
              rate: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
              salary: fc.constantFrom('0', '-1.50', '007', '99999999999999999999.01'),
              places: fc.maxSafeInteger(),
              leftAt: fc.constantFrom(null, '2024-02-29'),
              scan: fc.uint8Array({ minLength: 1 }).map((bytes) => LazyBinary.from(bytes)),
            },
            { requiredKeys: ['iin', 'name', 'isResident'] },
          ),
          { minLength: 1, maxLength: 4 },
        ),
        notes: fc.array(xmlText, { maxLength: 3 }),
        attachment: fc.uint8Array({ minLength: 1 }),
        signedAt: fc.constantFrom(
          '2026-01-13T10:00:00+05:00',
          '1999-12-31T24:00:00',
          '2026-01-13T10:00:00.5Z',
        ),
      },
      { requiredKeys: ['companyBin', 'kind', 'persons', 'notes'] },
    );
    const property = fc.property(values, fc.constantFrom(...Object.values(layouts)), (value, layout) => {
      const codec = payload(layout);
      const read = codec.read(parseXml(write(codec, value)).root);
      expect(comparable(read)).toEqual(comparable(value));
    });
    await fc.assert(property);
  });
});

const xmlText = fc
  .string({ unit: 'binary' })
  .filter((text) => /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u.test(text));
