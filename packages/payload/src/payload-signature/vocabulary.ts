/** Names of XML-DSig. @see XML Signature Syntax and Processing 1.1 */
export const dsigNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** The transform that takes the signature itself out of what is digested. */
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** Canonical XML 1.0: namespaces of ancestors become part of what is signed. */
export const inclusiveC14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const inclusiveC14nWithComments = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments';

/** Exclusive XML Canonicalization 1.0: what is signed does not depend on what is around it. */
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const exclusiveC14nWithComments = 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments';
