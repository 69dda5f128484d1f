/** The languages of messages about tables. */
export type Language = 'ru' | 'kk' | 'en';

/** Those of messages about documents for a portal. */
export type PortalLanguage = Exclude<Language, 'kk'>;

/** Those of the commands of labour contracts. */
export const tableLanguages: readonly Language[] = ['ru', 'kk', 'en'];

/** Those of the commands of documents for a portal. */
export const portalLanguages: readonly PortalLanguage[] = ['ru', 'en'];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `--language` of a command line that may not be readable as a whole, else that of the system: for the words of what is
 * wrong with it. A language that is none, or none of `languages`, does not count.
 */
export function languageOfArguments(
  args: readonly string[],
  environment: Environment,
  languages: readonly Language[],
): Language {
  const at = args.findLastIndex((word) => word === '--language' || word.startsWith('--language='));
  const word = args[at] ?? '';
  const named = word.includes('=') ? word.slice(word.indexOf('=') + 1) : args[at + 1];
  const given = at < 0 ? undefined : languages.find((language) => language === named);
  return given ?? systemLanguage(environment, languages);
}

/** That of the system where it is one of `languages`, else English. */
export function systemLanguage<Spoken extends Language>(
  environment: Environment,
  languages: readonly Spoken[],
): Spoken | 'en' {
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return languages.find((language) => system.startsWith(language)) ?? 'en';
}
