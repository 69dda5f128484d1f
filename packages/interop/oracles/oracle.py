"""zeep and python-xmlsec behind a line protocol: one request a line, fields separated by tabs, documents in base64.

Arguments: KEY CERTIFICATE, PEM files of the signer.

Requests: `zeep-verify XML CERTIFICATE_FILE`, `zeep-sign STYLE XML`, `zeep-call WSDL_URL SENDER_ID PASSWORD
SERVICE_ID TEXT STYLE GATEWAY_CERTIFICATE_FILE` (the last two empty: unsigned). Answers: `ok VALUE` or `no REASON`.
"""
import base64
import datetime
import sys
import uuid

import xmlsec
from lxml import etree
from zeep import AnyObject, Client, xsd
from zeep.exceptions import Fault
from zeep.plugins import HistoryPlugin
from zeep.wsse.signature import BinarySignature, Signature, verify_envelope

KEY, CERTIFICATE = sys.argv[1:3]
STYLES = {'binary-security-token': BinarySignature, 'x509-data': Signature}

# Written with an xsi:type of its own, as typed services do.
TextData = xsd.ComplexType(
    xsd.Sequence([xsd.Element('text', xsd.String())]), qname=etree.QName('urn:example:types', 'TextData')
)


def parse(encoded):
    return etree.fromstring(base64.b64decode(encoded))


def signer(style):
    return STYLES[style](
        KEY, CERTIFICATE, signature_method=xmlsec.Transform.RSA_SHA256, digest_method=xmlsec.Transform.SHA256
    )


def zeep_verify(document, certificate):
    verify_envelope(parse(document), certificate)
    return 'true'


def zeep_sign(style, document):
    signed, _ = signer(style).apply(parse(document), {})
    return base64.b64encode(etree.tostring(signed)).decode()


class TwoParties:
    """zeep's own plug-ins know one certificate for both directions; the gateway has its own."""

    def __init__(self, style, certificate):
        self.signer = signer(style)
        self.certificate = certificate

    def apply(self, envelope, headers):
        return self.signer.apply(envelope, headers)

    def verify(self, envelope):
        verify_envelope(envelope, self.certificate)
        return envelope


def zeep_call(wsdl, sender_id, password, service_id, text, style, certificate):
    """A client that zeep makes from the WSDL sends one message: `STATUS ANSWER`, or `FAULT CODE`."""
    history = HistoryPlugin()
    client = Client(wsdl, wsse=TwoParties(style, certificate) if style else None, plugins=[history])
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


COMMANDS = {'zeep-verify': zeep_verify, 'zeep-sign': zeep_sign, 'zeep-call': zeep_call}

for line in sys.stdin:
    command, *fields = line.rstrip('\n').split('\t')
    try:
        reply = 'ok\t' + COMMANDS[command](*fields)
    except Exception as error:  # the reason goes to the caller, whatever it is
        reply = 'no\t' + ' '.join(f'{type(error).__name__} {error}'.split())
    print(reply, flush=True)
