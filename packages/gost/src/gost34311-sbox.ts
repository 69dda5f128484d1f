/** The eight substitution rows of GOST 28147-89, row 1 (least significant nibble) first, as 128 hexadecimal digits. */
export type SubstitutionBox = string;

/**
 * The box of the Kazakh GOST 34.311-95: the "test parameters" of GOST R 34.11-94.
 *
 * @see RFC 5831, section 6 "Parameter Sets", id-GostR3411-94-TestParamSet (RFC 4357, 11.2)
 */
export const kazakhBox: SubstitutionBox =
  '4a92d80e6b1c7f53eb4c6dfa23810759581da342efc7609b7da1089fe46cb2536c715fd84a9e03b24ba0721d36859cfedb413f590ae7682c1fd057a4923e6b8c';

/** The CryptoPro box, used in Russia. @see RFC 4357, 11.2, id-GostR3411-94-CryptoProParamSet */
export const cryptoProBox: SubstitutionBox =
  'a4568137dce092bf5f402db91763cea87fce94103b526a8d4a7c0f28e165db93764b9c2a180efd357624d9f0a15b8ec3de41705a3c8f629b13a95b4f867ed02c';
