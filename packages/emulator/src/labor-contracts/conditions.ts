/**
 * The newer fields, whose names are not published: judged when the names are given.
 *
 * @module
 */
import type { XmlElement } from '@egov-gateway/core';
import {
  type ConditionContext,
  type ContractConditions,
  type ContractIssue,
  checkContractConditions,
} from '@egov-gateway/labor-contracts';

import { childOf, textOf } from './request-elements.ts';

/** Names of the newer fields, as the owner of the service has given them. */
export interface NamedConditions extends Pick<ConditionContext, 'terms' | 'countries' | 'kato'> {
  /**
   * Local name of the element of each field, in no namespace, within `contractData` or `subsidiaryContractData`. Fields
   * without a name are not judged; `beginDate` has its known one.
   *
   * @example
   * { term: 'NAME_FROM_THE_OWNER', endDate: 'ANOTHER_ONE' }
   */
  readonly names: { readonly [Field in Exclude<keyof ContractConditions, 'beginDate'>]?: string };
}

const blocks = { newContractData: 'contractData', subsidiaryContractData: undefined } as const;

/** The conditions of a request. @internal */
export function conditionsOf(
  root: XmlElement,
  operation: keyof typeof blocks,
  { names }: NamedConditions,
): ContractConditions {
  const within = childOf(root, operation);
  const block = blocks[operation] === undefined ? within : childOf(within, blocks[operation]);
  const fields = Object.entries({ ...names, beginDate: 'beginDate' });
  return Object.fromEntries(
    fields
      .map(([field, name]) => [field, textOf(childOf(block, name))])
      .filter(([, text]) => text !== undefined),
  );
}

/** What is wrong with the fields that have names. @internal */
export function conditionIssues(
  conditions: ContractConditions,
  named: NamedConditions,
  context: Pick<ConditionContext, 'operation' | 'today'>,
): readonly ContractIssue[] {
  const { names, ...books } = named;
  return checkContractConditions(conditions, { ...context, ...books })
    .issues.filter(({ path }) => Object.hasOwn(names, path.slice(1)))
    .map((issue) => ({ ...issue, path: `/${names[issue.path.slice(1) as keyof typeof names] ?? ''}` }));
}
