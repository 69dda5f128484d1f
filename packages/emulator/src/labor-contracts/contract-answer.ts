import { createXmlWriter, xmlName } from '@egov-gateway/xml';

/** What an answer of success is about. */
export interface ContractAnswer {
  /** Of a contract or of an agreement; a termination is answered with that of its contract. */
  readonly registeredId: string;
  /** Name of the element of the operation. */
  readonly operation: string;
}

const name = (localName: string) => xmlName(localName, 'urn:egov-gateway:emulator:labor-contracts', 'emu');
const names = {
  root: name('emulatorAnswer'),
  first: name('first'),
  second: name('second'),
  id: name('id'),
};

/**
 * The document of an answer. Known of the real one is only where the id is: in the first child of the second child of the
 * root (grade B). The names here are the emulator's own.
 */
export function positionalAnswer({ registeredId }: ContractAnswer): string {
  const writer = createXmlWriter();
  writer.open(names.root);
  writer.leaf(names.first, 'SCSS001');
  writer.open(names.second);
  writer.leaf(names.id, registeredId);
  writer.close();
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}
