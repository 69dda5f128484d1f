/**
 * Interface descriptions to serve at `?wsdl`: written for this project after the names, orders and types of the real
 * ones, with the schemas inline so that a client generator needs no second request.
 *
 * @module
 */
import { asyncClientTypesNamespace } from '../async/channel.ts';
import { asyncContract } from './async-contract.ts';
import { type ContractSchema, schemaXsd } from './contract-schema.ts';
import { syncContract } from './sync-contract.ts';

/** What one description differs in from the others. */
interface Description {
  readonly interfaces: string;
  readonly portType: string;
  readonly binding: string;
  readonly service: string;
  readonly port: string;
  /** Each with the prefix of the schema that has its elements. */
  readonly operations: readonly (readonly [operation: string, prefix: string])[];
  readonly schemas: readonly ContractSchema[];
}

/**
 * The WSDL of the synchronous channel: SOAP 1.1, document/literal wrapped, `soapAction=""`.
 *
 * @param location - the address of the endpoint, for `soap:address`
 * @see SyncChannel v10, ISyncChannel.wsdl and SyncChannelHttp_Service.wsdl
 */
export function syncWsdl(location: string): string {
  const description: Description = {
    interfaces: 'http://bip.bee.kz/SyncChannel/v10/Interfaces',
    portType: 'ISyncChannel',
    binding: 'SyncChannelHttpBinding',
    service: 'ISyncChannelHttpService',
    port: 'SyncChannelHttpPort',
    operations: [['SendMessage', 'typ']],
    schemas: syncContract,
  };
  return wsdl(description, location);
}

/**
 * The WSDL of the gateway's side of the asynchronous channel: what messages are sent to and pulled from.
 *
 * @param location - the address of the endpoint, for `soap:address`
 * @see AsyncChannel v10, IAsyncChannel.wsdl and AsyncChannelHttp_Service.wsdl
 */
export function asyncGatewayWsdl(location: string): string {
  const description: Description = {
    interfaces: 'http://bip.bee.kz/AsyncChannel/v10/Interfaces',
    portType: 'IAsyncChannel',
    binding: 'AsyncChannelHttpBinding',
    service: 'AsyncChannelHttpService',
    port: 'AsyncChannelHttpPort',
    operations: [
      ['sendMessage', 'typ'],
      ['sendDeliveryNotification', 'typ'],
      ['getMessageStatus', 'typ'],
      ['getMessages', 'typ'],
    ],
    schemas: asyncContract.filter(({ namespace }) => namespace !== asyncClientTypesNamespace),
  };
  return wsdl(description, location);
}

/**
 * The WSDL of the client's side of the asynchronous channel: what the gateway pushes to. As in the real one,
 * `sendMessage` is in the namespace of the gateway's side and `changeMassageStatusNotification` in the client's own.
 *
 * @param location - the address of the endpoint, for `soap:address`
 * @see AsyncChannel v10, IAsyncChannelClient.wsdl and AsyncChannelClientHttp_Service.wsdl
 */
export function asyncClientWsdl(location: string): string {
  const description: Description = {
    interfaces: 'http://bip.bee.kz/AsyncChannel/v10/Interfaces/Client',
    portType: 'IAsyncChannelClient',
    binding: 'AsyncChannelClientHttpBinding',
    service: 'AsyncChannelClientHttpService',
    port: 'AsyncChannelClientHttpPort',
    operations: [
      ['sendMessage', 'typ'],
      ['changeMassageStatusNotification', 'cli'],
    ],
    schemas: asyncContract,
  };
  return wsdl(description, location);
}

function wsdl(description: Description, location: string): string {
  const { interfaces, portType, binding, service, port, operations, schemas } = description;
  const prefixes = schemas.map(({ prefix, namespace }) => `xmlns:${prefix}="${namespace}"`).join(' ');
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="${service}" targetNamespace="${interfaces}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${interfaces}"
    ${prefixes}>
  <wsdl:types>
${schemas.map((schema) => schemaXsd(schema, schemas)).join('\n')}
  </wsdl:types>
${operations.map(messagesOf).join('\n')}
  <wsdl:portType name="${portType}">
${operations.map(abstractOperation).join('\n')}
  </wsdl:portType>
  <wsdl:binding name="${binding}" type="tns:${portType}">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
${operations.map(boundOperation).join('\n')}
  </wsdl:binding>
  <wsdl:service name="${service}">
    <wsdl:port name="${port}" binding="tns:${binding}">
      <soap:address location="${escapeAttribute(location)}"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
`;
}

function messagesOf([name, prefix]: readonly [string, string]): string {
  return `  <wsdl:message name="${name}Request"><wsdl:part name="parameters" element="${prefix}:${name}"/></wsdl:message>
  <wsdl:message name="${name}Response"><wsdl:part name="parameters" element="${prefix}:${name}Response"/></wsdl:message>
  <wsdl:message name="${name}Fault"><wsdl:part name="fault" element="${prefix}:${name}Fault1_${name}Fault"/></wsdl:message>`;
}

function abstractOperation([name]: readonly [string, string]): string {
  return `    <wsdl:operation name="${name}">
      <wsdl:input message="tns:${name}Request"/>
      <wsdl:output message="tns:${name}Response"/>
      <wsdl:fault name="${faultOf(name)}" message="tns:${name}Fault"/>
    </wsdl:operation>`;
}

function boundOperation([name]: readonly [string, string]): string {
  return `    <wsdl:operation name="${name}">
      <soap:operation soapAction=""/>
      <wsdl:input><soap:body use="literal"/></wsdl:input>
      <wsdl:output><soap:body use="literal"/></wsdl:output>
      <wsdl:fault name="${faultOf(name)}"><soap:fault name="${faultOf(name)}" use="literal"/></wsdl:fault>
    </wsdl:operation>`;
}

/** A small letter first, also of the operation that has a capital. */
function faultOf(operation: string): string {
  return `${operation.slice(0, 1).toLowerCase()}${operation.slice(1)}Fault`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
