import type { GatewayAnswer } from '../gateway-answer.ts';
import type { Misbehaviour } from './script.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };

function page(status: number, title: string, headers: Readonly<Record<string, string>> = {}): GatewayAnswer {
  const text = `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;
  return { status, headers: { ...html, ...headers }, body: Buffer.from(text) };
}

/** The answer as an `http` scenario bends it. @internal */
export function editHttp(answer: GatewayAnswer, { name, answerBytes }: Misbehaviour): GatewayAnswer {
  switch (name) {
    case 'http-500-empty':
      return { status: 500, headers: {}, body: new Uint8Array() };
    case 'http-502-html':
      return page(502, '502 Bad Gateway');
    case 'http-503-html':
      return page(503, '503 Service Temporarily Unavailable', { 'retry-after': '120' });
    case 'http-200-html':
      return page(200, 'Sign in to the network');
    case 'redirect':
      return { status: 302, headers: { location: 'http://elsewhere.invalid/' }, body: new Uint8Array() };
    case 'wrong-content-type':
      return { ...answer, headers: { ...answer.headers, ...html } };
    case 'gzip':
      return { ...answer, isGzip: true };
    case 'gzip-bomb':
      return { ...answer, isGzip: true, padToBytes: answerBytes };
    case 'oversized-answer':
      return { ...answer, padToBytes: answerBytes };
    default:
      return answer;
  }
}
