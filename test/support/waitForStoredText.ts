import type { Page } from 'playwright-core';

/** Whether VS Code's storage, which the next window reads, contains this text. */
async function isStored(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (searched) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      try {
        for (const store of database.objectStoreNames) {
          const values: unknown[] = await done(database.transaction(store).objectStore(store).getAll());
          if (values.some((value) => typeof value === 'string' && value.includes(searched))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, text);
}

/** Waits until VS Code has stored a text for the next window, which it does with a delay. */
export async function waitForStoredText(page: Page, text: string): Promise<void> {
  for (let wait = 0; !(await isStored(page, text)); wait++) {
    if (wait === 200) throw new Error(`VS Code hasn't stored ${text}`);
    await page.waitForTimeout(100);
  }
}
