/** Logs more than the 4 KB that Lambda returns as the log tail. */
export async function handler({ lines = 200 }) {
  for (let line = 1; line <= lines; line++) console.log(`line ${line} of ${lines} — with an umlaut: ü`);
  return { lines };
}
