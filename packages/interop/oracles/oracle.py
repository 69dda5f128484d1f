"""zeep and python-xmlsec behind a line protocol: one request a line, fields separated by tabs, documents in base64.

Arguments: KEY CERTIFICATE, PEM files of the signer.

Requests: `zeep-verify XML CERTIFICATE_FILE`, `zeep-sign STYLE XML`, `zeep-call WSDL_URL SENDER_ID PASSWORD
SERVICE_ID TEXT STYLE GATEWAY_CERTIFICATE_FILE` (the last two empty: unsigned). Answers: `ok VALUE` or `no REASON`.
"""
import base64
import datetime
import sys
import uuid

from lxml import etree
from zeep import AnyObject, Client
from zeep.exceptions import Fault
from zeep.plugins import HistoryPlugin
from zeep.wsse.signature import verify_envelope

from zeep_party import TextData, TwoParties, parse, serve, signer

KEY, CERTIFICATE = sys.argv[1:3]


def zeep_verify(document, certificate):
    verify_envelope(parse(document), certificate)
    return 'true'


def zeep_sign(style, document):
    signed, _ = signer(style, KEY, CERTIFICATE).apply(parse(document), {})
    return base64.b64encode(etree.tostring(signed)).decode()


def zeep_call(wsdl, sender_id, password, service_id, text, style, certificate):
    """A client that zeep makes from the WSDL sends one message: `STATUS ANSWER`, or `FAULT CODE`."""
    history = HistoryPlugin()
    party = TwoParties(signer(style, KEY, CERTIFICATE), certificate) if style else None
    client = Client(wsdl, wsse=party, plugins=[history])
    try:
        answer = client.service.SendMessage(
            request={
                'requestInfo': {
                    'messageId': str(uuid.uuid4()),
                    'serviceId': service_id,
                    'messageDate': datetime.datetime.now(datetime.timezone.utc),
                    'sender': {'senderId': sender_id, 'password': password},
                },
                'requestData': {'data': AnyObject(TextData, TextData(text=base64.b64decode(text).decode()))},
            }
        )
    except Fault as fault:
        code = fault.detail.find('.//errorCode')
        return 'FAULT ' + (fault.code if code is None else code.text)
    received = etree.tostring(history.last_received['envelope'])
    return answer.responseInfo.status.code + ' ' + base64.b64encode(received).decode()


serve(sys.stdin, {'zeep-verify': zeep_verify, 'zeep-sign': zeep_sign, 'zeep-call': zeep_call})
