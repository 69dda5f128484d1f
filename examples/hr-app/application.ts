import type { EmployeeSources } from './employees.ts';
import { type RunningServer, serve } from './http/server.ts';
import { plainPage } from './pages/plain-page.ts';
import { languageOf } from './responses.ts';
import { createRoutes } from './routes.ts';
import { texts } from './texts/texts.ts';

/** What the application is made of. */
export interface ApplicationParts extends EmployeeSources {
  /** Whether an emulator stands where the gateway should be: the page says so. */
  readonly isRehearsal: boolean;
}

/** Starts the application on 127.0.0.1. */
export function startApplication(parts: ApplicationParts, port: number): Promise<RunningServer> {
  return serve(port, {
    answer: createRoutes(parts),
    refusal: (reason, cookies) => {
      const language = languageOf(cookies);
      return plainPage(language, texts[language].refusals[reason]).toString();
    },
  });
}
