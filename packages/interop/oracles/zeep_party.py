"""What the oracles over zeep share: documents, signatures, and a party that signs with one key and trusts another."""
import base64

import xmlsec
from lxml import etree
from zeep import xsd
from zeep.wsse.signature import BinarySignature, Signature, verify_envelope

STYLES = {'binary-security-token': BinarySignature, 'x509-data': Signature}

# Written with an xsi:type of its own, as typed services do.
TextData = xsd.ComplexType(
    xsd.Sequence([xsd.Element('text', xsd.String())]), qname=etree.QName('urn:example:types', 'TextData')
)


def parse(encoded):
    return etree.fromstring(base64.b64decode(encoded))


def signer(style, key, certificate):
    return STYLES[style](
        key, certificate, signature_method=xmlsec.Transform.RSA_SHA256, digest_method=xmlsec.Transform.SHA256
    )


class TwoParties:
    """zeep's own plug-ins know one certificate for both directions; the gateway has its own."""

    def __init__(self, signer, certificate):
        self.signer = signer
        self.certificate = certificate

    def apply(self, envelope, headers):
        return self.signer.apply(envelope, headers)

    def verify(self, envelope):
        verify_envelope(envelope, self.certificate)
        return envelope


def serve(lines, commands):
    """Answers one request a line: `ok VALUE` or `no REASON`."""
    for line in lines:
        command, *fields = line.rstrip('\n').split('\t')
        try:
            reply = 'ok\t' + commands[command](*fields)
        except Exception as error:  # the reason goes to the caller, whatever it is
            reply = 'no\t' + ' '.join(f'{type(error).__name__} {error}'.split())
        print(reply, flush=True)
