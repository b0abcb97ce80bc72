/** Returns a greeting and the event. */
export async function handler(event) {
  console.log('greeting', event.name ?? 'nobody');
  return { message: `Hello, ${event.name ?? 'world'}!`, received: event };
}
