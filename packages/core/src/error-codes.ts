/**
 * Stable reason codes, `ERR_<STAGE>_<REASON>`. Adding one is a minor release, changing the meaning of one is a major.
 *
 * @module
 */

/** Codes of {@link XmlError}: the bytes are not XML that is accepted. */
export type XmlErrorCode =
  | 'ERR_XML_ENCODING'
  | 'ERR_XML_CHARACTER'
  | 'ERR_XML_SYNTAX'
  | 'ERR_XML_DOCTYPE'
  | 'ERR_XML_PROCESSING_INSTRUCTION'
  | 'ERR_XML_ENTITY'
  | 'ERR_XML_COMMENT'
  | 'ERR_XML_DUPLICATE_ATTRIBUTE'
  | 'ERR_XML_NAMESPACE'
  | 'ERR_XML_TAG_MISMATCH'
  | 'ERR_XML_SECOND_ROOT'
  | 'ERR_XML_TRUNCATED'
  | 'ERR_XML_LIMIT';

/** Codes of {@link ValidateError}. */
export type ValidateErrorCode = 'ERR_VALIDATE_CONTRACT';

/** Codes of {@link KeyError}: files, passwords, certificates. */
export type KeyErrorCode =
  | 'ERR_KEY_FORMAT'
  | 'ERR_KEY_PASSWORD'
  | 'ERR_KEY_LIMIT'
  | 'ERR_KEY_UNSUPPORTED'
  | 'ERR_KEY_NOT_FOUND'
  | 'ERR_KEY_AMBIGUOUS'
  | 'ERR_KEY_MISMATCH'
  | 'ERR_KEY_CERTIFICATE';

/** Codes of {@link SignError}. */
export type SignErrorCode =
  | 'ERR_SIGN_ALGORITHM'
  | 'ERR_SIGN_KEY'
  | 'ERR_SIGN_CERTIFICATE_EXPIRED'
  | 'ERR_SIGN_CERTIFICATE_NOT_YET_VALID'
  | 'ERR_SIGN_ENVELOPE'
  | 'ERR_SIGN_ALREADY_SIGNED'
  | 'ERR_SIGN_PAYLOAD';

/** Codes of {@link SendError}. */
export type SendErrorCode =
  | 'ERR_SEND_INSECURE_URL'
  | 'ERR_SEND_CONNECT'
  | 'ERR_SEND_CONNECT_TIMEOUT'
  | 'ERR_SEND_TLS'
  | 'ERR_SEND_HEADERS_TIMEOUT'
  | 'ERR_SEND_BODY_TIMEOUT'
  | 'ERR_SEND_TIMEOUT'
  | 'ERR_SEND_NETWORK'
  | 'ERR_SEND_HTTP_STATUS'
  | 'ERR_SEND_CONTENT_TYPE'
  | 'ERR_SEND_RESPONSE_TOO_LARGE'
  | 'ERR_SEND_RESPONSE_ENCODING'
  | 'ERR_SEND_CLOSED';

/** Codes of {@link VerifyError}: the message must not be trusted. */
export type VerifyErrorCode =
  | 'ERR_VERIFY_NOT_SOAP'
  | 'ERR_VERIFY_UNSIGNED'
  | 'ERR_VERIFY_STRUCTURE'
  | 'ERR_VERIFY_ENCRYPTED'
  | 'ERR_VERIFY_SECURITY_COUNT'
  | 'ERR_VERIFY_SIGNATURE_COUNT'
  | 'ERR_VERIFY_SIGNATURE_PLACE'
  | 'ERR_VERIFY_REFERENCE_COUNT'
  | 'ERR_VERIFY_REFERENCE_URI'
  | 'ERR_VERIFY_REFERENCE_TARGET'
  | 'ERR_VERIFY_DUPLICATE_ID'
  | 'ERR_VERIFY_ALGORITHM'
  | 'ERR_VERIFY_TRANSFORM'
  | 'ERR_VERIFY_COMMENT'
  | 'ERR_VERIFY_BASE64'
  | 'ERR_VERIFY_DIGEST'
  | 'ERR_VERIFY_SIGNATURE'
  | 'ERR_VERIFY_KEY_INFO'
  | 'ERR_VERIFY_KEY_TYPE'
  | 'ERR_VERIFY_KEY_WEAK'
  | 'ERR_VERIFY_SIGNER_UNKNOWN'
  | 'ERR_VERIFY_SIGNER_UNTRUSTED'
  | 'ERR_VERIFY_SIGNER_IDENTITY'
  | 'ERR_VERIFY_SIGNER_PURPOSE'
  | 'ERR_VERIFY_CERTIFICATE_EXPIRED'
  | 'ERR_VERIFY_CERTIFICATE_NOT_YET_VALID'
  | 'ERR_VERIFY_CERTIFICATE'
  | 'ERR_VERIFY_PAYLOAD'
  | 'ERR_VERIFY_STALE';

