import { type Clock, GatewayFault, VerifyError } from '@egov-gateway/core';

import { assertFresh } from './answer-age.ts';

/** What an answer is judged by. */
export interface AnswerRules {
  /** Of the request. */
  readonly messageId: string | undefined;
  readonly verification: 'required' | 'off';
  readonly maxAnswerAgeMs: number | undefined;
  readonly clock: Clock;
}

/**
 * What `read` reads, when it may be believed. Judged before anything is said in the name of the gateway: an old answer
 * is none to this request.
 *
 * @throws {VerifyError} `ERR_VERIFY_UNSIGNED` when it must be verified and is not; `ERR_VERIFY_STALE` when it, or a
 *   verified fault, is older than `maxAnswerAgeMs`
 * @internal
 */
export function readTrusted<Answer extends { readonly verified: boolean }>(
  read: () => Answer,
  dateOf: (answer: Answer) => string,
  rules: AnswerRules,
): Answer {
  const { messageId, verification, maxAnswerAgeMs, clock } = rules;
  const judge = (date: string | undefined): void => {
    if (maxAnswerAgeMs !== undefined) {
      assertFresh(date, { maxAgeMs: maxAnswerAgeMs, nowMs: clock.now(), messageId });
    }
  };
  let answer: Answer;
  try {
    answer = read();
  } catch (error) {
    if (error instanceof GatewayFault && error.verified) judge(error.errorInfo?.errorDate);
    throw error;
  }
  if (answer.verified) judge(dateOf(answer));
  else if (verification === 'required') {
    throw new VerifyError('expected a signed answer', { code: 'ERR_VERIFY_UNSIGNED', messageId });
  }
  return answer;
}
