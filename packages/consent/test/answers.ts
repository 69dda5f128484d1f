/**
 * Answers of КДП for the tests of this package.
 *
 * @module
 */
import type { Service } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import type { ConsentAnswer, ConsentGateway, ConsentRequest, ConsentService } from '../src/index.ts';

export const secretToken = 'T0KEN-ABCDEFGHIJKLMNOP';
export const secretKey = 'S0VZLUFCQ0RFRkdISUpLTE1OT1A=';
export const iin = '001300900011';
export const requester = {
  company: 'ТОО Пример',
  companyBin: '991340000017',
  companyResponsible: 'МИС Пример',
  employeeName: 'Тестов Тест',
} as const;

export const request: ConsentRequest = {
  iin,
  ...requester,
  accessNames: ['GBDFLUniversal_token'],
  expiresInMs: 600_000,
  omitSms: true,
};

/** The fields of `data`, qualified as they were seen. */
export function answerXml(fields: string): string {
  const qualified = fields.replace(/<(\/?)([a-z-]+)/g, '<$1ns3:$2');
  return `<ns3:data xmlns:ns3="http://service.2fa-chain.kz/ns/kdp">${qualified}</ns3:data>`;
}

export const grantedFields = `<status>ANY</status><code>${secretToken.slice(0, 5)}\r\n ${secretToken.slice(5)}\n</code><public-key>\t${secretKey}</public-key>`;

export function readAnswer(service: ConsentService, xml: string): ConsentAnswer {
  return service.response.read(parseXml(new TextEncoder().encode(xml)).root);
}

/** A gateway that hands every request to a function. */
export function gatewayOf(
  answer: (call: {
    readonly service: Service<unknown, unknown>;
    readonly request: unknown;
    readonly options: Parameters<ConsentGateway['callWithInfo']>[2];
  }) => unknown,
): ConsentGateway {
  return {
    async callWithInfo(service, value, options) {
      const given = await answer({
        service: service as Service<unknown, unknown>,
        request: value,
        options,
      });
      return { value: given as never, messageId: 'message-1', verified: true };
    },
  };
}
