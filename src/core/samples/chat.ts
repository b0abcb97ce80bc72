import type { ConnectContactFlowEvent, LexV2Event, LexV2Intent, LexV2Slot } from 'aws-lambda';
import type { Sample } from './sample.ts';

const orderId: LexV2Slot = {
  shape: 'Scalar',
  value: { originalValue: 'A-1001', interpretedValue: 'A-1001', resolvedValues: ['A-1001'] },
};

/**
 * Lex sends the same intent in three places: as the first interpretation, in the session state, and in the proposed
 * next state.
 */
const moveDelivery: LexV2Intent = {
  name: 'MoveDelivery',
  slots: { OrderId: orderId, DeliveryDate: null },
  state: 'InProgress',
  confirmationState: 'None',
};

/** The dialog is in progress: the delivery date is the next slot to elicit. */
export const lexV2: Sample = {
  name: 'Lex V2',
  group: 'Conversation',
  description: 'A bot calls its code hook after user input.',
  event: {
    messageVersion: '1.0',
    invocationSource: 'DialogCodeHook',
    inputMode: 'Text',
    responseContentType: 'text/plain; charset=utf-8',
    sessionId: 'example-session-1',
    inputTranscript: 'I want to move the delivery of A-1001',
    bot: {
      id: 'EXAMPLEBOT',
      name: 'DeliveryHelp',
      aliasId: 'EXAMPLEALS',
      aliasName: 'live',
      localeId: 'en_GB',
      version: '7',
    },
    interpretations: [
      {
        intent: moveDelivery,
        nluConfidence: 0.93,
      },
      { intent: { name: 'FallbackIntent', slots: {}, state: 'InProgress', confirmationState: 'None' } },
    ],
    proposedNextState: {
      dialogAction: { type: 'ElicitSlot', slotToElicit: 'DeliveryDate' },
      intent: moveDelivery,
    },
    requestAttributes: { channel: 'web' },
    sessionState: {
      sessionAttributes: { customer: 'C-77' },
      activeContexts: [],
      intent: moveDelivery,
      originatingRequestId: '03c4b52e-d1f5-42a9-9416-b5c13c4d5e70',
    },
    transcriptions: [
      {
        transcription: 'I want to move the delivery of A-1001',
        transcriptionConfidence: 1,
        resolvedContext: { intent: 'MoveDelivery' },
        resolvedSlots: {
          OrderId: orderId,
        },
      },
    ],
  } satisfies LexV2Event,
};

/** The function returns a flat object of strings, which become attributes in the flow. */
export const connectContactFlow: Sample = {
  name: 'Connect Contact Flow',
  group: 'Conversation',
  description: 'An Amazon Connect contact flow looks up a caller.',
  event: {
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        Attributes: { language: 'en' },
        Channel: 'VOICE',
        ContactId: '14d5c63f-e206-43ba-a527-c6d24d5e6f81',
        CustomerEndpoint: { Address: '+12025550117', Type: 'TELEPHONE_NUMBER' },
        InitialContactId: '14d5c63f-e206-43ba-a527-c6d24d5e6f81',
        InitiationMethod: 'INBOUND',
        InstanceARN: 'arn:aws:connect:eu-west-1:123456789012:instance/25e6d740-f317-44cb-8638-d7e35e6f7092',
        MediaStreams: { Customer: { Audio: null } },
        PreviousContactId: '14d5c63f-e206-43ba-a527-c6d24d5e6f81',
        Queue: null,
        SystemEndpoint: { Address: '+12025550143', Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: { lookup: 'openOrders' },
    },
  } satisfies ConnectContactFlowEvent,
};
