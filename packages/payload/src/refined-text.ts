import * as z from 'zod';

import { leafCodecs, textLeaf } from './leaf-codec.ts';

/** What a text breaks: the name of the rule, and words that do not repeat the text. */
export interface Breach {
  readonly rule: string;
  readonly message: string;
  /** The document that says so. */
  readonly clause?: string;
}

/**
 * A schema of text with rules of its own, each with a name and words for {@link ValidationIssue}.
 *
 * On receive, white space around the text is cut off, and an empty optional element counts as absent.
 *
 * @param options.kind - what messages call it: `a date (YYYY-MM-DD)`
 * @param options.breach - the rule that a text breaks, or `undefined`
 */
export function refinedText(options: {
  readonly kind: string;
  readonly breach: (text: string) => Breach | undefined;
}): z.ZodString {
  const schema = z.string().check((payload) => {
    const found = options.breach(payload.value);
    if (found === undefined) return;
    const { message, ...params } = found;
    // `continue` lets the rules of the object around it run too, so that all issues come at once.
    payload.issues.push({ code: 'custom', input: payload.value, message, params, continue: true });
  });
  leafCodecs.add(schema, textLeaf({ kind: options.kind, whitespace: 'collapse', emptyIsAbsent: true }));
  return schema;
}
