import type { CloudWatchAlarmEvent, CloudWatchLogsEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/**
 * The data is base64 of gzipped JSON, because core has no gzip: two error lines of /aws/lambda/orders-api, 0.927 s
 * apart, starting at 2026-03-17T09:24:05.123Z, for the filter 'errors-to-lambda'.
 */
export const cloudWatchLogs: Sample = {
  name: 'CloudWatch Logs Subscription',
  group: 'Operations',
  description: 'A subscription filter sends matching log events, compressed with gzip and encoded in base64.',
  event: {
    awslogs: {
      data: [
        'H4sIAAAAAAACA62Qy2rDMBREf0VcurSxHn5qZ6ibTUsg9i6YIts3QRBbQlISQsi/lzTtsovSznYG5sxcYUbv1R67i0WQ8Fx39ftb',
        '07b1qoEIzHlBBxIYF2mWF2VFGYcIDma/cuZoQUKizj45qHmYVGLchM7HyupHpg0O1QwSOOV5QkXCimT79Fp3Tdv1dMeQT2JMh0zl',
        'VVGWRZWrbEhHMXFkOwoR+OPgR6dt0GZ50YeAzoPcAjpnnI+DiR+90H+2NSdcwj1wBT2BBFGWIqO/FoMIgp7RBzVbkKwoRCGqNM0Y',
        'F9H3WyBh22w2601P1vfRpI4ZpUwSqy4zLoFYZ076bqjFn9HhRDIqIqJCwNkGwojZEQG36G+s/AfWnGb031j5F2t/+wA0ixBuLQIA',
        'AA==',
      ].join(''),
    },
  } satisfies CloudWatchLogsEvent,
};

/** Times have '+0000' where most services write 'Z'. */
export const cloudWatchAlarm: Sample = {
  name: 'CloudWatch Alarm Action',
  group: 'Operations',
  description: 'An alarm changes its state and invokes the function as an action.',
  event: {
    source: 'aws.cloudwatch',
    alarmArn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders-api-errors',
    accountId: '123456789012',
    time: '2026-03-17T09:24:05.310+0000',
    region: 'eu-west-1',
    alarmData: {
      alarmName: 'orders-api-errors',
      state: {
        value: 'ALARM',
        reason: 'Threshold Crossed: 1 datapoint [9.0 (17/03/26 09:23:00)] was greater than the threshold (5.0).',
        reasonData: JSON.stringify({
          version: '1.0',
          queryDate: '2026-03-17T09:24:05.123+0000',
          startDate: '2026-03-17T09:23:00.000+0000',
          statistic: 'Sum',
          period: 60,
          recentDatapoints: [9],
          threshold: 5,
          evaluatedDatapoints: [{ timestamp: '2026-03-17T09:23:00.000+0000', sampleCount: 214, value: 9 }],
        }),
        timestamp: '2026-03-17T09:24:05.123+0000',
      },
      previousState: {
        value: 'OK',
        reason: 'Threshold Crossed: 1 datapoint [1.0 (17/03/26 09:22:00)] was not greater than the threshold (5.0).',
        timestamp: '2026-03-17T09:23:05.123+0000',
      },
      configuration: {
        description: 'More than five failed orders in a minute',
        metrics: [
          {
            id: 'errors',
            metricStat: {
              metric: { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'orders-api' } },
              period: 60,
              stat: 'Sum',
            },
            returnData: true,
          },
        ],
      },
    },
  } satisfies CloudWatchAlarmEvent,
};
