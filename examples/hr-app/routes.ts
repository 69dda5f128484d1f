import type { ApplicationParts } from './application.ts';
import { askedCard } from './cards.ts';
import type { PageRequest, PageResponse } from './http/server.ts';
import { staticFile } from './http/static-files.ts';
import { chooseLanguage, notFound, showPage, viewOf } from './responses.ts';
import { Submissions } from './submissions.ts';

/** Every address of the application. A GET shows the page; a POST changes something and leads back to it. */
export function createRoutes(parts: ApplicationParts): (request: PageRequest) => Promise<PageResponse> {
  const submissions = new Submissions(parts);

  const show = async (request: PageRequest): Promise<PageResponse> => {
    if (request.path !== '/') return (await staticFile(request.path)) ?? notFound(request);
    return showPage(parts, request, await askedCard(parts, viewOf(parts, request), request.query));
  };

  const submit = async (request: PageRequest): Promise<PageResponse> => {
    if (request.path === '/language') return chooseLanguage(request.form);
    if (request.path === '/contracts') return submissions.add(request);
    const [, id, task] = /^\/contracts\/([1-9][0-9]{0,9})(?:\/([a-z]+))?$/.exec(request.path) ?? [];
    const record = id === undefined ? undefined : parts.store.contract(Number(id));
    if (record === undefined) return notFound(request);
    switch (task) {
      case undefined:
        return submissions.edit(request, record);
      case 'register':
        return submissions.register(record);
      case 'agreements':
        return submissions.change(request, record);
      case 'termination':
        return submissions.terminate(request, record);
      case 'doubt':
        return submissions.resolve(request, record);
      case 'known':
        return submissions.noteId(request, record);
      default:
        return notFound(request);
    }
  };

  return (request) => (request.method === 'GET' ? show(request) : submit(request));
}
