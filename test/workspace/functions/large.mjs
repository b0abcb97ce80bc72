/** Returns a response of about the requested size. Example payload: `{"bytes": 6000000}`. */
export async function handler({ bytes = 1_000_000 }) {
  const rows = [];
  for (let id = 0; id * 60 < bytes; id++) rows.push({ id, text: 'a row of the large response' });
  return rows;
}
