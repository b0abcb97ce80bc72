import type { SESEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** Headers and verdicts only. The event doesn't contain the body of the email. */
export const sesReceipt: Sample = {
  name: 'SES Receipt',
  group: 'Messaging',
  description: 'An SES receipt rule forwards an incoming email without its body.',
  event: {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp: '2026-03-17T09:24:05.123Z',
            source: 'niamh@example.org',
            messageId: 'examplemessageid0000000000000001',
            destination: ['support@example.com'],
            headersTruncated: false,
            headers: [
              { name: 'Return-Path', value: '<niamh@example.org>' },
              {
                name: 'Received',
                value: 'from mail.example.org (mail.example.org [192.0.2.25]) by inbound-smtp.eu-west-1.example.com',
              },
              { name: 'From', value: 'Niamh <niamh@example.org>' },
              { name: 'To', value: 'support@example.com' },
              { name: 'Subject', value: 'Where is order A-1001?' },
              { name: 'Date', value: 'Tue, 17 Mar 2026 09:24:03 +0000' },
              { name: 'Message-ID', value: '<order-question-1@mail.example.org>' },
              { name: 'Content-Type', value: 'text/plain; charset=UTF-8' },
            ],
            commonHeaders: {
              returnPath: 'niamh@example.org',
              from: ['Niamh <niamh@example.org>'],
              date: 'Tue, 17 Mar 2026 09:24:03 +0000',
              to: ['support@example.com'],
              messageId: '<order-question-1@mail.example.org>',
              subject: 'Where is order A-1001?',
            },
          },
          receipt: {
            timestamp: '2026-03-17T09:24:05.123Z',
            processingTimeMillis: 418,
            recipients: ['support@example.com'],
            spamVerdict: { status: 'PASS' },
            virusVerdict: { status: 'PASS' },
            spfVerdict: { status: 'PASS' },
            dkimVerdict: { status: 'PASS' },
            dmarcVerdict: { status: 'GRAY' },
            action: {
              type: 'Lambda',
              functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:sort-support-mail',
              invocationType: 'Event',
            },
          },
        },
      },
    ],
  } satisfies SESEvent,
};
