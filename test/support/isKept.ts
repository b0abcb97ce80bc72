import type { Page } from 'playwright-core';

/** Whether the storage of the page's VS Code, which the next window reads, holds this text. */
export async function isKept(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (sought) => {
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
          if (values.some((value) => typeof value === 'string' && value.includes(sought))) return true;
        }
      } finally {
        database.close();
      }
    }
    return false;
  }, text);
}
