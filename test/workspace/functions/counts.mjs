// Streams its response line by line. Set Response mode to Streaming in the form to see the lines arrive.
export const handler = awslambda.streamifyResponse(async ({ to = 5, everyMs = 300 }, responseStream) => {
  responseStream.setContentType('text/plain');
  for (let count = 1; count <= to; count++) {
    console.log('writing', count);
    responseStream.write(`${count} of ${to}\n`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  responseStream.end();
});
