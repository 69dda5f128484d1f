import { jsonAnswer, type PortalAnswerBytes } from './portal-answer.ts';
import type { EkdoMisbehaviour } from './portal-menu.ts';

const page = '<!DOCTYPE html>\n<html><head><title>EMU</title></head><body>Технические работы</body></html>\n';

/** What is answered instead of doing anything; `undefined`: it is done. @internal */
export function answerInstead({ name }: EkdoMisbehaviour): PortalAnswerBytes | undefined {
  switch (name) {
    case 'html-page':
      return htmlAnswer(200);
    case 'server-error':
      return jsonAnswer(500, { error: 'EMU-SCRIPT' });
    case 'expired-token':
    case 'unauthorized':
      return jsonAnswer(401, { error: 'EMU-SCRIPT' });
    case 'forbidden':
      return jsonAnswer(403, { error: 'EMU-SCRIPT' });
    case 'bad-request':
      return jsonAnswer(400, { error: 'EMU-SCRIPT' });
    case 'too-many-requests': {
      const answer = jsonAnswer(429, { error: 'EMU-SCRIPT' });
      return { ...answer, headers: { ...answer.headers, 'retry-after': '60' } };
    }
    case 'redirect':
      return { status: 302, headers: { location: '/login' }, body: new Uint8Array() };
    default:
      return undefined;
  }
}

/** The answer to what was done, as the script has it. @internal */
export function spoiled(
  answer: PortalAnswerBytes,
  { name, answerBytes }: EkdoMisbehaviour,
  earlierId: string,
): PortalAnswerBytes {
  switch (name) {
    case 'html-after-accepting':
      return htmlAnswer(200);
    case 'bad-gateway-after-accepting':
      return htmlAnswer(502);
    case 'duplicate-id':
      return jsonAnswer(answer.status, { id: earlierId });
    case 'missing-id':
      return jsonAnswer(answer.status, {});
    case 'long-id':
      return jsonAnswer(answer.status, { id: 'E'.repeat(5000) });
    case 'path-id':
      return jsonAnswer(answer.status, { id: '../token' });
    case 'duplicate-keys': {
      const json = Buffer.from(answer.body).toString('utf8');
      return { ...answer, body: Buffer.from(`${json.slice(0, -1)},${json.slice(1)}`) };
    }
    case 'garbage-json':
      return { ...answer, body: answer.body.subarray(0, -1) };
    case 'wrong-content-type':
      return { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } };
    case 'oversized-answer':
      return { ...answer, body: Buffer.concat([answer.body, Buffer.alloc(answerBytes, 0x20)]) };
    default:
      return answer;
  }
}

function htmlAnswer(status: number): PortalAnswerBytes {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) };
}
