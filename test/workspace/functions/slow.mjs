/** Waits before it returns. Example payload: `{"seconds": 5}`. */
export async function handler({ seconds = 5 }) {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return { slept: seconds };
}
