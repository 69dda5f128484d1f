/**
 * The names of the synchronous channel.
 *
 * @see SyncChannel v10, ISyncChannel.xsd
 * @module
 */
import type { XmlName } from '@egov-gateway/core';
import { xmlName } from '@egov-gateway/xml';

/** Namespace of the three wrapper elements. Everything below them is in no namespace. */
export const syncTypesNamespace = 'http://bip.bee.kz/SyncChannel/v10/Types';

/** `SendMessage`, with a capital: the small one is the asynchronous channel's. */
export const syncRequestName: XmlName = syncName('SendMessage');
/** `SendMessageResponse`. */
export const syncResponseName: XmlName = syncName('SendMessageResponse');
/** `SendMessageFault1_SendMessageFault`, the element of a fault's detail. */
export const syncFaultName: XmlName = syncName('SendMessageFault1_SendMessageFault');

function syncName(localName: string): XmlName {
  return xmlName(localName, syncTypesNamespace, 'typ');
}
