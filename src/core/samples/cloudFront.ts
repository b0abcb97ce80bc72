import type { CloudFrontRequestEvent, CloudFrontResponseEvent } from 'aws-lambda';
import type { Sample } from './sample.ts';

/** Lambda@Edge before the cache, when no origin is selected yet. */
export const cloudFrontViewerRequest: Sample = {
  name: 'CloudFront Viewer Request (Lambda@Edge)',
  group: 'HTTP',
  description: 'CloudFront receives a viewer request, before it checks the cache.',
  event: {
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: 'cdn.example.com',
            distributionId: 'EDEXAMPLE12345',
            eventType: 'viewer-request',
            requestId: 'EXAMPLE-cloudfront-request-id==',
          },
          request: {
            clientIp: '192.0.2.80',
            method: 'GET',
            uri: '/products/lamp-21',
            querystring: 'colour=brass&size=m',
            headers: {
              host: [{ key: 'Host', value: 'www.example.com' }],
              'user-agent': [{ key: 'User-Agent', value: 'Mozilla/5.0 (X11; Linux x86_64) Example/1.0' }],
              accept: [{ key: 'Accept', value: 'text/html' }],
              cookie: [{ key: 'Cookie', value: 'variant=b; theme=dark' }],
            },
          },
        },
      },
    ],
  } satisfies CloudFrontRequestEvent,
};

/** Lambda@Edge after the origin and before caching, when the response can still be changed. */
export const cloudFrontOriginResponse: Sample = {
  name: 'CloudFront Origin Response (Lambda@Edge)',
  group: 'HTTP',
  description: 'CloudFront receives an origin response, before it caches the response.',
  event: {
    Records: [
      {
        cf: {
          config: {
            distributionDomainName: 'cdn.example.com',
            distributionId: 'EDEXAMPLE12345',
            eventType: 'origin-response',
            requestId: 'EXAMPLE-cloudfront-request-id==',
          },
          request: {
            clientIp: '192.0.2.80',
            method: 'GET',
            uri: '/products/lamp-21',
            querystring: '',
            headers: {
              'x-forwarded-for': [{ key: 'X-Forwarded-For', value: '192.0.2.80' }],
              'user-agent': [{ key: 'User-Agent', value: 'Amazon CloudFront' }],
              via: [{ key: 'Via', value: '2.0 cdn.example.com (CloudFront)' }],
              host: [{ key: 'Host', value: 'origin.example.org' }],
            },
            origin: {
              custom: {
                customHeaders: { 'x-origin-key': [{ key: 'X-Origin-Key', value: 'example-origin-key' }] },
                domainName: 'origin.example.org',
                keepaliveTimeout: 5,
                path: '/shop',
                port: 443,
                protocol: 'https',
                readTimeout: 30,
                sslProtocols: ['TLSv1.2'],
              },
            },
          },
          response: {
            status: '200',
            statusDescription: 'OK',
            headers: {
              'content-type': [{ key: 'Content-Type', value: 'text/html; charset=utf-8' }],
              'cache-control': [{ key: 'Cache-Control', value: 'max-age=300' }],
              date: [{ key: 'Date', value: 'Tue, 17 Mar 2026 09:24:05 GMT' }],
              server: [{ key: 'Server', value: 'shop/7' }],
            },
          },
        },
      },
    ],
  } satisfies CloudFrontResponseEvent,
};
