import { afterEach, beforeEach } from 'vitest';
import type { Aws } from '../../src/core/connection/aws.ts';
import { createAwsHome, type AwsHome } from './awsHome.ts';
import { BASE } from './invokeWith.ts';
import type { LogsServer } from './logsServer.ts';

export const GROUP = '/aws/lambda/orders';
/** The connection of the tests. */
export const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;

/** CloudWatch Logs on loopback for the tests of a file. Each test starts with a new server, which has no events. */
export function useLogs() {
  let home: AwsHome;
  let aws: Aws;
  let abort: AbortController;

  beforeEach(async () => {
    home = await createAwsHome();
    await home.write({ credentials: BASE });
    aws = home.createAws();
    abort = new AbortController();
  });

  afterEach(async () => {
    abort.abort();
    await home.remove();
  });

  return {
    get home(): AwsHome {
      return home;
    },
    get logs(): LogsServer {
      return home.services.logs;
    },
    get aws(): Aws {
      return aws;
    },
    /** Aborted when the test ends. */
    get abort(): AbortController {
      return abort;
    },
  };
}
