import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';
import type { Sample } from './sample.ts';

/** The context also contains the caller's identity, which is documented but missing in the types package. */
type WebSocketContext = APIGatewayEventWebsocketRequestContextV2 & { identity: { sourceIp: string } };

/** A message on an open connection. */
export const apiGatewayWebSocket: Sample = {
  name: 'API Gateway WebSocket Message',
  group: 'HTTP',
  description: 'A client sends a message over a WebSocket API connection.',
  event: {
    requestContext: {
      routeKey: 'sendMessage',
      messageId: 'EXAMPLEmessageId=',
      eventType: 'MESSAGE',
      extendedRequestId: 'EXAMPLEextendedId=',
      requestTime: '17/Mar/2026:09:24:05 +0000',
      messageDirection: 'IN',
      stage: 'prod',
      connectedAt: 1773739200500,
      requestTimeEpoch: 1773739445123,
      identity: { sourceIp: '198.51.100.24' },
      requestId: 'EXAMPLErequestId=',
      domainName: 'chat.example.com',
      connectionId: 'EXAMPLEconnId=',
      apiId: 'exampleapi',
    },
    body: JSON.stringify({ action: 'sendMessage', room: 'support', text: 'Where is my parcel?' }),
    isBase64Encoded: false,
  } satisfies APIGatewayProxyWebsocketEventV2WithRequestContext<WebSocketContext>,
};

/** $connect has the headers of the HTTP request, and no message yet. */
interface WebSocketConnect extends APIGatewayProxyWebsocketEventV2WithRequestContext<
  Omit<WebSocketContext, 'messageId'>
> {
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
}

/** The $connect route, which accepts or rejects a connection. */
export const apiGatewayWebSocketConnect: Sample = {
  name: 'API Gateway WebSocket $connect',
  group: 'HTTP',
  description: 'A client opens a WebSocket API connection.',
  event: {
    headers: { Host: 'chat.example.com', Origin: 'https://www.example.com', 'Sec-WebSocket-Version': '13' },
    multiValueHeaders: {
      Host: ['chat.example.com'],
      Origin: ['https://www.example.com'],
      'Sec-WebSocket-Version': ['13'],
    },
    queryStringParameters: { room: 'support' },
    multiValueQueryStringParameters: { room: ['support'] },
    requestContext: {
      routeKey: '$connect',
      eventType: 'CONNECT',
      extendedRequestId: 'EXAMPLEextendedId=',
      requestTime: '17/Mar/2026:09:20:00 +0000',
      messageDirection: 'IN',
      stage: 'prod',
      connectedAt: 1773739200500,
      requestTimeEpoch: 1773739200512,
      identity: { sourceIp: '198.51.100.24' },
      requestId: 'EXAMPLErequestId=',
      domainName: 'chat.example.com',
      connectionId: 'EXAMPLEconnId=',
      apiId: 'exampleapi',
    },
    isBase64Encoded: false,
  } satisfies WebSocketConnect,
};
