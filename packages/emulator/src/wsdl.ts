/**
 * The interface description that the emulator serves at `?wsdl`: written for this project after the names, orders and
 * types of the synchronous channel, with the schema inline so that a client generator needs no second request.
 *
 * @module
 */
import { contractRecords, contractTexts, contractWrappers } from './sync-contract.ts';

const interfaces = 'http://bip.bee.kz/SyncChannel/v10/Interfaces';
const types = 'http://bip.bee.kz/SyncChannel/v10/Types';

const occurrence = { '1': '', '?': ' minOccurs="0"', '*': ' minOccurs="0" maxOccurs="unbounded"' } as const;

function schema(): string {
  const complex = contractRecords.map(([name, fields]) => {
    const elements = fields.map(
      ([field, type, occurs]) => `<xs:element name="${field}" type="${type}"${occurrence[occurs]}/>`,
    );
    return `<xs:complexType name="${name}"><xs:sequence>${elements.join('')}</xs:sequence></xs:complexType>`;
  });
  const simple = contractTexts.map(
    ([name, facet, value]) =>
      `<xs:simpleType name="${name}"><xs:restriction base="xs:string">` +
      `<xs:${facet} value="${value}"/></xs:restriction></xs:simpleType>`,
  );
  const elements = contractWrappers.map(
    ([name, child, type]) =>
      `<xs:element name="${name}"><xs:complexType><xs:sequence>` +
      `<xs:element name="${child}" type="typ:${type}" nillable="true"/></xs:sequence></xs:complexType></xs:element>`,
  );
  const fault =
    '<xs:element name="SendMessageFault1_SendMessageFault" type="typ:ErrorInfo" nillable="true"/>';
  return [...elements, fault, ...complex, ...simple].map((line) => `      ${line}`).join('\n');
}

/**
 * The WSDL of the synchronous channel: SOAP 1.1, document/literal wrapped, `soapAction=""`.
 *
 * @param location - the address of the endpoint, for `soap:address`
 * @see SyncChannel v10, ISyncChannel.wsdl and SyncChannelHttp_Service.wsdl
 */
export function syncWsdl(location: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="ISyncChannelHttpService" targetNamespace="${interfaces}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${interfaces}" xmlns:typ="${types}">
  <wsdl:types>
    <xs:schema targetNamespace="${types}">
${schema()}
    </xs:schema>
  </wsdl:types>
  <wsdl:message name="SendMessageRequest"><wsdl:part name="parameters" element="typ:SendMessage"/></wsdl:message>
  <wsdl:message name="SendMessageResponse"><wsdl:part name="parameters" element="typ:SendMessageResponse"/></wsdl:message>
  <wsdl:message name="SendMessageFault"><wsdl:part name="fault" element="typ:SendMessageFault1_SendMessageFault"/></wsdl:message>
  <wsdl:portType name="ISyncChannel">
    <wsdl:operation name="SendMessage">
      <wsdl:input message="tns:SendMessageRequest"/>
      <wsdl:output message="tns:SendMessageResponse"/>
      <wsdl:fault name="SendMessageFault" message="tns:SendMessageFault"/>
    </wsdl:operation>
  </wsdl:portType>
  <wsdl:binding name="SyncChannelHttpBinding" type="tns:ISyncChannel">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="SendMessage">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="SendMessageFault"><soap:fault name="SendMessageFault" use="literal"/></wsdl:fault>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="ISyncChannelHttpService">
    <wsdl:port name="SyncChannelHttpPort" binding="tns:SyncChannelHttpBinding">
      <soap:address location="${escapeAttribute(location)}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
