// For users.

export { binary, lazyBinary } from './binary.ts';
export {
  addDays,
  addYears,
  compareDates,
  daysBetween,
  type Weekday,
  weekdayOf,
} from './calendar/calendar-days.ts';
export {
  dateAt,
  type KazakhOffset,
  type KazakhRegion,
  kazakhOffset,
  withOffset,
} from './calendar/kazakh-time.ts';
export type { DateParts, XsDate } from './calendar/xs-date.ts';
export { isXsDate, readXsDate, xsDate } from './calendar/xs-date.ts';
export type { XsDateTime } from './calendar/xs-date-time.ts';
export { formatXsDateTime, instantOf, isXsDateTime, xsDateTime } from './calendar/xs-date-time.ts';
export type { DataStyle } from './data-style.ts';
export { decimalText } from './decimal-text.ts';
export { definePayload, type PayloadDefinition } from './define-payload.ts';
export {
  type CustomPayloadDefinition,
  type DescribedIssue,
  defineCustomPayload,
  defineStandardPayload,
  type StandardPayloadDefinition,
  type StandardValidation,
} from './define-standard-payload.ts';
export type { ElementLayout, ElementsLayout, LeafKind } from './element-layout.ts';
export { type ExtraElement, extraElements, type PlainElement } from './extra-elements.ts';
export { type FreeContent, type FreePayloadOptions, freePayload } from './free-form/free-payload.ts';
export type { FreeBuilder, FreeTree, FreeTreeValue } from './free-form/free-tree.ts';
export {
  type PlainView,
  type PlainViewOptions,
  type PlainViewValue,
  plainView,
} from './free-form/plain-view.ts';
export { type Bin, bin, binFault, isBin, parseBin, restoreBin } from './identity/bin.ts';
export { birthDateHint } from './identity/birth-date-hint.ts';
export { type DocumentKind, documentNumber, documentNumberHint } from './identity/document-number.ts';
export type { IdentityFault, IdentityMode } from './identity/identity-number.ts';
export { type Iin, iin, iinFault, isIin, parseIin, restoreIin } from './identity/iin.ts';
export { LazyBinary } from './lazy-binary.ts';
export type { Whitespace } from './leaf-codec.ts';
export { isNfc, nfcText } from './nfc-text.ts';
export { type Open, openEnum } from './open-enum.ts';
export type { Payload, PayloadLayout, ReceivedBy, RootElement, SentBy } from './payload.ts';
export { type SignPayloadOptions, signPayload } from './payload-signature/sign-payload.ts';
export {
  type PayloadSigner,
  type VerifiedPayload,
  type VerifyPayloadOptions,
  verifyPayload,
} from './payload-signature/verify-payload.ts';
export { type PresignedPayloadOptions, presignedPayload } from './presigned-payload.ts';
export type { UnknownElements } from './read-object.ts';
export { commonSuccessCodes, defineService, type ServiceDefinition } from './service.ts';
export { type TextPayloadOptions, textPayload } from './text-payload.ts';
export { type XmlFieldOptions, xml } from './xml-field.ts';

// For libraries.

export { copyDataElement, isDataElement } from './data-element.ts';
export { rootOfText } from './data-style.ts';
export { writePlain } from './extra-elements.ts';
export { type Breach, refinedText } from './refined-text.ts';
export type { AnyDataCodec } from './service.ts';
