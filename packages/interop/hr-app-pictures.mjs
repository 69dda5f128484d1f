/**
 * Pictures of the HR application, for the documents.
 */
import { join } from 'node:path';

import { openWindow } from './hr-app-browser.mjs';

const desktop = { width: 1200, height: 700 };
const phone = { width: 390, height: 844 };

/** Writes one PNG a view to `folder`. */
export async function takePictures(browser, url, folder) {
  const taken = await openWindow(browser, url, desktop);
  await taken.page.getByRole('link', { name: 'Ковалёва Мария' }).last().click();
  await taken.page.screenshot({ path: join(folder, 'hr-app.png') });

  await taken.page.goto(`${url}?new=1`);
  await taken.page.getByLabel('ИИН').fill('1300900232');
  await taken.page.getByLabel('Подписан').fill('2099-01-01');
  await taken.page.getByRole('button', { name: 'Сохранить и зарегистрировать' }).click();
  await taken.page.locator('.panel').screenshot({ path: join(folder, 'hr-app-issues.png') });
  await taken.close();

  const small = await openWindow(browser, url, phone);
  await small.page.screenshot({ path: join(folder, 'hr-app-phone.png') });
  await small.close();
}
