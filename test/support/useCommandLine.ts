import { afterAll, beforeAll, beforeEach } from 'vitest';
import { unpackCommandLine, type CommandLine } from './commandLine.ts';
import { answers, startLambdaServer, type Behaviour, type LambdaServer } from './lambdaServer.ts';

/** The packaged command line and a server for the tests of a file. Each test starts with an empty workspace. */
export function useCommandLine(behaviour: Behaviour = answers()) {
  let server: LambdaServer;
  let cli: CommandLine;
  let sentBefore = 0;

  beforeAll(async () => {
    server = await startLambdaServer();
    cli = await unpackCommandLine(server.endpoint);
  });

  beforeEach(async () => {
    server.behave(behaviour);
    sentBefore = server.received.length;
    await cli.clear();
  });

  afterAll(async () => {
    await cli.close();
    await server.close();
  });

  return {
    get cli() {
      return cli;
    },
    get server() {
      return server;
    },
    /** The requests of the test, oldest first. */
    sent: () => server.received.slice(sentBefore),
  };
}
