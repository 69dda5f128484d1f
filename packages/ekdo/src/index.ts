// For users.

export type { DetachedSignature, SignDetached } from './signature/detached-signature.ts';
export {
  type SignatureKind,
  type SignatureKindName,
  signatureKindOf,
  signatureKinds,
} from './signature/signature-kind.ts';
