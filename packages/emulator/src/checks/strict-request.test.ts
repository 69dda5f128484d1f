import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import { strictIssues } from './strict-request.ts';

const fields = {
  messageId: '<messageId>1</messageId>',
  serviceId: '<serviceId>S</serviceId>',
  messageDate: '<messageDate>2026-01-13T10:00:00.000+05:00</messageDate>',
  sender: '<sender><senderId>a</senderId><password>b</password></sender>',
};
const data = '<requestData><data><any/></data></requestData>';

function issuesOf(info: string, rest = data, extensions: readonly string[] = []): readonly string[] {
  const xml = `<t:SendMessage xmlns:t="urn:t"><request><requestInfo>${info}</requestInfo>${rest}</request></t:SendMessage>`;
  return strictIssues(parseXml(Buffer.from(xml)).root, extensions);
}

const { messageId, serviceId, messageDate, sender } = fields;
const minimal = messageId + serviceId + messageDate + sender;
const guid = '{01234567-89ab-cdef-0123-456789abcdef}';

describe('strictIssues', () => {
  test.each([
    ['the required fields', minimal],
    [
      'every field in the order of the XSD',
      `${messageId}<correlationId>c</correlationId>${serviceId}${messageDate}<routeId>r</routeId>${sender}` +
        '<properties><key>k</key><value>v</value></properties><properties><key>k</key><value/></properties>' +
        `<sessionId>${guid}</sessionId>`,
    ],
    [
      'a sender without password',
      `${messageId + serviceId + messageDate}<sender><senderId>a</senderId></sender>`,
    ],
    ['a date in UTC', minimal.replace('+05:00', 'Z')],
    ['a date without zone, which xs:dateTime allows', minimal.replace('+05:00', '')],
    ['an empty optional text', minimal.replace(serviceId, `<correlationId/>${serviceId}`)],
  ])('accepts %s', (_case, info) => {
    expect(issuesOf(info)).toEqual([]);
  });

  test.each([
    ['absent data', '<requestData/>'],
    ['data of any shape', '<requestData><data>text</data></requestData>'],
    ['data in any namespace', '<requestData><data><a xmlns="urn:x"><b/></a></data></requestData>'],
  ])('accepts %s', (_case, rest) => {
    expect(issuesOf(minimal, rest)).toEqual([]);
  });

  test.each([
    ['messageDate before serviceId', messageId + messageDate + serviceId + sender, 'out of order'],
    ['a missing sender', messageId + serviceId + messageDate, 'sender: missing'],
    ['a field that comes twice', minimal.replace(messageId, messageId + messageId), 'at most once'],
    [
      'an unknown element',
      minimal.replace(sender, `<userId>u</userId>${sender}`),
      'userId: not in the contract',
    ],
    ['a field in a namespace', minimal.replace('<serviceId>', '<serviceId xmlns="urn:x">'), 'no namespace'],
    [
      'the misspelt messageDate of the Rules',
      minimal.replaceAll('messageDate', 'messegeDate'),
      'not in the contract',
    ],
    ['an offset without a colon', minimal.replace('+05:00', '+0500'), 'expected a date'],
    ['31 April', minimal.replace('2026-01-13', '2026-04-31'), 'expected a date'],
    ['a session without braces', `${minimal}<sessionId>${guid.slice(1, -1)}</sessionId>`, 'guid in braces'],
    ['an empty session', `${minimal}<sessionId/>`, 'guid in braces'],
    ['an empty properties element', `${minimal}<properties/>`, 'properties/key: missing'],
    ['a wrapper around a property', `${minimal}<properties><property/></properties>`, 'not in the contract'],
    [
      'a key of 31 characters',
      `${minimal}<properties><key>${'ә'.repeat(31)}</key><value/></properties>`,
      'longer than 30',
    ],
    ['elements in a text', minimal.replace('>S<', '><b/><'), 'expected text'],
  ])('refuses %s', (_case, info, issue) => {
    const issues = issuesOf(info);
    expect(issues.some((text) => text.includes(issue))).toBe(true);
  });

  test('refuses requestData before requestInfo, and no requestData', () => {
    const xml = `<SendMessage><request>${data}<requestInfo>${minimal}</requestInfo></request></SendMessage>`;
    expect(strictIssues(parseXml(Buffer.from(xml)).root, [])[0]).toContain('out of order');
    expect(issuesOf(minimal, '')).toEqual(['/SendMessage/request/requestData: missing']);
  });

  test('lists every issue, and never a value', () => {
    const issues = issuesOf('<messageId>001300900011</messageId><sessionId>001300900011</sessionId>');
    expect(issues).toHaveLength(4);
    expect(issues.join()).not.toContain('001300900011');
  });

  test('allows extensions by name, in requestInfo only', () => {
    const info = minimal.replace(sender, `<userId>u</userId>${sender}`);
    expect(issuesOf(info, data, ['userId'])).toEqual([]);
    expect(issuesOf(minimal.replace('<senderId>', '<userId/><senderId>'), data, ['userId'])).toHaveLength(1);
  });
});
