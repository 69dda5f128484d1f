import { createHash } from 'node:crypto';

import { GatewayError, SignError, ValidateError, type ValidationIssue } from '@egov-gateway/core';

import { checkPdf, type PdfCheckOptions } from '../pdf/check-pdf.ts';
import { checkDetachedSignature } from '../signature/check-detached-signature.ts';
import type { DetachedSignature, SignDetached } from '../signature/detached-signature.ts';
import type { SignatureKind } from '../signature/signature-kind.ts';
import { type SignedContent } from './document-steps.ts';
import type { EkdoDocument } from './portal-codec.ts';