/** Codes of {@link ParseError}: sound XML, but not the message that was expected. */
export type ParseErrorCode =
  | 'ERR_PARSE_UNEXPECTED_ELEMENT'
  | 'ERR_PARSE_MISSING_ELEMENT'
  | 'ERR_PARSE_DUPLICATE_ELEMENT'
  | 'ERR_PARSE_NOT_TEXT'
  | 'ERR_PARSE_VALUE'
  | 'ERR_PARSE_DEPTH';

/** Codes of {@link JournalError}: the journal could not do what it was asked, and nothing of it was done. */
export type JournalErrorCode =
  | 'ERR_JOURNAL_CONFLICT'
  | 'ERR_JOURNAL_EVENT'
  | 'ERR_JOURNAL_UNSUPPORTED'
  | 'ERR_JOURNAL_DRIVER'
  | 'ERR_JOURNAL_OPEN'
  | 'ERR_JOURNAL_FULL'
  | 'ERR_JOURNAL_READ_ONLY'
  | 'ERR_JOURNAL_LOCKED'
  | 'ERR_JOURNAL_DAMAGED'
  | 'ERR_JOURNAL_SCHEMA'
  | 'ERR_JOURNAL_KEY'
  | 'ERR_JOURNAL_CHAIN'
  | 'ERR_JOURNAL_ARCHIVE'
  | 'ERR_JOURNAL_NOT_FOUND'
  | 'ERR_JOURNAL_STATE'
  | 'ERR_JOURNAL_STATEMENT'
  | 'ERR_JOURNAL_IO'
  | 'ERR_JOURNAL_CLOSED';

/** Codes of {@link PortalError}: a portal that is no gateway answered, and not with what was asked for. */
export type PortalErrorCode =
  | 'ERR_PORTAL_CREDENTIALS'
  | 'ERR_PORTAL_REFUSED'
  | 'ERR_PORTAL_LIMIT'
  | 'ERR_PORTAL_UNAVAILABLE'
  | 'ERR_PORTAL_REDIRECT'
  | 'ERR_PORTAL_HTML'
  | 'ERR_PORTAL_CONTENT_TYPE'
  | 'ERR_PORTAL_JSON'
  | 'ERR_PORTAL_DUPLICATE_KEY'
  | 'ERR_PORTAL_ANSWER'
  | 'ERR_PORTAL_ID_MISSING'
  | 'ERR_PORTAL_ID_INVALID'
  | 'ERR_PORTAL_ID_TAKEN'
  | 'ERR_PORTAL_ORDER';

/** Codes of {@link ConsentError}: there is no consent that could be shown to a service. */
export type ConsentErrorCode =
  | 'ERR_CONSENT_REFUSED'
  | 'ERR_CONSENT_PENDING'
  | 'ERR_CONSENT_TOKEN'
  | 'ERR_CONSENT_STATUS'
  | 'ERR_CONSENT_EXPIRED';

/** Every code of the SDK. */
export type ErrorCode =
  | XmlErrorCode
  | ValidateErrorCode
  | KeyErrorCode
  | SignErrorCode
  | SendErrorCode
  | VerifyErrorCode
  | ParseErrorCode
  | JournalErrorCode
  | PortalErrorCode
  | ConsentErrorCode
  | 'ERR_BUSINESS_STATUS'
  | 'ERR_FAULT_GATEWAY';
