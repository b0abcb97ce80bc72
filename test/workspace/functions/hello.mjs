/** Greets by name. */
export async function handler(event) {
  console.log('greeting', event.name ?? 'nobody');
  return { message: `Hello, ${event.name ?? 'world'}!`, received: event };
}
