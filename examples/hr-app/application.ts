import type { EmployeeSources } from './employees.ts';
import { type RunningServer, serve } from './http/server.ts';
import { createRoutes } from './routes.ts';

/** What the application is made of. */
export interface ApplicationParts extends EmployeeSources {
  /** Whether an emulator stands where the gateway should be: the page says so. */
  readonly isRehearsal: boolean;
}

/** Starts the application on 127.0.0.1. */
export function startApplication(parts: ApplicationParts, port: number): Promise<RunningServer> {
  return serve(port, createRoutes(parts));
}
