import { ValidateError, type ValidationIssue, type XmlName, type XmlWriter } from '@egov-gateway/core';

import { checkText } from './contract-text.ts';
import { checkErrorInfo, type ErrorInfoContent, writeErrorInfo } from './error-info.ts';
import { soapName } from './soap.ts';
import { type WriteOptions, type WrittenEnvelope, writeSoapEnvelope } from './soap-envelope.ts';
import { syncFaultName } from './sync/channel.ts';

/** A fault as a server writes it. */
export interface Fault {
  /** `faultcode`. Default `soap:Server`; providers have been seen to put the error code itself here. */
  readonly faultCode?: string | undefined;
  /** `faultstring`, in the server's own words. */
  readonly faultString: string;
  /** The gateway's description of the refusal. Left out, the fault has no detail. */
  readonly errorInfo?: ErrorInfoContent | undefined;
  /** The element around it in the detail. Default: that of the synchronous channel. */
  readonly detailName?: XmlName | undefined;
}

const clause = 'SOAP 1.1, 4.4';

/**
 * A SOAP 1.1 fault as an unsigned envelope, for the one who serves.
 *
 * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, paths from `/Fault`
 * @see Rules No 123, Приложение 1, 2.1 "SendMessageFault1_SendMessageFault"
 */
export function writeFault(fault: Fault, options: WriteOptions = {}): WrittenEnvelope {
  const { faultCode = 'soap:Server', faultString, errorInfo, detailName = syncFaultName } = fault;
  const issues: ValidationIssue[] = [];
  checkText(issues, '/Fault/faultcode', faultCode, { isRequired: true, clause });
  checkText(issues, '/Fault/faultstring', faultString, { isRequired: true, clause });
  if (errorInfo !== undefined) checkErrorInfo(issues, `/Fault/detail/${detailName.localName}`, errorInfo);
  if (issues.length > 0) throw new ValidateError(issues);

  const writeContent = (writer: XmlWriter): void => {
    writer.open(soapName('Fault'));
    writer.leaf('faultcode', faultCode);
    writer.leaf('faultstring', faultString);
    if (errorInfo !== undefined) {
      writer.open('detail');
      writer.open(detailName);
      writeErrorInfo(writer, errorInfo);
      writer.close();
      writer.close();
    }
    writer.close();
  };
  return writeSoapEnvelope([], writeContent, options);
}
