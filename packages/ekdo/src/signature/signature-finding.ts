import type { PdfSeverity, Words } from '../pdf/finding-text.ts';

/** Stable codes of what `checkDetachedSignature` finds. */
export type SignatureFindingCode =
  | 'kind-unknown'
  | 'cms-malformed'
  | 'cms-other-type'
  | 'cms-attached'
  | 'cms-no-signer'
  | 'cms-several-signers'
  | 'cms-content-type'
  | 'certificate-absent'
  | 'certificate-malformed'
  | 'certificate-missing'
  | 'certificate-differs'
  | 'certificate-expired'
  | 'digest-differs'
  | 'digest-missing'
  | 'digest-broken'
  | 'digest-unknown'
  | 'no-attributes'
  | 'kazakh-key'
  | 'simple-signature';

type Text = Omit<SignatureFinding, 'code'>;

const error = (ru: string, en: string, remedyRu: string, remedyEn: string): Text => ({
  severity: 'error',
  message: { ru, en },
  remedy: { ru: remedyRu, en: remedyEn },
});
const warning = (...words: Parameters<typeof error>): Text => ({ ...error(...words), severity: 'warning' });

const signAgain = ['Подпишите документ заново.', 'Sign the document again.'] as const;
const askProgram = [
  'Обратитесь к поставщику средства подписи.',
  'Ask the supplier of the signing program.',
] as const;

const texts: Readonly<Record<SignatureFindingCode, Text>> = {
  'kind-unknown': error(
    'Вид подписи не ПЭП, не УНЭП и не УКЭП.',
    'The kind of signature is none of pep, unep, ukep.',
    'Укажите вид подписи.',
    'Name the kind of signature.',
  ),
  'cms-malformed': error(
    'Подпись не читается как CMS (DER или BER).',
    'The signature cannot be read as CMS (DER or BER).',
    'Передайте двоичный файл подписи (.sig, .p7s), а не текст Base64 и не PEM.',
    'Give the binary file of the signature (.sig, .p7s), not its Base64 or PEM text.',
  ),
  'cms-other-type': error(
    'Это CMS, но не подпись (SignedData).',
    'This is CMS, but not a signature (SignedData).',
    'Передайте файл откреплённой подписи.',
    'Give the file of the detached signature.',
  ),
  'cms-attached': error(
    'Подпись не откреплённая: документ лежит внутри неё.',
    'The signature is not detached: the document lies inside.',
    'Подпишите документ с созданием отдельного файла подписи (detached).',
    'Sign with a separate signature file (detached).',
  ),
  'cms-no-signer': error(
    'В подписи нет ни одного подписавшего.',
    'There is no signer in the signature.',
    ...signAgain,
  ),
  'cms-several-signers': warning(
    'В подписи несколько подписавших; проверен тот, чей сертификат указан.',
    'There are several signers; the one whose certificate is given was checked.',
    'Если портал ждёт по одной подписи, передайте их отдельно.',
    'If the portal wants one signature each, upload them one by one.',
  ),
  'cms-content-type': error(
    'Подписанный атрибут contentType не совпадает с типом содержимого.',
    'The signed attribute contentType differs from the type of the content.',
    ...askProgram,
  ),
  'certificate-absent': error(
    'Сертификата нет: в подписи его нет, и отдельно он не передан.',
    'There is no certificate: the signature holds none, and none was given beside it.',
    'Передайте сертификат того, кто подписал, или подпишите с вложением сертификата в подпись.',
    'Give the certificate of whoever signed, or sign so that the signature holds it.',
  ),
  'certificate-malformed': error(
    'Сертификат подписавшего не читается.',
    "The signer's certificate cannot be read.",
    'Передайте сертификат в DER или PEM.',
    'Give the certificate as DER or PEM.',
  ),
  'certificate-missing': warning(
    'В подписи нет сертификата подписавшего; он приложен отдельно.',
    "The signature does not hold the signer's certificate; it is given beside it.",
    'Если портал отклонит подпись, включите сертификат в подпись.',
    'If the portal refuses it, include the certificate when signing.',
  ),
  'certificate-differs': error(
    'Подписано не тем ключом, чей сертификат указан.',
    'It was signed with another key than that of the given certificate.',
    'Передайте сертификат того, кто подписал.',
    'Give the certificate of whoever signed.',
  ),
  'certificate-expired': error(
    'Срок действия сертификата не наступил или истёк.',
    'The certificate is not valid yet, or has expired.',
    'Подпишите действующим ключом.',
    'Sign with a key that is in force.',
  ),
  'digest-differs': error(
    'Подпись сделана не для этих байтов: хеш документа другой.',
    'The signature was made for other bytes: the hash of the document differs.',
    'Подпишите именно тот файл, который загружается; после подписи его нельзя пересохранять.',
    'Sign exactly the file that is uploaded; do not save it again afterwards.',
  ),
  'digest-missing': error(
    'В подписанных атрибутах нет хеша документа (messageDigest).',
    'The signed attributes do not hold the hash of the document (messageDigest).',
    ...askProgram,
  ),
  'digest-broken': error(
    'Хеш подписи ненадёжен (SHA-1 или MD5).',
    'The hash of the signature is broken (SHA-1 or MD5).',
    'Подпишите с современным алгоритмом.',
    'Sign with an algorithm of today.',
  ),
  'digest-unknown': warning(
    'Алгоритм хеша неизвестен: принадлежность подписи документу не проверена.',
    'The hash is not known here: whether the signature belongs to the document was not checked.',
    'Проверьте подпись средством, которым она сделана.',
    'Check the signature with the program that made it.',
  ),
  'no-attributes': warning(
    'В подписи нет подписанных атрибутов: принадлежность документу видна только при проверке самой подписи.',
    'There are no signed attributes: only verifying the signature itself shows whether it belongs to the document.',
    'Проверьте подпись средством, которым она сделана.',
    'Check the signature with the program that made it.',
  ),
  'kazakh-key': error(
    'Это ключ казахстанского удостоверяющего центра. УКЭП — российская квалифицированная подпись: её сертификат ' +
      'выдаёт аккредитованный удостоверяющий центр России.',
    'This is a key of a Kazakh authority. УКЭП is the Russian qualified signature: its certificate is issued by an ' +
      'accredited certification centre of Russia.',
    'Подпишите российским квалифицированным ключом. Ключ НУЦ РК здесь не подходит, каким бы он ни был.',
    'Sign with a Russian qualified key. No key of the Kazakh authority will do here.',
  ),
  'simple-signature': warning(
    'Простая подпись (ПЭП): в каком виде портал её принимает, неизвестно, и она не проверена.',
    'A simple signature (ПЭП): in which form the portal takes it is not known, and it was not checked.',
    'Уточните у поддержки портала.',
    'Ask the support of the portal.',
  ),
};

/** What a code means, in Russian and English. */
export interface SignatureFinding {
  readonly code: SignatureFindingCode;
  readonly severity: PdfSeverity;
  /** What was found. */
  readonly message: Words;
  /** What to do. */
  readonly remedy: Words;
}

/** Every code. */
export const signatureFindingCodes: readonly SignatureFindingCode[] = Object.freeze(
  Object.keys(texts) as SignatureFindingCode[],
);

/**
 * What a code means and what to do.
 *
 * @throws {TypeError} when there is no such code
 */
export function explainSignatureFinding(code: SignatureFindingCode): SignatureFinding {
  if (!Object.hasOwn(texts, code)) throw new TypeError('expected the code of a finding');
  return { code, ...texts[code] };
}
