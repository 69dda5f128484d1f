import { equal, match, notEqual } from 'node:assert/strict';

/** How zeep signs; `''` in the place of one means not at all. */
export const zeepStyles = ['binary-security-token', 'x509-data'];

export const bracedGuid = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;

export const now = () => new Date().toISOString();

/** Calls operations of one interface: `call(operation, request)` gives what zeep made of the answer or of the fault. */
export function zeepCaller(python, { wsdl, address }, style) {
  return async (operation, request) => {
    const argument = Buffer.from(JSON.stringify(request)).toString('base64');
    return JSON.parse(await python.ask('call', wsdl, address, style, operation, argument));
  };
}

/** A fault that zeep has read as the one the WSDL declares for the operation, which is in `namespace`. */
export function checkFault({ fault, answer }, { operation, namespace, code }) {
  if (fault === undefined) throw new Error(`expected a fault, got ${JSON.stringify(answer)}`);
  equal(fault.element, `{${namespace}}${operation}Fault1_${operation}Fault`);
  match(fault.info.errorCode, code);
  notEqual(fault.info.errorMessage, '');
  match(fault.info.errorDate, /^\d{4}-.*[+-]\d\d:\d\d$/);
}
