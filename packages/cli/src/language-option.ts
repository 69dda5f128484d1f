import { type Language, systemLanguage } from './language.ts';
import { choiceOption, type OptionValues } from './option-values.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `--language`, else that of the system where it is one of `languages`, else English. */
export function readLanguage<Spoken extends Language>(
  values: OptionValues,
  { environment }: { readonly environment: Environment },
  languages: readonly Spoken[],
): Spoken | 'en' {
  return choiceOption(values, 'language', languages) ?? systemLanguage(environment, languages);
}
