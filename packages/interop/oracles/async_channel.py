"""Clients that zeep makes from a WSDL of the asynchronous channel, behind the line protocol of `zeep_party`.

Arguments: KEY CERTIFICATE PEER_CERTIFICATE, PEM files: of the signer, and of who must have signed the answers.

Request: `call WSDL ADDRESS STYLE OPERATION ARGUMENT`. ADDRESS empty: the one in the WSDL. STYLE empty: unsigned. ARGUMENT
is the `request` as JSON in base64, where `{"$text": …}` is data with one element. Answer: `ok JSON`, with `answer` or
`fault`, and `received`, the envelope in base64.
"""
import base64
import json
import sys

from lxml import etree
from zeep import AnyObject, Client
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.plugins import HistoryPlugin

from zeep_party import TextData, TwoParties, serve, signer

KEY, CERTIFICATE, PEER_CERTIFICATE = sys.argv[1:4]
history = HistoryPlugin()
clients = {}


def client_of(wsdl, style):
    if (wsdl, style) not in clients:
        party = TwoParties(signer(style, KEY, CERTIFICATE), PEER_CERTIFICATE) if style else None
        clients[wsdl, style] = Client(wsdl, wsse=party, plugins=[history])
    return clients[wsdl, style]


def with_data(fields):
    if '$text' in fields:
        return AnyObject(TextData, TextData(text=fields['$text']))
    return fields


def plain(value):
    """What zeep leaves as it is: the elements of data that have no type, and dates."""
    return {value.tag: value.text} if isinstance(value, etree._Element) else value.isoformat()


def fault_of(fault, operation, types):
    """The detail, read by zeep as the fault that the WSDL declares for the operation."""
    [message] = operation.abstract.fault_messages.values()
    [part] = message.parts.values()
    [detail] = fault.detail
    if etree.QName(detail.tag) != part.element.qname:
        raise TypeError(f'the detail is {detail.tag}, expected {part.element.qname}')
    info = part.element.parse(detail, types)
    return {'element': detail.tag, 'faultcode': fault.code, 'info': serialize_object(info, dict)}


def call(wsdl, address, style, operation, argument):
    client = client_of(wsdl, style)
    [binding] = client.wsdl.bindings.values()
    service = client.create_service(binding.name.text, address) if address else client.service
    request = json.loads(base64.b64decode(argument), object_hook=with_data)
    try:
        outcome = {'answer': serialize_object(service[operation](request=request), dict)}
    except Fault as fault:
        outcome = {'fault': fault_of(fault, binding.get(operation), client.wsdl.types)}
    received = base64.b64encode(etree.tostring(history.last_received['envelope'])).decode()
    return json.dumps({**outcome, 'received': received}, default=plain)


serve(sys.stdin, {'call': call})
