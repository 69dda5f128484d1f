import type { SignatureSuite } from '@egov-gateway/core';
import { gostSuites } from '@egov-gateway/gost';

import { rsaSuite } from './rsa-suite.ts';

/**
 * Every suite that is safe to use: RSA with SHA-256, and the Kazakh GOST suites, of which `gost2015-256` only verifies.
 * The default of everything that signs or verifies: which algorithm counts is decided by the key and by whom you trust.
 */
export const signatureSuites: readonly SignatureSuite[] = Object.freeze([rsaSuite, ...gostSuites]);
