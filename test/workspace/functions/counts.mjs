// Streams: each line goes out when it is written. Choose "Streamed" in the form to see them come.
export const handler = awslambda.streamifyResponse(async ({ to = 5, everyMs = 300 }, responseStream) => {
  responseStream.setContentType('text/plain');
  for (let count = 1; count <= to; count++) {
    console.log('writing', count);
    responseStream.write(`${count} of ${to}\n`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  responseStream.end();
});
