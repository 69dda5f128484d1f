import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseXml } from '@egov-gateway/xml';

import { run } from './tools.mjs';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The text of what the gateway's schema knows: the child of the Body, of a fault the child of its detail. */
export function contentOf(bytes) {
  const { root } = parseXml(bytes);
  const content = root.child('Body', soap).first;
  const element = content.localName === 'Fault' ? content.child('detail').first : content;
  return root.document.source.slice(element.startOffset, element.endOffset);
}

/** `validate(contents)` throws what xmllint says, with the first content that it says it of. */
export function schemaValidator({ folder, shared, schema }) {
  return (contents) => {
    const paths = contents.map((content, index) => {
      const path = join(folder, `content-${index}.xml`);
      writeFileSync(path, content);
      return path;
    });
    try {
      // One schema includes another more than once, which xmllint tells of each time.
      run('xmllint', ['--noout', '--nowarning', '--schema', join(shared, 'interfaces', schema), ...paths]);
    } catch (error) {
      const found = /content-(\d+)\.xml:.*error.*/.exec(error.message);
      if (found === null) throw error;
      throw new Error(`${found[0]}\n${contents[Number(found[1])]}`, { cause: error });
    }
  };
}
